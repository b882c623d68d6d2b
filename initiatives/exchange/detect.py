"""Takes bytes that somebody uploaded to the items that are in them, whatever editor or spreadsheet wrote
the bytes.
"""

from pathlib import PurePath

from initiatives.exchange import document, sheets_in
from initiatives.exchange.block import MAX_BYTES, TOO_LARGE, Block, RoundTripError, decode

ODT, DOCX = b"mimetypeapplication/vnd.oasis", b"word/"


def read_upload(data: bytes, name: str = "") -> list[Block]:
    """Return the items in a Markdown document, a CSV file or a zip of CSV files. Raises RoundTripError.

    In: at most MAX_BYTES bytes and the file's name, which need not be right.
    """
    if len(data) > MAX_BYTES:
        raise RoundTripError([TOO_LARGE])
    if not data.strip():
        raise RoundTripError(["The file is empty."])
    if data.startswith(b"PK\x03\x04"):
        if DOCX in data or ODT in data[:200]:
            raise RoundTripError(
                ["This is a word processor's own file. Save it as plain text (.txt or .md, UTF-8)."]
            )
        return sheets_in.read_sheets(sheets_in.unzip(data))
    text = decode(data)
    first = next((line for line in text.split("\n") if line.strip()), "")
    if first.startswith(document.MARK):
        return document.read_document(text)
    if PurePath(name).suffix.lower() in (".csv", ".tsv") or sheets_in.looks_like_one(text):
        return sheets_in.read_sheets({"": text})
    return document.read_document(text)

"""Takes bytes that somebody uploaded to the items that are in them, whatever editor or spreadsheet wrote
the bytes.
"""

from pathlib import PurePath

from initiatives.roundtrip import document, sheets
from initiatives.roundtrip.block import MAX_BYTES, Block, RoundTripError

TOO_LARGE = (
    f"The file is larger than {MAX_BYTES // 1_000_000} MB. Export a branch and bring in a part at a time."
)
ODT, DOCX = b"mimetypeapplication/vnd.oasis", b"word/"


def read(data: bytes, name: str = "") -> list[Block]:
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
        return sheets.read(sheets.unzip(data))
    text = decode(data)
    first = next((line for line in text.split("\n") if line.strip()), "")
    if first.startswith(document.MARK):
        return document.read(text)
    if PurePath(name).suffix.lower() in (".csv", ".tsv") or sheets.looks_like_one(text):
        return sheets.read({"": text})
    return document.read(text)


def decode(data: bytes, name: str = "") -> str:
    """Return bytes as text with \\n as its only line end: UTF-8, UTF-16 with its mark, else Windows-1252."""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise RoundTripError(
        [f"{name or 'The file'} is not text. Bring in a Markdown document, a CSV file or a zip of CSV files."]
    )

"""The shape of a text: 64 bits that differ little where texts differ little (SimHash).

For finding near-duplicates.
"""

import re
import unicodedata
from hashlib import blake2b

BITS = 64
PIECE = 4  # characters
# Bits; texts that have nothing to do with each other are about 30 apart, one in a thousand fewer than 16
NEAR = 10
SIGN = 1 << (BITS - 1)


def normalized(text: str) -> str:
    """Return the text without what a copier changes first: case, accents, punctuation, spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    words = re.findall(
        r"\w+", "".join(character for character in plain if not unicodedata.combining(character))
    )
    return " ".join(words)


def shape(text: str) -> int | None:
    """Return the text's shape as a signed 64-bit integer, None where it holds no word.

    The same on every machine, always.
    """
    plain = normalized(text)
    if not plain:
        return None
    padded = f" {plain} "
    pieces = {padded[start : start + PIECE] for start in range(max(len(padded) - PIECE + 1, 1))}
    votes = [0] * BITS
    for piece in pieces:
        number = int.from_bytes(blake2b(piece.encode(), digest_size=8).digest(), "big")
        for bit in range(BITS):
            votes[bit] += 1 if number >> bit & 1 else -1
    value = sum(1 << bit for bit in range(BITS) if votes[bit] > 0)
    return value - (1 << BITS) if value & SIGN else value


def distance(one: int, other: int) -> int:
    """Return in how many bits two shapes differ: NEAR or fewer for near-duplicates."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count()

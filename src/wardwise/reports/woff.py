"""A TrueType font as WOFF 1.0: the same tables, each compressed (W3C Recommendation, 13 December 2012)."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

_HEADER = 44
_ENTRY = 20


def woff(font: Path) -> bytes:
    """The WOFF file for a .ttf file. About half its size, and lossless."""
    data = font.read_bytes()
    flavour, count = struct.unpack(">IH", data[:6])
    entries = [struct.unpack(">4sIII", data[12 + 16 * i : 28 + 16 * i]) for i in range(count)]
    offset = _HEADER + _ENTRY * count
    directory, body, unpacked = b"", b"", 12 + 16 * count
    for tag, checksum, start, length in entries:
        original = data[start : start + length]
        packed = min(zlib.compress(original, 9), original, key=len)
        directory += struct.pack(">4sIIII", tag, offset, len(packed), length, checksum)
        padded = packed + b"\0" * (-len(packed) % 4)
        body, offset, unpacked = body + padded, offset + len(padded), unpacked + (length + 3 & ~3)
    size = _HEADER + len(directory) + len(body)
    head = struct.pack(">4sIIHHIHHIIIII", b"wOFF", flavour, size, count, 0, unpacked, 1, 0, 0, 0, 0, 0, 0)
    return head + directory + body

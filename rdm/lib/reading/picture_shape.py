"""Whether a picture is one from its first byte to its last, with nothing behind it."""

from __future__ import annotations

import zlib

_PNG = b"\x89PNG\r\n\x1a\n"
_START_OF_SCAN, _END = 0xDA, 0xD9
# Of a JPEG: in a scan these two stand for a byte and for a place to begin again.
_IN_SCAN = frozenset({0x00, *range(0xD0, 0xD8)})


def is_whole(content: bytes, extension: str) -> bool:
    """False when it is broken, or when another file may be behind it or between its parts."""
    try:
        return _png(content) if extension == "png" else _jpg(content)
    except (IndexError, ValueError):
        return False


def _png(content: bytes) -> bool:
    """Chunks, each with its own sum, from IHDR to IEND."""
    if not content.startswith(_PNG):
        return False
    at, seen = len(_PNG), []
    while at < len(content):
        size, name = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        end = at + 8 + size
        if zlib.crc32(content[at + 4 : end]) != int.from_bytes(content[end : end + 4], "big"):
            return False
        seen.append(name)
        at = end + 4
        if name == b"IEND":
            break
    return at == len(content) and seen[0] == b"IHDR" and seen[-1] == b"IEND" and b"IDAT" in seen


def _jpg(content: bytes) -> bool:
    """Segments, each with its length, and what was scanned; until the marker that ends it."""
    at, scanned = 2, False
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # a filler
            at += 1
            continue
        at += 2
        if marker == _END:
            return scanned and at == len(content)
        at += int.from_bytes(content[at : at + 2], "big")
        if marker == _START_OF_SCAN:
            scanned = True
            at = content.index(b"\xff", at)
            while content[at + 1] in _IN_SCAN:
                at = content.index(b"\xff", at + 2)
    return False

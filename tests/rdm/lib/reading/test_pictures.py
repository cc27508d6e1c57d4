"""How many pixels a picture has, by how it begins. Pictures in a document: test_bad_files."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from rdm.lib.reading.pictures import START, many_pixels


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + b"\0\0\0"


def bmp(width: int, height: int) -> bytes:
    sizes = width.to_bytes(4, "little") + height.to_bytes(4, "little", signed=True)
    return b"BM" + b"\0" * 12 + b"\x28\0\0\0" + sizes + b"\1\0\x18\0" + b"\0" * 24


def tiff(width: int, height: int) -> bytes:
    entries = [(256, width), (257, height)]
    rows = b"".join(
        tag.to_bytes(2, "little") + b"\4\0\1\0\0\0" + value.to_bytes(4, "little")
        for tag, value in entries
    )
    return b"II*\0\x08\0\0\0\2\0" + rows + b"\0" * 4


def webp(width: int, height: int) -> bytes:
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + sizes + b"\0" * 12


@pytest.mark.parametrize("make", [gif, bmp, tiff, webp])
def test_a_logo_has_few_pixels_and_a_scan_has_many(make: Callable[[int, int], bytes]) -> None:
    assert not many_pixels(make(900, 450))
    assert many_pixels(make(900, 900))


def test_a_bmp_may_stand_upside_down() -> None:
    assert not many_pixels(bmp(900, -450)) and many_pixels(bmp(900, -900))


@pytest.mark.parametrize(
    "start",
    [
        b"",
        gif(65_000, 10),
        # Both would be negative numbers, which times each other are few pixels.
        gif(65_000, 65_000),
        gif(0, 9),
        b'<?xml version="1.0"?><svg width="9" height="9">',
        b"P6 9 9 255\n",
        b"RIFF\x1e\0\0\0WAVEfmt ",
        b"\x01\0\0\0l\0\0\0",
    ],
)
def test_what_nobody_can_tell_may_be_many(start: bytes) -> None:
    assert many_pixels(start)


@pytest.mark.parametrize(
    "crafted",
    [
        b"\xff\xd8" + b"\xff\xe1\0\2" * (START // 4),
        b"\xff\xd8" + b"\xff" * START,
        b"II*\0\x08\0\0\0\xff\xff" + b"\0" * START,
        b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0" + b"\xff" * START,
        b"P6 " + b"9" * START,
    ],
)
def test_a_crafted_picture_costs_little(crafted: bytes) -> None:
    """A document has room for eight hundred of them."""
    start = time.process_time()
    many_pixels(crafted[:START])
    assert time.process_time() - start < 0.25

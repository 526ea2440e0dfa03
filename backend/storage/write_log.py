"""Is SQLite's log of the last changes (``-wal``) sound? Asked before the database is opened.

SQLite takes a log up to its first frame that does not fit, and forgets the rest without a word.
That is right for what a loss of power tore off at the end; a commit that lies *behind* such a
frame was damaged later, and somebody has to be told.
Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

import struct
from pathlib import Path
from typing import Final

_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_MAGIC: Final = {0x377F0682: "<", 0x377F0683: ">"}
_LONGEST_BYTES: Final = 64 * 1024 * 1024
"""Of a longer one only the beginning is looked at; it takes some two seconds."""

_32_BITS: Final = 0xFFFFFFFF

_Sums = tuple[int, int]


def log_is_sound(path: Path) -> bool:
    """Say whether no commit of a log is lost; so it is where there is none.

    Raises:
        OSError: it cannot be read.
    """
    if not path.is_file():
        return True
    with path.open("rb") as opened:
        log = opened.read(_LONGEST_BYTES)
    if len(log) <= _HEADER or not any(log[:_HEADER]):
        return True  # nothing was committed since it was folded in
    magic, _version, page_bytes = struct.unpack_from(">3I", log)
    order = _MAGIC.get(magic)
    if order is None:
        return False
    sums = _summed(log[: _HEADER - 8], order, (0, 0))
    if sums != struct.unpack_from(">2I", log, _HEADER - 8):
        return False
    return _frames_are_sound(log, order, _FRAME_HEADER + (page_bytes or 65_536), sums)


def _frames_are_sound(log: bytes, order: str, frame_bytes: int, sums: _Sums) -> bool:
    """Follow the frames to the first that does not fit; say that no commit is behind it."""
    salts = log[16:24]
    at = _HEADER
    while at + frame_bytes <= len(log):
        frame = log[at : at + frame_bytes]
        sums = _summed(frame[:8] + frame[_FRAME_HEADER:], order, sums)
        if frame[8:16] != salts or sums != struct.unpack_from(">2I", frame, 16):
            break
        at += frame_bytes
    behind = range(at + frame_bytes, len(log) - frame_bytes + 1, frame_bytes)
    return not any(
        log[frame + 8 : frame + 16] == salts and any(log[frame + 4 : frame + 8]) for frame in behind
    )


def _summed(data: bytes, order: str, sums: _Sums) -> _Sums:
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    first, second = sums
    for even, odd in zip(words, words, strict=True):
        first = (first + even + second) & _32_BITS
        second = (second + odd + first) & _32_BITS
    return first, second

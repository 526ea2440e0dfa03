"""A backend that has settled is not looked through again, and keeps no memory it has no use for."""

import asyncio
import gc
import sys
from pathlib import Path

import pytest

from backend.lifetime import stay


async def settle() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await stay(0)


async def test_what_is_there_once_it_has_settled_is_not_looked_through_again() -> None:
    kept = [[number] for number in range(1000)]
    before = gc.get_freeze_count()
    await settle()
    assert gc.get_freeze_count() >= before + len(kept)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the C library is not asked")
async def test_what_a_start_took_for_a_while_goes_back() -> None:
    taken = [bytes(1000) for _ in range(40_000)]
    kept = taken[::50]  # what lies between stays the process's, although nobody uses it
    del taken
    before = _resident_bytes()
    await settle()
    assert before - _resident_bytes() > 20_000_000
    assert len(kept) == 800


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

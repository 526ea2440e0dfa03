"""A backend that has settled keeps what it has out of the collector's sight."""

import asyncio
import gc

import pytest

from backend.lifetime import stay


async def test_what_is_there_once_it_has_settled_is_not_looked_through_again() -> None:
    kept = [[number] for number in range(1000)]
    before = gc.get_freeze_count()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await stay(0)
    assert gc.get_freeze_count() >= before + len(kept)

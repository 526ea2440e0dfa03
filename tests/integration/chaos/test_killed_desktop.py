"""kill -9 of the desktop at any moment of its start: its backend never outlives it."""

import asyncio
import signal
from pathlib import Path

import pytest

from tests.helpers.program import running_program

LAST_S = 2.5
"""By then a desktop has its window, its backend and its connection."""

MOMENTS = 20
IN_SHORT = (4, 9, 15)


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(number, marks=[] if number in IN_SHORT else pytest.mark.long)
        for number in range(MOMENTS)
    ],
)
async def test_a_desktop_killed_while_it_starts_leaves_no_process_behind(
    moment: int, tmp_path: Path
) -> None:
    command = ["-m", "app", "--data-dir", str(tmp_path / "data")]
    async with running_program(*command, home=tmp_path) as program:
        # Any moment will do, and no event says which: the next start may be slower.
        await asyncio.sleep(LAST_S * (moment + 1) / MOMENTS)
        assert program.exit_code is None, program.said()
        program.signal(signal.SIGKILL)
        await program.wait_for_exit()
        await program.wait_until_none_left(timeout=3)

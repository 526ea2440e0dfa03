"""kill -9 of the desktop at any moment of its start: its backend never outlives it."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.program import Program, running_program

Reached = Callable[[Program, Path], bool]


def _logged(words: str) -> Reached:
    def reached(_program: Program, data: Path) -> bool:
        return any(words in file.read_text() for file in data.glob("logs/*.log"))

    return reached


STAGES: dict[str, Reached] = {
    "the desktop lives": lambda _, data: (data / "logs").exists(),
    "its backend is a process": lambda program, _: bool(program.children("backend")),
    "its backend opens the archive": lambda _, data: (data / "vigil.db").exists(),
    "it is connected": _logged("connect: websocket"),
}
AFTERWARDS_S = (0.0, 0.07, 0.2, 0.45, 0.9)
IN_SHORT = {
    ("its backend is a process", 0.2),
    ("its backend opens the archive", 0.0),
    ("it is connected", 0.07),
}


@pytest.mark.parametrize(
    ("stage", "afterwards_s"),
    [
        pytest.param(stage, later, marks=[] if (stage, later) in IN_SHORT else pytest.mark.long)
        for stage in STAGES
        for later in AFTERWARDS_S
    ],
)
async def test_a_desktop_killed_while_it_starts_leaves_no_process_behind(
    stage: str, afterwards_s: float, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    async with running_program("-m", "app", "--data-dir", str(data), home=tmp_path) as program:
        for _ in range(3000):
            if STAGES[stage](program, data):
                break
            await asyncio.sleep(0.01)  # neither a file nor a process says that it appeared
        else:
            raise AssertionError(f"never: {stage}; {program.said()}")
        await asyncio.sleep(afterwards_s)  # any moment will do, and no event says which
        assert program.exit_code is None, program.said()
        program.signal(signal.SIGKILL)
        await program.wait_for_exit()
        await program.wait_until_none_left(timeout=3)

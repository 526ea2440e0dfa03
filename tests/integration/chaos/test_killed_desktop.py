"""The desktop is ended at any moment of its start, by kill -9 or as at a logout: all is gone."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.display import Display, running_display
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
MOMENTS, STEP_S, AT_ONCE = 8, 0.15, 2
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
        await _reach(stage, program, data)
        await asyncio.sleep(afterwards_s)  # any moment will do, and no event says which
        assert program.exit_code is None, program.said()
        program.signal(signal.SIGKILL)
        await program.wait_for_exit()
        await program.wait_until_none_left(timeout=3)


@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.long)])
@pytest.mark.timeout(400)
async def test_a_desktop_asked_to_end_while_it_starts_ends_without_a_crash(
    rounds: int, tmp_path: Path
) -> None:
    """With its window on a screen, where the first painting is under way after half a second."""

    async def start(place: int, screen: Display) -> None:
        home = tmp_path / str(place)
        command = ("-m", "app", "--data-dir", str(home / "data"))
        async with running_program(*command, home=home, environment=screen.environment) as program:
            await _reach("the desktop lives", program, home / "data")
            await asyncio.sleep(place % MOMENTS * STEP_S)
            assert program.exit_code is None, (
                f"ended by itself: {program.exit_code}{program.said()}"
            )
            program.signal(signal.SIGTERM)
            assert await program.wait_for_exit() == 0, program.said()
            assert program.errors == []
            await program.wait_until_none_left(timeout=3)

    with running_display() as screen:
        for first in range(0, rounds * MOMENTS, AT_ONCE):
            async with asyncio.TaskGroup() as group:
                for place in range(first, first + AT_ONCE):
                    group.create_task(start(place, screen))


async def _reach(stage: str, program: Program, data: Path) -> None:
    for _ in range(3000):
        if STAGES[stage](program, data):
            return
        await asyncio.sleep(0.01)  # neither a file nor a process says that it appeared
    raise AssertionError(f"never: {stage}; {program.said()}")

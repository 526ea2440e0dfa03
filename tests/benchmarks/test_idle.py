"""What the whole program costs that has little to do: its window hidden, few endpoints, seldom.

The real desktop in a session with a tray, the real backend as its child. Prints the share of a core
and the wake-ups of all threads of both; the limit is what the same span costs a Python that only
sleeps as often as there are checks.
"""

import asyncio
from pathlib import Path

import pytest

from tests.benchmarks.measured_backend import Work, prepared, quick_target
from tests.helpers.display import running_display
from tests.helpers.program import running_program
from tests.helpers.session_bus import running_session_bus

INTERVAL_S = 60
ALL_CHECKED_S = 14
"""From the start until every endpoint was checked once, and the desktop heard of it."""

_SLEEPER = """
import asyncio, sys
async def main():
    print("sleeps", flush=True)
    while True:
        await asyncio.sleep(float(sys.argv[1]))
asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("endpoints", "seconds"),
    [(5, 2), pytest.param(50, 60, marks=pytest.mark.long)],
    ids=["smoke", "full"],
)
@pytest.mark.timeout(180)
async def test_the_whole_program_with_its_window_hidden(
    tmp_path: Path, endpoints: int, seconds: float
) -> None:
    async with quick_target(tmp_path / "target") as url:
        urls = [f"{url}/{number}" for number in range(endpoints)]
        await prepared(tmp_path, urls, INTERVAL_S)
        with running_display() as screen:
            bare = screen.frame_buffer.read_bytes()
            async with running_session_bus() as bus:
                command = ["-m", "app", "--data-dir", str(tmp_path / "data"), "--lang", "en"]
                command += ["--minimized"]
                environment = screen.environment | bus.environment
                async with (
                    running_program(*command, home=tmp_path, environment=environment) as desktop,
                    running_program(
                        "-c", _SLEEPER, str(INTERVAL_S / endpoints), home=tmp_path / "sleeper"
                    ) as sleeper,
                ):
                    await bus.wait_for_tray_item()
                    await sleeper.wait_for_line(lambda line: line == "sleeps")
                    await asyncio.sleep(min(ALL_CHECKED_S, 2 * seconds))
                    (backend,) = desktop.children("backend")
                    works = {
                        "desktop": Work(desktop.pid),
                        "backend": Work(backend),
                        "a bare sleeper": Work(sleeper.pid),
                    }
                    await asyncio.sleep(seconds)
                    found = {name: (it.share, it.wakeups) for name, it in works.items()}
                    shown = screen.frame_buffer.read_bytes()
    both = [sum(found[name][at] for name in ("desktop", "backend")) for at in (0, 1)]
    print(f"\n{endpoints} endpoints every {INTERVAL_S} s, window hidden, {seconds:.0f} s:")
    for name, (share, wakeups) in found.items():
        print(f"  {name:14}: {share:.2f} % of a core, {wakeups:.1f} wake-ups a second")
    print(f"  both together : {both[0]:.2f} % (goal 0.5), {both[1]:.1f} wake-ups (goal 10)")
    assert shown == bare, "the window was hidden"

"""A program under test has a home of its own, is heard, and leaves nobody behind."""

import signal
from pathlib import Path

import pytest

from tests.helpers.program import running_program

TALKER = """
import os, sys
print("home", os.environ["HOME"], flush=True)
for line in sys.stdin:
    print("heard", line.strip(), flush=True)
print("input ended", file=sys.stderr, flush=True)
sys.exit(7)
"""

# A parent whose child outlives it, in a session of its own, as the backend is started.
PARENT = """
import subprocess, sys, time
child = [sys.executable, "-c", "import time; print('born', flush=True); time.sleep(600)"]
subprocess.Popen(child, start_new_session=True)
time.sleep(600)
"""


async def test_it_is_spoken_to_and_heard(tmp_path: Path) -> None:
    async with running_program("-c", TALKER, home=tmp_path) as program:
        assert await program.wait_for_line(lambda line: "home" in line) == f"home {tmp_path}"
        program.say("hello")
        await program.wait_for_line(lambda line: line == "heard hello")
        program.close_input()
        assert await program.wait_for_exit() == 7
        await program.wait_for_line(lambda line: line == "input ended", errors=True)


async def test_a_program_that_ends_without_the_line_is_told_at_once_with_all_it_said(
    tmp_path: Path,
) -> None:
    async with running_program("-c", "raise SystemExit('no room')", home=tmp_path) as program:
        with pytest.raises(AssertionError, match=r"ended without that line(.|\n)*no room"):
            await program.wait_for_line(lambda line: "ready" in line, timeout=60)


async def test_an_orphan_of_a_killed_program_is_found(tmp_path: Path) -> None:
    async with running_program("-c", PARENT, home=tmp_path) as program:
        await program.wait_for_line(lambda line: line == "born")
        (child,) = program.children("born")
        program.signal(signal.SIGKILL)
        assert await program.wait_for_exit() == -signal.SIGKILL
        assert program.family() == [child]
        with pytest.raises(AssertionError, match="still running"):
            await program.wait_until_none_left(timeout=0.1)
    assert program.family() == []


async def test_nothing_of_the_persons_session_reaches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":77")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    listing = "import os; print(sorted(os.environ), flush=True)"
    async with running_program("-c", listing, home=tmp_path) as program:
        names = await program.wait_for_line(lambda line: True)
        assert "DISPLAY" not in names
        assert "DBUS_SESSION_BUS_ADDRESS" not in names

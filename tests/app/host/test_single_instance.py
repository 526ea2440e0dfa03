"""One desktop per profile, shown with real processes."""

import signal
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.host.doorbell import server_name
from app.host.single_instance import Place, SingleInstance
from tests.helpers.program import running_program

FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from app.host.single_instance import SingleInstance
app = QCoreApplication([])
mine = SingleInstance(Path(sys.argv[1]))
print(mine.claim().name, flush=True)
mine.listen()
mine.raise_requested.connect(lambda: print("raise", flush=True))
app.exec()
"""

LATE = FIRST.replace("mine.listen()", "sys.stdin.readline()\nmine.listen()")

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.host.single_instance import SingleInstance
app = QCoreApplication([])
print(SingleInstance(Path(sys.argv[1])).claim().name, flush=True)
"""

ASKING = (
    """
from app.host import doorbell
ring = doorbell.ring
def ring_and_say(folder):
    heard = ring(folder)
    print("heard:", heard, flush=True)
    return heard
doorbell.ring = ring_and_say
"""
    + SECOND
)


async def test_a_second_start_raises_the_first_window(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    async with running_program("-c", FIRST, str(data), home=tmp_path / "h1") as first:
        assert await first.wait_for_line(bool) == "FIRST"
        async with running_program("-c", SECOND, str(data), home=tmp_path / "h2") as second:
            assert await second.wait_for_line(bool) == "SECOND"
            assert await second.wait_for_exit() == 0
        assert await first.wait_for_line(lambda line: line == "raise")


async def test_a_second_start_waits_until_the_first_listens(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    async with running_program("-c", LATE, str(data), home=tmp_path / "h1") as first:
        assert await first.wait_for_line(bool) == "FIRST"
        async with running_program("-c", ASKING, str(data), home=tmp_path / "h2") as second:
            assert await second.wait_for_line(bool) == "heard: False"
            first.say("")
            assert await second.wait_for_line(lambda line: "heard" not in line) == "SECOND"
        assert await first.wait_for_line(lambda line: line == "raise")


async def test_another_profile_is_another_program(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    async with running_program("-c", FIRST, str(tmp_path / "one"), home=tmp_path / "h1") as first:
        assert await first.wait_for_line(bool) == "FIRST"
        arguments = ("-c", SECOND, str(tmp_path / "other"))
        async with running_program(*arguments, home=tmp_path / "h2") as second:
            assert await second.wait_for_line(bool) == "FIRST"


async def test_what_a_killed_first_one_left_behind_stands_in_nobodys_way(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    async with running_program("-c", FIRST, str(data), home=tmp_path / "h1") as killed:
        assert await killed.wait_for_line(bool) == "FIRST"
        killed.signal(signal.SIGKILL)
        await killed.wait_for_exit()
    async with running_program("-c", FIRST, str(data), home=tmp_path / "h2") as next_one:
        assert await next_one.wait_for_line(bool) == "FIRST"
        async with running_program("-c", SECOND, str(data), home=tmp_path / "h3") as second:
            assert await second.wait_for_line(bool) == "SECOND"


async def test_a_first_one_that_hangs_is_reported(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    async with running_program("-c", FIRST, str(data), home=tmp_path / "h1") as hung:
        assert await hung.wait_for_line(bool) == "FIRST"
        hung.signal(signal.SIGSTOP)
        async with running_program("-c", SECOND, str(data), home=tmp_path / "h2") as second:
            assert await second.wait_for_line(bool, timeout=30) == "UNHEARD"
        hung.signal(signal.SIGCONT)


def test_a_profile_is_free_again_once_it_was_given_up(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim() is Place.FIRST
    first.release()
    again = SingleInstance(tmp_path)
    assert again.claim() is Place.FIRST
    again.release()


def test_a_long_path_still_has_a_socket(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 120)
    assert len(server_name(long)) < 30
    if sys.platform != "win32":
        short = Path("/tmp/v")
        assert server_name(short) == "/tmp/v/desktop.sock"

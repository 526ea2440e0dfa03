"""The packaged program as a person has it: no source of ours near it, no Python on the path."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from app.host.build import APPLICATION_ID
from tests.helpers import bundle
from tests.helpers.desk import QUICK, Desk, prepare_profile, running_desk
from tests.helpers.program import running_program
from tests.helpers.target_server import Answer, TargetServer

# It is built by the first test that wants it.
pytestmark = pytest.mark.timeout(400)


@pytest.fixture(autouse=True)
def under_test(packaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is started in this file be the bundle."""
    monkeypatch.setenv(bundle.UNDER_TEST, str(packaged))


async def test_it_does_the_main_job(tmp_path: Path, target: TargetServer):
    await prepare_profile(tmp_path, [{"name": "Payments API", "url": target.url, **QUICK}])
    async with running_desk(tmp_path) as desk:
        await _add(desk, f"{target.url}/health")
        await desk.wait_for_card("Up", "2")
        _carries_its_database(desk.backend_pid())
        tray = await desk.bus.wait_for_tray_item()
        await tray.wait_for_look(lambda look: "2 up" in look.tooltip, "2 up")
        assert await desk.screen.xdotool("search", "--class", "^Vigil$")

        killed = desk.backend_pid()
        os.kill(killed, signal.SIGKILL)
        await desk.reader.wait_for(
            lambda node: "Connection: " in node.name and "Live" not in node.name, "another light"
        )
        await desk.wait_for_light("Live")
        assert desk.backend_pid() != killed

        target.answer = Answer(status=503)
        await desk.reader.wait_for_text("🚨 Incident started: Payments API", timeout=25)
        await desk.wait_for_card("Down", "1")
        await tray.wait_for_look(lambda look: "1 down" in look.tooltip, "1 down")

        await desk.close_window()
        await desk.reader.wait_until_gone("Add endpoint")
        target.answer = Answer()
        told = await desk.bus.wait_for_notification(
            lambda it: "Payments API has recovered" in it.summary, timeout=25
        )
        assert told.app_name == "Vigil"
        assert told.hints["desktop-entry"] == APPLICATION_ID
        assert told.icon.endswith("/vigil/_internal/resources/icons/vigil.svg")
        await desk.quit()


def _carries_its_database(pid: int) -> None:
    """Fail where the backend took the system's SQLite, which the next computer may not have."""
    mapped = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines()
    found = {line.split()[-1] for line in mapped if "/libsqlite3" in line}
    assert found
    assert all("/vigil/_internal/" in path for path in found), found


def test_what_it_is_started_with_has_neither_our_source_nor_a_python() -> None:
    look = [*bundle._without_us(), "/bin/ls", str(bundle.ROOT)]
    if look[0] == "/bin/ls":
        assert os.getuid() != 0, "root may hide things"
        return
    assert subprocess.run(look, capture_output=True, check=True).stdout == b""


async def test_it_says_what_it_was_built_from(tmp_path: Path):
    async with running_program("-m", "app", "--version", home=tmp_path) as program:
        assert await program.wait_for_exit() == 0, program.said()
        (said,) = program.output
        assert said.startswith("Vigil 0.1.0 ("), "version and commit"


async def test_the_backends_commands_are_in_it(tmp_path: Path, target: TargetServer):
    async with running_program("-m", "backend", "check", target.url, home=tmp_path) as program:
        assert await program.wait_for_exit() == 0, program.said()
    assert target.hits == 1


async def test_a_crash_leaves_a_report_and_the_next_start_offers_its_folder(tmp_path: Path):
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_light("Live")
        desk.program.signal(signal.SIGSEGV)
        await desk.program.wait_for_exit()
        await desk.program.wait_until_none_left()
    async with running_desk(tmp_path) as desk:
        toast = await desk.reader.wait_for_text("Something unexpected happened in Vigil")
        assert toast
        await desk.reader.wait_for_text("Open folder")
        await desk.quit()
    (report,) = (tmp_path / "data" / "logs").glob("crash-*.txt")
    text = report.read_text()
    assert text.startswith("Vigil 0.1.0 (")
    assert "Segmentation fault" in text
    assert "in run" in text, "the stack of Python"


async def _add(desk: Desk, url: str) -> None:
    """Add an endpoint as a person does."""
    await desk.wait_for_light("Live", timeout=40)
    window = await desk.screen.xdotool("search", "--sync", "--onlyvisible", "--name", "Vigil")
    await desk.screen.xdotool("windowactivate", "--sync", window.splitlines()[0])
    await desk.type("key:ctrl+n")
    await desk.reader.wait_for_text("Add endpoint")
    await desk.type(url, "key:Return")
    await desk.wait_for_row("127.0.0.1", "Up")

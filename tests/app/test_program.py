"""The desktop as a program: arguments, first paint, picture, second start, exit codes."""

import asyncio
import os
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from app.arguments import parse
from app.host.paths import default_data_dir
from app.start import _hand_on_no_libraries_of_ours
from tests.helpers.program import running_backend, running_program

SLOW = (
    "httpx",
    "aiohttp",
    "socketio",
    "pydantic",
    "app.main",
    "app.services.rest",
    "widgets.furniture",
    "widgets.roles",
    "app.second_act",
    "app.services.child",
    "PySide6.QtNetwork",
    "PySide6.QtGui:QGradient",
    "PySide6.QtWidgets:QStyle",
)

AT_FIRST_PAINT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app import loop
from app.arguments import parse
from app.host import paths
from app.host.single_instance import Place, SingleInstance
from app.stage import first_paint, raise_curtain, set_stage
from app.start import _application

def is_loaded(name):
    # Of Qt's classes a module has those that were asked for.
    module, _, qt_class = name.partition(":")
    return module in sys.modules and (not qt_class or qt_class in vars(sys.modules[module]))

profile = paths.prepare(Path(sys.argv[1]))
app = _application()
stage = set_stage(app, parse([]), profile, SingleInstance(profile.data_dir), None)
assert stage.instance.claim() is Place.FIRST
raise_curtain(stage)

async def look():
    await first_paint(stage.window, limit_s=60)
    print("loaded:", *[name for name in sys.argv[2:] if is_loaded(name)], flush=True)
    return 0

sys.exit(loop.run(QApplication.instance(), look))
"""


WITHOUT_OTHERS = """
import sys
from app.second_act import import_slow_libraries
import_slow_libraries()
import app.main, widgets.furniture
print("loaded:", *[name for name in sys.argv[1:] if name in sys.modules], flush=True)
import requests, rich, click
print("to be had:", requests.__name__, flush=True)
import ssl, aiohttp.connector
print("trusted:", aiohttp.connector._SSL_CONTEXT_VERIFIED.cert_store_stats()["x509_ca"])
print("plain:", ssl.create_default_context.__module__, flush=True)
"""

ONE_OR_NONE = (
    *("structlog", "html.entities", "plistlib", "widgets.report", "app.host.server_token"),
    *("widgets.endpoint_form", "widgets.channel_form", "widgets.import_sheet"),
    "widgets.token_sheet",
)
"""What only a server elsewhere, another system, or one who opens a sheet has a use for."""


STYLED = """
import app.start
print(app.start._application().style().name(), flush=True)
"""

COUNTED = """
import gc, sys
looks = []
gc.callbacks.append(lambda phase, told: looks.append(phase))
from app.__main__ import load_desktop
print("Qt at first:", "PySide6" in sys.modules, flush=True)
looks.clear()
load_desktop()
print("looks for garbage:", len(looks), flush=True)
"""


LEARNT = """
import re, sys
from PySide6 import QtGui
from app.start import _application
app = _application()
from widgets import failures, furniture
from widgets.main_window import MainWindow
from widgets.style.palette import Theme
window = furniture.furnish(MainWindow(Theme()))
compiled = []
plain = re._compiler.compile
re._compiler.compile = lambda *given: compiled.append(given) or plain(*given)
failures.in_words("a failure that nobody knows")
print("gradients:", "QGradient" in vars(QtGui), "compiled:", len(compiled), flush=True)
"""


UNREAD = """
import linecache
import PySide6.QtCore
from app.second_act import import_slow_libraries
from backend.sparing import import_unread
import_unread()
import_slow_libraries()
read = [name for name in linecache.cache if name.endswith(("client.py", "async_client.py"))]
print("read:", *read, flush=True)
"""


def app(home: Path, *arguments: str) -> tuple[str, ...]:
    return ("-m", "app", "--data-dir", str(home / "data"), *arguments)


async def until_serving(data: Path) -> None:
    """Wait until a desktop's log says that its line stands."""
    log = data / "logs" / "desktop.log"
    async with asyncio.timeout(30):
        while True:
            if log.exists() and "connect: websocket" in log.read_text():
                return
            await asyncio.sleep(0.05)  # a file does not say that it grew


async def test_what_the_libraries_load_for_others_is_spared_and_still_to_be_had(
    tmp_path: Path,
) -> None:
    spared = ("click", "pygments", "requests", "rich", "urllib3", "websocket")
    command = ("-c", WITHOUT_OTHERS, *spared, *ONE_OR_NONE, "socketio", "httpx")
    async with running_program(*command, home=tmp_path) as program:
        assert await program.wait_for_line(bool) == "loaded: socketio httpx"
        await program.wait_for_line(lambda line: line == "to be had: requests")
        await program.wait_for_line(lambda line: line == "trusted: 0")
        await program.wait_for_line(lambda line: line == "plain: ssl")
        assert await program.wait_for_exit() == 0, program.said()


async def test_what_is_imported_is_not_read_and_kept_as_source(tmp_path: Path) -> None:
    async with running_program("-c", UNREAD, home=tmp_path) as program:
        assert await program.wait_for_line(bool) == "read:"
        assert await program.wait_for_exit() == 0, program.said()


async def test_what_is_loaded_is_not_looked_through_for_garbage(tmp_path: Path) -> None:
    async with running_program("-c", COUNTED, home=tmp_path) as program:
        assert await program.wait_for_line(bool) == "Qt at first: False"
        await program.wait_for_line(lambda line: line == "looks for garbage: 0")
        assert await program.wait_for_exit() == 0, program.said()


async def test_the_style_is_ours_whatever_this_computer_asks_for(tmp_path: Path) -> None:
    asked = {"QT_STYLE_OVERRIDE": "windows"}
    async with running_program("-c", STYLED, home=tmp_path, environment=asked) as program:
        assert await program.wait_for_line(bool) == "fusion"
        assert await program.wait_for_exit() == 0, program.said()


async def test_nothing_slow_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    command = ("-c", AT_FIRST_PAINT, str(tmp_path / "data"), *SLOW)
    async with running_program(*command, home=tmp_path) as program:
        assert await program.wait_for_line(bool) == "loaded:"
        assert await program.wait_for_exit() == 0, program.said()


async def test_what_the_first_list_is_painted_with_is_learnt_before_it_comes(
    tmp_path: Path,
) -> None:
    async with running_program("-c", LEARNT, home=tmp_path) as program:
        assert await program.wait_for_line(bool) == "gradients: True compiled: 0"
        assert await program.wait_for_exit() == 0, program.said()


async def test_a_picture_is_taken_and_nothing_is_left(tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    arguments = ("--demo", "--lang", "en", "--theme", "dark", "--screenshot", str(picture))
    command = ("-m", "app", *arguments, "--page", "endpoints", "--after", "4")
    async with running_program(*command, home=tmp_path) as program:
        assert await program.wait_for_exit(60) == 0, program.said()
        assert program.errors == []
        await program.wait_until_none_left()
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (1280, 880)
    assert list((tmp_path / "tmp").glob("vigil-demo-*")) == []


async def test_a_second_start_says_so_and_ends(tmp_path: Path) -> None:
    async with running_program(*app(tmp_path), home=tmp_path) as first:
        await until_serving(tmp_path / "data")
        async with running_program(*app(tmp_path), home=tmp_path) as second:
            assert await second.wait_for_exit() == 0
            (said,) = second.output
            assert "already runs" in said
            assert second.errors == []
        first.signal(signal.SIGTERM)
        assert await first.wait_for_exit() == 0, first.said()
        await first.wait_until_none_left()
        assert first.errors == []


async def test_a_folder_that_cannot_be_used_is_one_sentence_and_exit_code_3(
    tmp_path: Path,
) -> None:
    (tmp_path / "data").write_text("a file in the way")
    async with running_program(*app(tmp_path), home=tmp_path) as program:
        assert await program.wait_for_exit() == 3
        assert program.output == []
        assert len(program.errors) == 1, program.errors
        assert program.errors[0].startswith(
            f"vigil: The data directory {tmp_path / 'data'} cannot be"
        )


async def test_a_folder_that_another_backend_uses_is_exit_code_3(tmp_path: Path) -> None:
    async with (
        running_backend(tmp_path),
        running_program(*app(tmp_path), home=tmp_path) as program,
    ):
        assert await program.wait_for_exit(40) == 3, program.said()
        assert any("is in use by another Vigil" in line for line in program.errors)


async def test_data_of_a_newer_version_are_exit_code_4(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend:
        backend.program.close_input()
        assert await backend.program.wait_for_exit() == 0
    (database,) = (tmp_path / "data").glob("*.db")
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    async with running_program(*app(tmp_path), home=tmp_path) as program:
        assert await program.wait_for_exit(40) == 4, program.said()
        assert any("newer Vigil" in line for line in program.errors)


async def test_the_same_file_is_the_backend_when_told_so(tmp_path: Path) -> None:
    command = ("-m", "app", "--backend", "--data-dir", str(tmp_path / "data"), "--token-stdin")
    async with running_program(*command, home=tmp_path) as program:
        program.say("t" * 43)
        assert '"ready": true' in await program.wait_for_line(bool)
        program.close_input()
        assert await program.wait_for_exit() == 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--page", "nowhere"], "no page 'nowhere'"),
        (["--after", "3"], "--after needs --screenshot"),
        (["--screenshot", "x.png", "--after", "soon"], "no number of seconds"),
        (["--screenshot", "x.jpg"], "must end in .png"),
        (["--screenshot", "/nowhere/x.png"], "there is no folder"),
        (["--screenshot", "x.png", "--minimized"], "leave --minimized out"),
        (["--demo", "--data-dir", "x"], "leave --data-dir out"),
        (["--lang", "de"], "invalid choice"),
        (["--connect", "vigil.example"], "is no https://HOST[:PORT]"),
        (["--connect", "https://a:b@vigil.example"], "is no https://HOST[:PORT]"),
        (["--connect", "https://vigil.example/page"], "is no https://HOST[:PORT]"),
        (["--connect", "https://vigil.example:99999"], "is no https://HOST[:PORT]"),
        (["--connect", "http://vigil.example"], "would send the token in clear"),
        (["--connect", "https://vigil.example", "--demo"], "leave --connect out"),
        (["--connect", "https://vigil.example", "--ca", "nowhere.pem"], "there is no file"),
        (["--ca", "pyproject.toml"], "--ca needs --connect"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_refused(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(arguments)
    assert ended.value.code == 2
    assert complaint in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "meant", "name"),
    [
        ("https://Vigil.Example:8443/", "https://vigil.example:8443", "vigil.example:8443"),
        ("https://[::1]:8443", "https://[::1]:8443", "[::1]:8443"),
        ("http://127.0.0.1:80", "http://127.0.0.1:80", "127.0.0.1:80"),
    ],
)
def test_a_server_is_named_by_its_url(said: str, meant: str, name: str) -> None:
    arguments = parse(["--connect", said])
    assert (arguments.connect, arguments.server) == (meant, name)
    assert arguments.joins == ("--connect", meant)


def test_each_server_joined_has_a_profile_of_its_own() -> None:
    own, joined = default_data_dir(), default_data_dir("[::1]:8443")
    assert joined.parent == own.parent
    assert (own.name, joined.name) == ("vigil", "vigil----1--8443")


def test_what_a_bundle_opens_finds_the_systems_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)  # as the bundle's loader leaves it
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/vigil/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    monkeypatch.setenv("PYINSTALLER_RESET_ENVIRONMENT", "0")
    _hand_on_no_libraries_of_ours()
    assert "LD_LIBRARY_PATH" not in os.environ
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/vigil/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usr/local/lib")
    _hand_on_no_libraries_of_ours()
    assert os.environ["LD_LIBRARY_PATH"] == "/usr/local/lib"
    assert os.environ["PYINSTALLER_RESET_ENVIRONMENT"] == "1", "the backend is a bundle as well"

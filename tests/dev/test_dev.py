"""dev.py as a person meets it: a copy of it in a folder with a tiny program, really run."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import os, signal, sys

def leave(number, frame):
    print("asked to stop by", signal.Signals(number).name, flush=True)
    sys.exit(5)

signal.signal(signal.SIGINT, leave)
signal.signal(signal.SIGTERM, leave)
names = ("DISPLAY", "VIGIL_CONSOLE", "LC_ALL", "VIRTUAL_ENV")
print("arguments", sys.argv[1:], {name: os.environ.get(name) for name in names}, flush=True)
if "--stay" in sys.argv:
    signal.pause()
sys.exit(3)
"""
WINDOW = """
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
print(application.platformName(), application.primaryScreen().size().toTuple(), flush=True)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at Linux's processes")


def stamp(folder: Path) -> None:
    digest = hashlib.sha256((folder / "requirements.lock").read_bytes()).hexdigest()
    (folder / ".venv/vigil-installed").write_text(f"{digest}\n{folder}/.venv")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that is set up: dev.py, a lock file that asks for nothing, and a program."""
    shutil.copy(ROOT / "dev.py", tmp_path)
    (tmp_path / "requirements.lock").touch()
    (tmp_path / "app").mkdir()
    (tmp_path / "app/__init__.py").touch()
    (tmp_path / "app/__main__.py").write_text(PROGRAM)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    stamp(tmp_path)
    return tmp_path


def environment(**changes: str) -> dict[str, str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL", "LC_CTYPE", "LANG")
    return {name: value for name, value in os.environ.items() if name not in hidden} | changes


def start(project: Path, *arguments: str, **changes: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "dev.py", *arguments],
        cwd=project,
        env=environment(**changes),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run(project: Path, *arguments: str, **changes: str) -> tuple[int, str, str]:
    with start(project, *arguments, **changes) as process:
        output, errors = process.communicate(timeout=60)
    return process.returncode, output, errors


def screens_of(parent: int) -> list[str]:
    """Return the Xvfb servers that this process started."""
    listed = subprocess.check_output(["ps", "-eo", "ppid=,args="], text=True).splitlines()
    return [line for line in listed if line.split()[:2] == [str(parent), "Xvfb"]]


def test_without_a_display_the_program_runs_on_a_virtual_one_and_its_exit_code_is_handed_on(
    project: Path,
) -> None:
    code, output, _ = run(project, "run", "--demo", "--lang", "ko", LC_ALL="C")
    assert code == 3
    said, _, started = output.strip().splitlines()
    assert "virtual display :" in said
    assert "arguments ['--demo', '--lang', 'ko']" in started
    assert "'VIGIL_CONSOLE': '1'" in started
    assert "'LC_ALL': 'C.UTF-8'" in started
    display = said.split("virtual display ")[1].split()[0]
    assert f"'DISPLAY': '{display}'" in started


def test_qt_shows_itself_on_the_virtual_display(project: Path) -> None:
    (project / "app/__main__.py").write_text(WINDOW)
    code, output, errors = run(project, "run", PYTHONPATH=os.pathsep.join(sys.path))
    assert (code, output.splitlines()[-1]) == (0, "xcb (1280, 800)"), errors


def test_with_a_display_that_one_is_used(project: Path) -> None:
    code, output, _ = run(project, "run", DISPLAY=":77", LANG="ko_KR.UTF-8")
    assert code == 3
    assert "'DISPLAY': ':77', 'VIGIL_CONSOLE': None, 'LC_ALL': None" in output
    assert "virtual" not in output


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_lets_the_program_end_itself_and_takes_the_display_down(
    project: Path, number: signal.Signals
) -> None:
    with start(project, "run", "--stay") as process:
        assert process.stdout is not None
        while "arguments" not in process.stdout.readline():
            pass
        assert len(screens_of(process.pid)) == 1
        if number is signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does on Ctrl+C
        else:
            process.send_signal(number)
        output, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (5, "")
    assert output == f"asked to stop by {number.name}\n"
    assert screens_of(process.pid) == []


def test_what_is_missing_is_named_in_one_line(project: Path, tmp_path_factory) -> None:
    bare = tmp_path_factory.mktemp("bin")
    code, _, errors = run(project, "run", PATH=str(bare))
    assert code == 1
    assert errors == "dev.py: install these first (named as in Debian): xvfb\n"


def test_where_nothing_may_be_installed_the_line_to_run_is_shown(
    project: Path, tmp_path_factory
) -> None:
    bare = tmp_path_factory.mktemp("bin")
    (bare / "apt-get").write_text("#!/bin/sh\nexit 100\n")
    (bare / "apt-get").chmod(0o755)
    (bare / "env").symlink_to(shutil.which("env") or "")
    code, _, errors = run(project, "run", PATH=str(bare))
    assert code == 1
    assert "  sudo apt-get install -y --no-install-recommends xvfb\n" in errors


def test_a_set_up_folder_is_left_as_it_is(project: Path) -> None:
    code, output, _ = run(project, "setup")
    assert (code, output) == (0, f"Ready: {project}/.venv/bin/python\n")


@pytest.mark.parametrize("damage", ["interrupted", "moved here", "python gone"])
def test_an_environment_that_cannot_be_trusted_is_made_anew(project: Path, damage: str) -> None:
    venv = project / ".venv"
    (venv / "leftover").touch()
    match damage:
        case "interrupted":
            (venv / "vigil-unfinished").touch()
        case "moved here":
            text = (venv / "vigil-installed").read_text()
            (venv / "vigil-installed").write_text(text.replace(str(project), "/elsewhere"))
        case "python gone":
            (venv / "bin/python").unlink()
            (venv / "bin/python").symlink_to(project / "no-such-python")
    code, output, errors = run(project, "setup")
    assert code == 0, errors
    assert "Installing Python packages" in output
    assert not (venv / "leftover").exists()
    assert not (venv / "vigil-unfinished").exists()
    assert run(project, "setup")[1].startswith("Ready")


def test_a_changed_lock_file_is_installed_where_the_environment_is(project: Path) -> None:
    shutil.rmtree(project / ".venv")
    assert run(project, "setup")[0] == 0
    (project / ".venv/kept").touch()
    (project / "requirements.lock").write_text("# nothing yet\n")
    code, output, _ = run(project, "setup")
    assert code == 0
    assert "Installing Python packages" in output
    assert (project / ".venv/kept").exists()


def test_a_package_that_is_not_what_was_locked_is_refused(project: Path) -> None:
    (project / "requirements.lock").write_text(f"iniconfig==2.3.1 --hash=sha256:{'0' * 64}\n")
    shutil.rmtree(project / ".venv")
    code, _, errors = run(project, "setup")
    assert code == 1
    assert "could not be installed" in errors
    assert not (project / ".venv/vigil-installed").exists()

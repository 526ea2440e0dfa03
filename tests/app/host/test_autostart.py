"""The entry that starts Vigil with the session: written, read back as it is, taken away."""

import asyncio
import os
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.host.autostart import (
    DesktopFile,
    Launch,
    LaunchAgent,
    RunKey,
    autostart_of,
    exec_line,
    this_program,
)

AWKWARD = ("/opt/my $APPS/vi\"gil's", "--data-dir", "/home/a b/50 %/back\\slash", "--minimized")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "autostart" / "vigil.desktop"


def desktop_file(path: Path, *command: str) -> DesktopFile:
    return DesktopFile(Launch(command or ("/usr/bin/vigil", "--minimized"), path.parent), path)


def test_an_entry_is_written_read_back_and_taken_away(file: Path) -> None:
    entry = desktop_file(file)
    assert not entry.is_on
    assert entry.switch(True) is None
    assert entry.is_on
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    assert entry.switch(False) is None
    assert not entry.is_on
    assert not file.exists()
    assert entry.switch(False) is None, "what is off can be switched off"


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("X-GNOME-Autostart-enabled=true", "X-GNOME-Autostart-enabled=false"),
        ("Terminal=false", "Hidden=true"),
        ("Exec=/usr/bin/vigil", "Exec=/usr/bin/an-older-vigil"),
    ],
)
def test_what_somebody_else_made_of_the_entry_is_seen(file: Path, line: str, instead: str) -> None:
    entry = desktop_file(file)
    entry.switch(True)
    file.write_text(file.read_text().replace(line, instead))
    assert not entry.is_on
    entry.switch(True)
    assert entry.is_on


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="no desktop-file-utils")
def test_the_entry_is_a_valid_desktop_file(file: Path) -> None:
    desktop_file(file, *AWKWARD).switch(True)
    told = subprocess.run(
        ["desktop-file-validate", file], check=False, capture_output=True, text=True
    )
    assert (told.returncode, told.stdout) == (0, "")


@pytest.mark.skipif(not shutil.which("gio"), reason="no gio")
async def test_the_system_starts_what_the_entry_says_with_every_argument_whole(
    file: Path, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    write = "import os, sys; open(sys.argv[1], 'w').write('\\n'.join([os.getcwd(), *sys.argv[2:]]))"
    entry = desktop_file(file, sys.executable, "-c", write, str(said), *AWKWARD)
    entry.switch(True)
    os.mkfifo(said)
    child = await asyncio.create_subprocess_exec("gio", "launch", str(file))
    async with asyncio.timeout(20):
        found = await asyncio.to_thread(said.read_text)
    assert await child.wait() == 0
    assert found.split("\n") == [str(file.parent), *AWKWARD]


def test_a_folder_that_cannot_be_written_is_a_reason_not_a_crash(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "config").write_text("a file in the way")
    entry = desktop_file(tmp_path / "config" / "vigil.desktop")
    assert entry.switch(True) == "File exists"
    assert not desktop_file(tmp_path / "vigil.desktop").is_on


def test_a_launch_agent_is_written_read_back_and_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "LaunchAgents" / "vigil.plist"
    agent = LaunchAgent(Launch(AWKWARD, tmp_path), path)
    assert not agent.is_on
    assert agent.switch(True) is None
    assert agent.is_on
    kept = plistlib.loads(path.read_bytes())
    assert kept["ProgramArguments"] == [*AWKWARD]
    assert kept["WorkingDirectory"] == str(tmp_path)
    path.write_bytes(plistlib.dumps(kept | {"Disabled": True}))
    assert not agent.is_on
    assert agent.switch(False) is None
    assert not path.exists()


def test_a_damaged_launch_agent_counts_as_off(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "vigil.plist").write_text("no plist")
    assert not LaunchAgent(Launch(AWKWARD, tmp_path), tmp_path / "vigil.plist").is_on


class Value:
    """A value of the registry, kept in memory."""

    def __init__(self, value: str | bytes | None = None) -> None:
        self.value = value

    def read(self) -> str | bytes | None:
        return self.value

    def write(self, value: str) -> None:
        self.value = value

    def remove(self) -> None:
        self.value = None


def test_the_run_key_holds_one_command_line_and_heeds_the_task_manager() -> None:
    run, approved = Value(), Value()
    entry = RunKey(Launch(("C:\\Program Files\\vigil.exe", "--minimized"), Path()), run, approved)
    assert not entry.is_on
    entry.switch(True)
    assert run.value == '"C:\\Program Files\\vigil.exe" --minimized'
    assert entry.is_on
    approved.value = bytes([3, 0, 0, 0])
    assert not entry.is_on
    entry.switch(True)
    assert entry.is_on
    entry.switch(False)
    assert run.value is None


def test_this_program_is_started_minimized_on_the_profile_it_was_given(tmp_path: Path) -> None:
    launch = this_program(tmp_path)
    assert launch.command[-3:] == ("--data-dir", str(tmp_path), "--minimized")
    assert "--data-dir" not in this_program().command
    # What it starts is this program: it knows its own arguments, from the folder it is started in.
    told = subprocess.run(
        [*launch.command[:-1], "--help"],
        check=False,
        cwd=launch.folder,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0
    assert "usage: vigil" in told.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="XDG")
def test_on_linux_the_entry_lies_where_the_session_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    autostart_of(this_program()).switch(True)
    (entry,) = (tmp_path / "autostart").iterdir()
    assert f"Exec={exec_line(this_program().command)}" in entry.read_text().splitlines()
    assert entry.name == "io.github.vigil.Vigil.desktop"


@pytest.mark.skipif(sys.platform != "linux", reason="XDG")
def test_who_joins_a_server_has_an_entry_beside_that_of_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    local = autostart_of(this_program())
    joined, other, by_hand = (
        autostart_of(this_program(folder, joins, server))
        for folder, joins, server in (
            (None, ("--connect", "https://a.example:8443"), "a.example:8443"),
            (None, ("--connect", "https://a-example:8443"), "a-example:8443"),
            (tmp_path / "profile", (), ""),
        )
    )
    for entry in (local, joined, other):
        entry.switch(True)
    assert [it.is_on for it in (local, joined, other, by_hand)] == [True, True, True, False]
    files = sorted((tmp_path / "autostart").iterdir())
    named = [line for it in files for line in it.read_text().splitlines() if "Name=" in line]
    assert sorted(named) == [
        "Name=Vigil",
        "Name=Vigil (a-example:8443)",
        "Name=Vigil (a.example:8443)",
    ]
    joined.switch(False)
    assert [it.is_on for it in (local, joined, other)] == [True, False, True]
    by_hand.switch(True)
    assert [it.is_on for it in (local, joined, other, by_hand)] == [True, False, True, True]

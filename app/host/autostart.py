"""Starting with the session: an entry of the system's own, written, read back and taken away.

The preferences and the first run ask and switch it; what they show is what the system will do,
read anew each time. On Linux it is an XDG autostart file, on macOS a LaunchAgent, on Windows a
value of the user's Run key. It must not know what the program does once it is started.
"""

import importlib
import logging
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Protocol

import platformdirs

from app.host.build import APPLICATION_ID
from app.host.paths import write_private

_log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_RESERVED = re.compile(r'(["`$\\])')


@dataclass(frozen=True, slots=True)
class Launch:
    """How this program is started: program and arguments, and the folder to start it in.

    Attributes:
        whose: which of several it is, that can all start with the session; "" for the usual one.
    """

    command: tuple[str, ...]
    folder: Path
    whose: str = ""

    @property
    def title(self) -> str:
        """What the system calls it in its list."""
        return f"Vigil ({self.whose})" if self.whose else "Vigil"

    @property
    def entry_id(self) -> str:
        """What its entry is called among all others."""
        if not self.whose:
            return APPLICATION_ID
        words = re.sub(r"[^A-Za-z0-9]+", "-", self.whose).strip("-")
        # Two that differ only in what no file name can have must not share one.
        return f"{APPLICATION_ID}.{words[:40]}-{sha256(self.whose.encode()).hexdigest()[:8]}"


class Autostart(Protocol):
    """The entry through which the system starts a program with the session."""

    @property
    def is_on(self) -> bool:
        """Whether the system will start this very program, as it lies there now."""

    def switch(self, on: bool) -> str | None:
        """Write the entry or take it away; return why that could not be done, if so."""


def this_program(
    data_dir: Path | None = None, more: Sequence[str] = (), server: str = ""
) -> Launch:
    """Return how to start this program, minimized, on the profile it was started on.

    Args:
        data_dir: the profile it was given by hand; ``None`` for the usual one.
        more: what else it was started with and needs again.
        server: the one it joins, "" for none. Who joins one has an entry beside that of the
            Vigil of this computer, and so has a profile that was given by hand.
    """
    if getattr(sys, "frozen", False):
        program, folder = [sys.executable], Path(sys.executable).parent
    else:
        program, folder = [_windowless(sys.executable), "-m", "app"], _ROOT
        if sys.platform == "win32":  # where an entry cannot name a folder to start in
            enter = f"import os, runpy; os.chdir({str(_ROOT)!r}); "
            enter += "runpy.run_module('app', None, '__main__')"
            program = [_windowless(sys.executable), "-c", enter]
    profile = [] if data_dir is None else ["--data-dir", str(data_dir.absolute())]
    whose = " ".join(it for it in (server, *profile[1:]) if it)
    return Launch((*program, *profile, *more, "--minimized"), folder, whose)


def autostart_of(launch: Launch) -> Autostart:
    """Return the entry of this system for a program."""
    if sys.platform == "win32":
        keys = (RegistryKey(it, launch.title) for it in (_RUN, _APPROVED))
        return RunKey(launch, *keys)
    if sys.platform == "darwin":
        agents = Path.home() / "Library" / "LaunchAgents"
        return LaunchAgent(launch, agents / f"{launch.entry_id}.plist")
    folder = platformdirs.user_config_path() / "autostart"
    return DesktopFile(launch, folder / f"{launch.entry_id}.desktop")


class DesktopFile:
    """An XDG autostart file: https://specifications.freedesktop.org/autostart-spec/latest/."""

    def __init__(self, launch: Launch, path: Path) -> None:
        self._launch, self._path = launch, path

    @property
    def is_on(self) -> bool:
        """Whether the file is there, starts us, and nobody has switched it off in it."""
        lines = _text_of(self._path).splitlines()
        keys = dict(line.split("=", 1) for line in lines if "=" in line)
        switched_off = (
            keys.get("Hidden") == "true" or keys.get("X-GNOME-Autostart-enabled") == "false"
        )
        return keys.get("Exec") == exec_line(self._launch.command) and not switched_off

    def switch(self, on: bool) -> str | None:
        """Write the file or take it away."""
        entry = (
            "[Desktop Entry]",
            "Type=Application",
            f"Name={_escaped(self._launch.title)}",
            "Comment=Tells you which of your APIs is up, slow or down",
            f"Exec={exec_line(self._launch.command)}",
            f"Path={_escaped(str(self._launch.folder))}",
            f"Icon={APPLICATION_ID}",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
        )
        return _switch_file(self._path, on, ("\n".join(entry) + "\n").encode())


def _plists() -> ModuleType:
    """Return what reads and writes a Mac's lists: loaded there, and nowhere else."""
    return importlib.import_module("plistlib")


class LaunchAgent:
    """A LaunchAgent of the user, see launchd.plist(5)."""

    def __init__(self, launch: Launch, path: Path) -> None:
        self._launch, self._path = launch, path

    @property
    def is_on(self) -> bool:
        """Whether the file is there and starts us."""
        try:
            kept = _plists().loads(self._path.read_bytes())
        except FileNotFoundError:
            return False
        except (OSError, ValueError) as error:
            _log.warning("%s could not be read: %s", self._path, error)
            return False
        starts_us = kept.get("ProgramArguments") == [*self._launch.command]
        return starts_us and kept.get("RunAtLoad") is True and not kept.get("Disabled")

    def switch(self, on: bool) -> str | None:
        """Write the file or take it away; it counts from the next login on."""
        entry = {
            "Label": self._launch.entry_id,
            "ProgramArguments": [*self._launch.command],
            "WorkingDirectory": str(self._launch.folder),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        return _switch_file(self._path, on, _plists().dumps(entry))


class Key(Protocol):
    """One value under a key of the registry."""

    def read(self) -> str | bytes | None:
        """Return it, ``None`` where there is none."""

    def write(self, value: str) -> None:
        """Set it; raises ``OSError``."""

    def remove(self) -> None:
        """Take it away, if there is one; raises ``OSError``."""


class RunKey:
    """The Run key of the user, and what the Task Manager's list of start-ups says of it."""

    def __init__(self, launch: Launch, run: Key, approved: Key) -> None:
        self._command = subprocess.list2cmdline(launch.command)
        self._run, self._approved = run, approved

    @property
    def is_on(self) -> bool:
        """Whether the value starts us and the Task Manager has not switched it off."""
        verdict = self._approved.read()
        # The first byte is even for an entry that is allowed, odd for one that is not.
        refused = isinstance(verdict, bytes) and bool(verdict) and verdict[0] % 2 == 1
        return self._run.read() == self._command and not refused

    def switch(self, on: bool) -> str | None:
        """Write the value or take it away."""
        try:
            if on:
                self._approved.remove()
                self._run.write(self._command)
            else:
                self._run.remove()
        except OSError as error:
            return _reason(error)
        return None


_CURRENT = r"Software\Microsoft\Windows\CurrentVersion"
_RUN = rf"{_CURRENT}\Run"
_APPROVED = rf"{_CURRENT}\Explorer\StartupApproved\Run"

if sys.platform == "win32":
    import winreg

    class RegistryKey:
        """A key below HKEY_CURRENT_USER."""

        def __init__(self, path: str, name: str) -> None:
            self._path, self._name = path, name

        def read(self) -> str | bytes | None:
            """Return the value."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, self._path) as key:
                    found: str | bytes = winreg.QueryValueEx(key, self._name)[0]
                    return found
            except FileNotFoundError:
                return None

        def write(self, value: str) -> None:
            """Set the value."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, self._path) as key:
                winreg.SetValueEx(key, self._name, 0, winreg.REG_SZ, value)

        def remove(self) -> None:
            """Take the value away."""
            try:
                access = winreg.KEY_SET_VALUE
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, self._path, 0, access) as key:
                    winreg.DeleteValue(key, self._name)
            except FileNotFoundError:
                pass


def exec_line(command: tuple[str, ...]) -> str:
    """Return a command as the Exec key of a desktop file spells it."""
    return " ".join(_quoted(argument) for argument in command)


def _quoted(argument: str) -> str:
    plain = re.fullmatch(r"[\w./:=@+,-]+", argument)
    spelt = argument if plain else '"' + _RESERVED.sub(r"\\\1", argument) + '"'
    return _escaped(spelt).replace("%", "%%")


def _escaped(text: str) -> str:
    """Return a text as a desktop file keeps one."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _switch_file(path: Path, on: bool, content: bytes) -> str | None:
    try:
        if not on:
            path.unlink(missing_ok=True)
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        # Replaced as a whole: half a file would be half a command.
        write_private(path, content)
    except OSError as error:
        return _reason(error)
    return None


def _reason(error: OSError) -> str:
    _log.warning("starting with the session could not be switched: %s", error)
    return error.strerror or str(error)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        _log.warning("%s could not be read: %s", path, error)
        return ""


def _windowless(python: str) -> str:
    """Return the Python that opens no console, where there are two."""
    beside = Path(python).with_name("pythonw.exe")
    return str(beside) if beside.exists() else python

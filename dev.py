"""Sets Vigil up and starts its commands: `python dev.py run|test|check|...`.

Called by people, by the Makefile and by `.ci/run`; standard library only, because it runs before
anything is installed. It makes `.venv` from `requirements.lock`, sees to the system libraries that
Qt needs, and hands over. It must not know what the program does.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import functools
import hashlib
import os
import secrets
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "vigil-installed"  # says which lock file is installed, and for which folder
UNFINISHED = VENV / "vigil-unfinished"  # outlives an interrupted install
USABLE = "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))"

# What Qt loads on Linux, and the Debian package that has it. Asked of the loader, not of the
# package database: quicker, and right on every distribution.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
DISPLAY = {"Xvfb": "xvfb"}
TESTING = DISPLAY | {"/usr/libexec/at-spi-bus-launcher": "at-spi2-core", "dbus-daemon": "dbus"}
TESTING |= {"node": "nodejs", "gnome-keyring-daemon": "gnome-keyring"}
TESTING |= {it: it for it in ("npm", "openbox", "xdotool", "faketime")}
PACKAGING = {"desktop-file-validate": "desktop-file-utils", "appstreamcli": "appstream"}
PACKAGING |= {"objdump": "binutils", "xz": "xz-utils", "debootstrap": "debootstrap"}
TESTS = ("-m", "pytest", "-m")
BENCH = ("long and not bundle", "-k", "not whole_soak", "-s", "tests/benchmarks")
PACED = ("benchmarks", "e2e", "integration/chaos", "integration/stage", "packaging")


class SetUpError(Exception):
    """The set-up cannot go on; the message is for the person who started it."""


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code of what it started."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Set up, run and test Vigil.")
    parser.add_argument("command", choices=sorted(COMMANDS))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on to what is started")
    chosen = parser.parse_args(arguments)
    try:
        return COMMANDS[chosen.command](chosen.rest)
    except SetUpError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def set_up(_rest: Sequence[str]) -> int:
    """Make everything ready, the test tools included, and start nothing."""
    prepare(TESTING)
    print(f"Ready: {PYTHON}")
    return 0


def run_program(rest: Sequence[str]) -> int:
    """Start the desktop; on a machine without a screen, on a virtual display of its own."""
    screens = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    screenless = sys.platform == "linux" and not screens
    virtual = screenless and "QT_QPA_PLATFORM" not in os.environ
    prepare(DISPLAY if virtual else {})
    environment = child_environment() | ({"VIGIL_CONSOLE": "1"} if screenless else {})
    with contextlib.ExitStack() as stack:
        if virtual:
            screen = stack.enter_context(virtual_display("-terminate"))
            environment.update(screen)
            print(f"No display here: Vigil runs on the virtual display {screen['DISPLAY']} and")
            print("prints status changes and incidents below. Ctrl+C stops it.", flush=True)
        return start(["-m", "app", *rest], environment)


def launch(programs: Mapping[str, str], arguments: Sequence[str], rest: Sequence[str]) -> int:
    """See that these programs are there, then run the environment's Python."""
    prepare(programs)
    return start([*arguments, *rest], child_environment())


def test(programs: Mapping[str, str], marks: str, rest: Sequence[str]) -> int:
    """Run the tests: most crowded, then those that mostly wait in pairs, long ones alone."""
    prepare(programs)
    crowded = [f"-n{(os.cpu_count() or 1) + 1}", *(f"--ignore=tests/{it}" for it in PACED)]
    paced = [*(f"tests/{it}" for it in PACED), *(["-n2", "--dist=worksteal"] if marks else [])]
    runs = [rest] if rest else [crowded, paced]
    return max(start([*TESTS, marks, *run], child_environment()) for run in runs)


def check(rest: Sequence[str]) -> int:
    """Run every static check, then the tests (`--no-tests` leaves them out)."""
    prepare({})
    checks = {
        "format": ["-m", "ruff", "format", "--check", "."],
        "lint": ["-m", "ruff", "check", "."],
        "types": ["-m", "mypy"],
        "floors": ["-c", "import importlinter.cli as c; c.lint_imports_command()"],
        "dependencies": ["-m", "deptry", "."],
    }
    if failed := [name for name, it in checks.items() if start(it, child_environment()) != 0]:
        raise SetUpError(f"failed: {', '.join(failed)}")
    return 0 if "--no-tests" in rest else COMMANDS["test"](rest)


def translate(_rest: Sequence[str]) -> int:
    """Gather the texts of the window into the language files, then compile those."""
    prepare({})
    sources = [str(it) for top in ("app", "widgets") for it in sorted((ROOT / top).rglob("*.py"))]
    korean, english = (str(ROOT / f"resources/i18n/vigil_{name}.ts") for name in ("ko", "en"))
    gather = [str(SCRIPTS / "pyside6-lupdate"), *sources, "-no-obsolete", "-locations", "none"]
    return not (
        succeeds(*gather, "-target-language", "ko", "-ts", korean)
        and succeeds(*gather, "-target-language", "en", "-pluralonly", "-ts", english)
        and succeeds(str(SCRIPTS / "pyside6-lrelease"), korean, english)
    )


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "bench": functools.partial(launch, TESTING, (*TESTS, *BENCH)),
    "check": check,
    "package": functools.partial(launch, PACKAGING, ("-m", "resources.packaging.build")),
    "run": run_program,
    "setup": set_up,
    "test": functools.partial(test, TESTING, "not long and not bundle"),
    "test-long": functools.partial(test, TESTING | PACKAGING, ""),
    "test-package": functools.partial(launch, TESTING | PACKAGING, (*TESTS, "bundle and not long")),
    "translate": translate,
}


def prepare(programs: Mapping[str, str]) -> None:
    """See that the system libraries, `programs` and the Python environment are there."""
    if sys.platform == "linux":
        lacking = [package for library, package in LIBRARIES.items() if not loads(library)]
        lacking += [package for name, package in programs.items() if not shutil.which(name)]
        if lacking:
            install_system_packages(lacking)
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest()
    done = STAMP.read_text(encoding="utf-8").split("\n") if STAMP.exists() else ["", str(VENV)]
    if UNFINISHED.exists() or not PYTHON.exists() or done[1] != str(VENV):
        shutil.rmtree(VENV, ignore_errors=True)
    elif done[0] == digest:
        return
    install_python_packages()
    STAMP.write_text(f"{digest}\n{VENV}", encoding="utf-8")
    UNFINISHED.unlink()


def loads(library: str) -> bool:
    """Say whether the loader finds a shared library."""
    with contextlib.suppress(OSError):
        return ctypes.CDLL(library) is not None
    return False


def install_system_packages(packages: Sequence[str]) -> None:
    """Install Debian packages where we may; where we may not, raise with the one line to run."""
    install = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise SetUpError(f"install these first (named as in Debian): {' '.join(packages)}")
    sudo = [] if os.getuid() == 0 else ["sudo", "-n"]
    if not sudo or (shutil.which("sudo") and succeeds(*sudo, "true", quiet=True)):
        print(f"Installing system packages: {' '.join(packages)}", flush=True)
        apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        apt += ["-o", "DPkg::Lock::Timeout=120"]
        succeeds(*apt, "update")
        if succeeds(*apt, *install.split()[1:]):
            return
    raise SetUpError(f"system packages are missing; run this, then try again:\n  sudo {install}")


def install_python_packages() -> None:
    """Fill `.venv` from the lock file, with uv when there is one, else with pip."""
    print("Installing Python packages into .venv: a minute or two, the first time.", flush=True)
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements.lock")]
    python = find_python()
    if uv := shutil.which("uv"):
        into = [uv, "pip", "install", "-q", "--exact", "--python", str(PYTHON), *locked]
        if fill_environment([uv, "venv", "-q", "--python", python, str(VENV)], into):
            return
        print("uv could not do it; trying again with pip.", flush=True)
    elif not succeeds(python, "-c", "import ensurepip", quiet=True):
        version = subprocess.check_output([python, "-V"], text=True).split()[1].split(".")
        install_system_packages([f"python{version[0]}.{version[1]}-venv"])
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    if not fill_environment([python, "-m", "venv", str(VENV)], [*pip, *locked]):
        raise SetUpError("the Python packages could not be installed; the reason is above")


def fill_environment(make: Sequence[str], fill: Sequence[str]) -> bool:
    """Bring `.venv` up to date; where that fails, make it anew. Say whether it went well."""
    if PYTHON.exists():
        UNFINISHED.touch()
        if succeeds(*fill):
            return True
        shutil.rmtree(VENV, ignore_errors=True)
    if not succeeds(*make):
        return False
    UNFINISHED.touch()
    return succeeds(*fill)


def succeeds(*command: str, quiet: bool = False) -> bool:
    """Run a command, unheard if `quiet`, and say whether its exit code was 0."""
    return subprocess.run(command, capture_output=quiet, check=False).returncode == 0


def find_python() -> str:
    """Find a Python that Vigil runs on: the one running this, else one on the path."""
    base = Path(sys.base_prefix, *(["python.exe"] if os.name == "nt" else ["bin", "python3"]))
    named = (shutil.which(f"python3{minor}") for minor in (".13", ".12", ".11", ""))
    # Outside `.venv`, which may be about to be made anew; a pyenv shim may name what is not there.
    for python in (str(base), *named):
        if python and shutil.which(python) and succeeds(python, "-c", USABLE, quiet=True):
            return python
    raise SetUpError("Vigil needs Python 3.11, 3.12 or 3.13; none was found on the path")


def child_environment() -> dict[str, str]:
    """Return the environment for what is started: `.venv` first, and a UTF-8 locale."""
    path = os.pathsep.join([str(SCRIPTS), os.environ.get("PATH", os.defpath)])
    environment = os.environ | {"PATH": path, "VIRTUAL_ENV": str(VENV)}
    locale = next((v for k in ("LC_ALL", "LC_CTYPE", "LANG") if (v := os.environ.get(k))), "")
    if sys.platform == "linux" and "utf" not in locale.lower():
        environment |= {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return environment


def start(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run the environment's Python in the project's folder; return its exit code."""
    # Ctrl+C reaches the child from the terminal; a termination is handed on.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    child = subprocess.Popen([PYTHON, *arguments], cwd=ROOT, env=environment)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    code = child.wait()
    signal.signal(signal.SIGINT, before)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    return code if code >= 0 else 128 - code


@contextlib.contextmanager
def virtual_display(*options: str, screen: str = "1280x800x24") -> Iterator[dict[str, str]]:
    """Run a private Xvfb and yield the variables that lead to it (DISPLAY, XAUTHORITY)."""
    with tempfile.TemporaryDirectory(prefix="vigil-display-") as folder:
        cookie = Path(folder, "authority")
        name, secret = b"MIT-MAGIC-COOKIE-1", secrets.token_bytes(16)
        # One entry of the Xauthority format: any host (0xFFFF), any display, name, secret.
        fields = struct.pack(">HHHH", 0xFFFF, 0, 0, len(name)), name, struct.pack(">H", 16), secret
        cookie.write_bytes(b"".join(fields))
        told, tell = os.pipe()
        # By chance: servers that seek a free number at the same moment take each other's.
        number = 1000 + secrets.randbelow(50_000)
        command = ["Xvfb", f":{number}", "-displayfd", str(tell), "-screen", "0", screen]
        command += ["-nolisten", "tcp", "-auth", str(cookie), *options]
        # A session of its own: Ctrl+C must not take the screen from under the program.
        server = subprocess.Popen(
            command, pass_fds=[tell], start_new_session=True, stderr=subprocess.DEVNULL
        )
        os.close(tell)
        try:
            with os.fdopen(told, encoding="ascii") as answer:
                if not select.select([answer], [], [], 30)[0] or not answer.readline():
                    raise SetUpError("the virtual display (Xvfb) did not start")
            yield {"DISPLAY": f":{number}", "XAUTHORITY": str(cookie)}
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

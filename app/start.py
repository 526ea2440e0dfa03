"""Starts the desktop: arguments, the profile, the window; then the rest behind it.

Loaded by the entry point, by name.
"""

import importlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app import loop
from app.arguments import Arguments, parse
from app.host import build, crash, logs, paths
from app.host.build import this_build
from app.host.single_instance import Place, SingleInstance
from app.stage import Refusal, Stage, first_paint, raise_curtain, set_stage
from widgets.style.palette import STYLE

DIRECTORY_UNUSABLE = 3
"""Exit code of the desktop and of the backend alike."""


def run(said: Sequence[str]) -> int:
    """Be the desktop that a command line asks for; return the exit code."""
    _hand_on_no_libraries_of_ours()
    with ExitStack() as stack:
        return _run_desktop(parse(said), stack)


def _hand_on_no_libraries_of_ours() -> None:
    """Let what we open (a browser, a file manager) find the system's libraries, not ours."""
    if getattr(sys, "frozen", False) and sys.platform == "linux":
        before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
        os.environ.pop("LD_LIBRARY_PATH", None)
        if before:
            os.environ["LD_LIBRARY_PATH"] = before
        # The backend is this program again: it finds its libraries anew, as at a first start.
        os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


def _run_desktop(arguments: Arguments, stack: ExitStack) -> int:
    # Until Qt is there: leave through the clean-up below all the same.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    profile, refusal = _profile(arguments, stack)
    log_file = None if refusal else profile.log_file
    stack.callback(logs.set_up(log_file))
    reports = crash.CrashReports(profile.logs if log_file else None, str(this_build()))
    # In this order: what ends us on the way is reported before the hooks are gone.
    stack.callback(reports.install())
    stack.push(reports.at_the_end)
    loop.hold_signals_back()
    app = _application()
    sweeper = loop.Sweeper()
    stack.callback(sweeper.stop)
    sweeper.start()
    instance = None
    if refusal is None:
        instance = SingleInstance(profile.data_dir)
        place = instance.claim()
        if place is not Place.FIRST:
            return _say_second(place, profile.data_dir)
        stack.callback(instance.release)
        stack.callback(reports.listen_to_faults())
    stage = set_stage(app, arguments, profile, instance, refusal, reports=reports)
    raise_curtain(stage)
    return loop.run(app, lambda: _play(stage))


async def _play(stage: Stage) -> int:
    """Wait for the first paint; what comes then is loaded then."""
    asked_to_end = loop.asked_to_end()
    await first_paint(stage.window)
    code: int = await importlib.import_module("app.second_act").play(stage, asked_to_end)
    return code


def _application() -> QApplication:
    build.introduce()
    return QApplication([*sys.argv[:1], *STYLE])


def _profile(arguments: Arguments, stack: ExitStack) -> tuple[paths.Paths, Refusal | None]:
    if arguments.demo:
        folder = Path(tempfile.mkdtemp(prefix="vigil-demo-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
    else:
        folder = arguments.data_dir or paths.default_data_dir(arguments.server)
    try:
        return paths.prepare(folder), None
    except paths.UnusableDirectoryError as error:
        sys.stderr.write(f"vigil: {error}\n")
        return paths.Paths(folder.absolute()), Refusal(str(error), DIRECTORY_UNUSABLE)


def _say_second(place: Place, data_dir: Path) -> int:
    if place is Place.SECOND:
        sys.stdout.write(
            f"Vigil already runs on {data_dir}; its window was brought to the front.\n"
        )
        return 0
    sys.stderr.write(f"vigil: Vigil already runs on {data_dir}, but it does not answer.\n")
    return 1

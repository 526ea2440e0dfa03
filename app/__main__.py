"""Starts the desktop: arguments, the profile, the window; then the rest behind it.

`vigil`, `python -m app`, and with ``--backend`` first the backend, which a packaged program
carries in the same file.
"""

import asyncio
import importlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app import loop
from app.arguments import Arguments, parse
from app.host import build, crash, logs, paths
from app.host.build import this_build
from app.host.single_instance import Place, SingleInstance
from app.services.early_backend import EarlyBackend
from app.stage import Refusal, Stage, first_paint, furnish, raise_curtain, set_stage
from backend.sparing import DESKTOP, sparing, trusting_nobody
from widgets.style.palette import STYLE

DIRECTORY_UNUSABLE = 3
"""Exit code of the desktop and of the backend alike."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; return the exit code."""
    said = sys.argv[1:] if arguments is None else list(arguments)
    if said[:1] == ["--backend"]:
        return run_backend(said[1:])
    _hand_on_no_libraries_of_ours()
    with ExitStack() as stack:
        return _run_desktop(parse(said), stack)


def run_backend(said: Sequence[str]) -> int:
    """Be the backend; imported by name, for nothing else of it concerns the desktop."""
    sys.argv = ["vigil --backend", *said]
    entry: Callable[[], int | None] = importlib.import_module("backend.__main__").run
    return entry() or 0


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
    """Wait for the first paint, then load what is slow, the backend beside it, and let it work."""
    asked_to_end = loop.asked_to_end()
    await first_paint(stage.window)
    async with AsyncExitStack() as stack:
        if stage.backend_command is not None:
            early = await EarlyBackend.start(stage.backend_command)
            stack.push_async_callback(early.aclose)
            stage = replace(stage, early=early)
        furnish(stage)
        # In a thread, so that the window answers meanwhile; it ends before the loop may.
        await asyncio.to_thread(import_slow_libraries)
        if asked_to_end.done():
            return 0
        main = importlib.import_module("app.main")
        loop.keep_loaded()
        code: int = await main.run(stage, asked_to_end)
    return code


def import_slow_libraries() -> None:
    """Load the network's libraries, without what they load for others only."""
    with sparing(DESKTOP), trusting_nobody():
        for name in ("pydantic", "httpx", "aiohttp", "socketio", "desktop_notifier"):
            importlib.import_module(name)


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
        print(f"vigil: {error}", file=sys.stderr, flush=True)
        return paths.Paths(folder.absolute()), Refusal(str(error), DIRECTORY_UNUSABLE)


def _say_second(place: Place, data_dir: Path) -> int:
    if place is Place.SECOND:
        print(f"Vigil already runs on {data_dir}; its window was brought to the front.")
        return 0
    print(f"vigil: Vigil already runs on {data_dir}, but it does not answer.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(run())

"""Writes a readable report when something nobody expected was raised, or broke the interpreter.

Installed once by the entry point. The program goes on where it can: a failed slot is no reason
to stop watching. A report holds the traceback and versions, no settings and no secrets. Who shows
the window is told of each report, and of those that no window was there for, at the next start.
"""

import faulthandler
import logging
import os
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import PySide6

from app.host.paths import open_private, write_private
from backend.contract.redaction import redact

_log = logging.getLogger(__name__)
_MOST_REPORTS = 20
_FAULT = "fault.txt"
_TOLD = "crash-reports-told"

Told = Callable[[Path], object]


class CrashReports:
    """Turns unexpected exceptions, and the end of the interpreter, into files.

    Args:
        folder: where they are written; None where nothing can be.
        build: version and commit, as a person would give them.
    """

    def __init__(self, folder: Path | None, build: str) -> None:
        self._folder, self._build = folder, build
        self._busy = False
        self._told: Told | None = None

    def install(self) -> Callable[[], None]:
        """Catch what is raised in slots, callbacks and threads; return what undoes it."""
        before, before_threads = sys.excepthook, threading.excepthook
        sys.excepthook = self.report

        def from_thread(args: threading.ExceptHookArgs) -> None:
            if args.exc_value is not None:
                self.report(args.exc_type, args.exc_value, args.exc_traceback)

        threading.excepthook = from_thread

        def undo() -> None:
            sys.excepthook, threading.excepthook = before, before_threads

        return undo

    def at_the_end(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Report what ends the program, in one sentence to whoever started it too.

        Raises:
            SystemExit: with code 1, in the place of what was raised.
        """
        if kind is None or error is None or not issubclass(kind, Exception):
            return False
        path = self.report(kind, error, trace)
        where = f"a report is in {path}" if path else "no report could be written"
        sys.stderr.write(f"vigil: something unexpected ended Vigil ({kind.__name__}); {where}\n")
        raise SystemExit(1) from None

    def listen_to_faults(self) -> Callable[[], None]:
        """Have a broken interpreter (a fault in Qt, say) leave its stacks; return what undoes it.

        Only one program of a profile may call it.
        """
        if self._folder is None:
            return lambda: None
        path = self._folder / _FAULT
        try:
            self._take_over(path)
            file = os.fdopen(open_private(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb")
        except OSError as error:
            _log.error("a fault of the interpreter would leave no report: %s", error)
            return lambda: None
        faulthandler.enable(file)

        def undo() -> None:
            faulthandler.disable()
            file.close()
            path.unlink(missing_ok=True)

        return undo

    def tell(self, told: Told) -> None:
        """Let ``told`` know of every report from now on, and of the newest it has not heard of.

        It is called in the thread in which something was raised.
        """
        self._told = told
        if self._folder is None:
            return
        marker = self._folder / _TOLD
        heard = marker.read_text(encoding="utf-8") if marker.exists() else ""
        newest = max((path.name for path in self._folder.glob("crash-*.txt")), default="")
        if newest > heard:
            self._tell(self._folder / newest)

    def report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> Path | None:
        """Log an exception and write its report; return where that is."""
        if issubclass(kind, KeyboardInterrupt) or self._busy:
            return None
        self._busy = True
        try:
            written = self._write("".join(traceback.format_exception(kind, error, trace)))
            _log.critical("unexpected %s; report: %s", kind.__name__, written, exc_info=error)
            if written is not None:
                self._tell(written)
        finally:
            self._busy = False
        return written

    def _tell(self, path: Path) -> None:
        if self._told is None:
            return
        try:
            write_private(path.with_name(_TOLD), path.name.encode())
        except OSError as error:
            _log.warning("the report will be told of once more: %s", error)
        self._told(path)

    def _take_over(self, path: Path) -> None:
        """Make a report of the stacks that an earlier run left."""
        if path.exists() and path.stat().st_size:
            stacks = path.read_text(encoding="utf-8", errors="replace")
            written = self._write(f"The last run ended with:\n\n{stacks}")
            _log.critical("the last run broke; report: %s", written)

    def _write(self, trace: str) -> Path | None:
        if self._folder is None:
            return None
        now = datetime.now(UTC)
        path = self._folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
        if len(list(self._folder.glob("crash-*.txt"))) >= _MOST_REPORTS:
            return None
        text = "\n".join(
            (
                f"Vigil {self._build} met something unexpected at {now:%Y-%m-%d %H:%M:%S} UTC.",
                f"Python {platform.python_version()}, Qt {PySide6.__version__}",
                platform.platform(),
                "",
                redact(trace),
            )
        )
        try:
            handle = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            _log.error("no crash report could be written: %s", error)
            return None
        return path

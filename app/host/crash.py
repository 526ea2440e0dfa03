"""Writes a readable report when something nobody expected was raised.

Installed once by the entry point. The program goes on where it can: a failed slot is no reason
to stop watching. A report holds the traceback and versions, no settings and no secrets.
"""

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

_log = logging.getLogger(__name__)
_MOST_REPORTS = 20

Told = Callable[[Path | None], None]


class CrashReports:
    """Turns unexpected exceptions into files."""

    def __init__(self, folder: Path | None, version: str) -> None:
        self._folder, self._version = folder, version
        self._busy = False

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

    def report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log an exception and write its report."""
        if issubclass(kind, KeyboardInterrupt) or self._busy:
            return
        self._busy = True
        try:
            written = self._write("".join(traceback.format_exception(kind, error, trace)))
            _log.critical("unexpected %s; report: %s", kind.__name__, written, exc_info=error)
        finally:
            self._busy = False

    def _write(self, trace: str) -> Path | None:
        if self._folder is None:
            return None
        now = datetime.now(UTC)
        path = self._folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
        if len(list(self._folder.glob("crash-*.txt"))) >= _MOST_REPORTS:
            return None
        text = "\n".join(
            (
                f"Vigil {self._version} met something unexpected at {now:%Y-%m-%d %H:%M:%S} UTC.",
                f"Python {platform.python_version()}, Qt {PySide6.__version__}",
                platform.platform(),
                "",
                trace,
            )
        )
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            _log.error("no crash report could be written: %s", error)
            return None
        return path

"""Sets the desktop's log up: a small rotating file that only its owner can read.

Called once by the entry point. Nothing secret is handed to a logger knowingly; what an exception
quotes is taken out here.
"""

import io
import logging
import os
import time
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from app.host.paths import open_private
from backend.contract.redaction import redact

_SIZE = 1_000_000
_KEPT = 3
_QUIET = ("httpx", "httpcore", "engineio", "socketio", "asyncio", "desktop_notifier", "dbus_fast")
_qt_log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class PrivateRotatingFile(RotatingFileHandler):
    """A rotating file that is 0600 from its first byte."""

    def _open(self) -> io.TextIOWrapper:
        handle = open_private(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        return io.TextIOWrapper(
            io.BufferedWriter(io.FileIO(handle, "a")), encoding="utf-8", line_buffering=True
        )


class _Line(logging.Formatter):
    """UTC time with milliseconds, level, logger, message."""

    converter = staticmethod(time.gmtime)
    default_msec_format = "%s.%03dZ"
    default_time_format = "%Y-%m-%dT%H:%M:%S"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def set_up(log_file: Path | None) -> Callable[[], None]:
    """Send the log to a file; return what ends it.

    Standard error is for the one sentence a person needs, so the log never goes there.

    Args:
        log_file: None where no file can be written; then there is no log.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    handlers: list[logging.Handler] = [logging.NullHandler()]
    if log_file is not None:
        handlers.append(
            PrivateRotatingFile(log_file, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8")
        )
    for handler in handlers:
        handler.setFormatter(_Line())
        root.addHandler(handler)
    qInstallMessageHandler(_from_qt)

    def end() -> None:
        qInstallMessageHandler(None)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()

    return end


def _from_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    level = _LEVELS[kind]
    # Qt's missing-portal and missing-theme grumbles help nobody who reads the console.
    _qt_log.log(min(level, logging.INFO) if level < logging.ERROR else level, "%s", message)

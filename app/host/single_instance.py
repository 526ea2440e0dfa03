"""One desktop per profile: a second start raises the window of the first.

The entry point asks before it shows anything. A lock that the kernel releases says who is
first, also after a crash; a local socket carries the wish to see the window.
"""

import hashlib
import logging
import os
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log = logging.getLogger(__name__)

_WISH = b"show\n"
_HEARD = b"shown\n"
_PATIENCE_MS = 5000
_TRY_MS = 250
_LONGEST_PATH = 90  # a socket's may have 107 bytes, and Qt makes it under a longer name first


class Place(Enum):
    """Where this start stands among those of its profile."""

    FIRST = auto()
    SECOND = auto()
    """The first one heard us and shows its window."""
    UNHEARD = auto()
    """There is a first one, but it does not answer."""


class SingleInstance(QObject):
    """Our claim on a profile.

    Signals:
        raise_requested: Another start wants the window to be seen.
    """

    raise_requested = Signal()

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = server_name(data_dir)
        self._lock = QLockFile(str(data_dir / "desktop.lock"))
        # Never stale by age: a desktop runs for weeks. A dead owner is noticed all the same.
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def claim(self) -> Place:
        """Become the first, or tell the first that we came."""
        deadline = QDeadlineTimer(_PATIENCE_MS)
        while not self._lock.tryLock(0):
            if self._tell_first():
                return Place.SECOND
            if deadline.hasExpired():
                return Place.UNHEARD
        # We hold the lock, so a socket that is still there belongs to nobody.
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            _log.warning("a second start cannot reach us: %s", self._server.errorString())
        return Place.FIRST

    def release(self) -> None:
        """Give the profile up; the last thing before the program ends."""
        self._server.close()
        self._lock.unlock()

    def _tell_first(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_TRY_MS):
            # It may be between its lock and its socket, or on its way out: ask again.
            QThread.msleep(_TRY_MS)
            return False
        socket.write(_WISH)
        socket.flush()
        heard = socket.waitForReadyRead(_PATIENCE_MS) and bytes(socket.readAll().data()) == _HEARD
        socket.disconnectFromServer()
        return heard

    def _welcome(self) -> None:
        while (guest := self._server.nextPendingConnection()) is not None:
            guest.readyRead.connect(lambda g=guest: self._hear(g))
            guest.disconnected.connect(guest.deleteLater)
            if guest.bytesAvailable():
                self._hear(guest)

    def _hear(self, guest: QLocalSocket) -> None:
        if bytes(guest.readAll().data()) == _WISH:
            guest.write(_HEARD)
            guest.flush()
            self.raise_requested.emit()


def server_name(data_dir: Path) -> str:
    """Return where the first listens: in the profile, where a path may be that long."""
    path = str(data_dir / "desktop.sock")
    if os.name == "posix" and len(path.encode()) <= _LONGEST_PATH:
        return path
    digest = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()
    return f"vigil-{digest[:16]}"

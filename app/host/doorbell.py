"""The local socket by which a second start tells the first that its window is wanted.

Used by ``single_instance`` alone, which holds the lock that says who is first. Qt's network is
loaded for it, so it is loaded by name, after the first paint.
"""

import hashlib
import logging
import os
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log = logging.getLogger(__name__)

_WISH = b"show\n"
_HEARD = b"shown\n"
_PATIENCE_MS = 5000
_TRY_MS = 250
_LONGEST_PATH = 90  # a socket's may have 107 bytes, and Qt makes it under a longer name first


class Doorbell(QObject):
    """The first one's end.

    Signals:
        rung: Another start wants the window to be seen.
    """

    rung = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def hang(self, data_dir: Path) -> None:
        """Listen for a profile, of which the caller holds the lock."""
        name = server_name(data_dir)
        # So a socket that is still there belongs to nobody.
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            _log.warning("a second start cannot reach us: %s", self._server.errorString())

    def take_down(self) -> None:
        """Listen no more."""
        self._server.close()

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
            self.rung.emit()


def ring(data_dir: Path) -> bool:
    """Tell the first one of a profile that its window is wanted; say whether it heard."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(data_dir))
    if not socket.waitForConnected(_TRY_MS):
        # It may be between its lock and its socket, or on its way out: ask again.
        QThread.msleep(_TRY_MS)
        return False
    socket.write(_WISH)
    socket.flush()
    heard = socket.waitForReadyRead(_PATIENCE_MS) and bytes(socket.readAll().data()) == _HEARD
    socket.disconnectFromServer()
    return heard


def server_name(data_dir: Path) -> str:
    """Return where the first listens: in the profile, where a path may be that long."""
    path = str(data_dir / "desktop.sock")
    if os.name == "posix" and len(path.encode()) <= _LONGEST_PATH:
        return path
    digest = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()
    return f"vigil-{digest[:16]}"

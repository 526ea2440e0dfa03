"""The certificate of a server as its files are now: a renewed one is shown without a restart.

Used by ``binding``, which knows how a pair of files is proven. Nothing looks again and again: each
handshake asks whether the files were changed, which is two calls of the system. Lines that are
open keep what they began with.
"""

import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Final

import structlog

Load = Callable[[Path, Path], ssl.SSLContext]
"""Makes a context of a certificate and its key, or raises why these cannot be used."""

log = structlog.stdlib.get_logger(__name__)


class Renewal:
    """Hands each handshake the newest pair of files that fits.

    A pair that does not, also one of which half is written, leaves the one before in force: that
    is a line in the log, once for each change of the files.

    Args:
        cert: PEM, the server's own certificate first.
        key: PEM.
        load: proves and loads them.
        refused: what it raises of a pair that cannot be used.

    Raises:
        Exception: ``refused``, of the files as they are at first.
    """

    def __init__(self, cert: Path, key: Path, load: Load, refused: type[Exception]) -> None:
        self._files: Final = (cert, key)
        self._load, self._refused = load, refused
        self._seen = self._look()
        self._newest = load(cert, key)

    def context(self) -> ssl.SSLContext:
        """Return what to serve with: a context of its own, which follows the files."""
        outermost = self._load(*self._files)
        outermost.sni_callback = self._begin
        return outermost

    def _begin(self, line: ssl.SSLObject, _name: str | None, _outer: ssl.SSLContext) -> None:
        # Called for every ClientHello, whether it names a server or not.
        if (looks := self._look()) != self._seen:
            self._seen = looks
            try:
                self._newest = self._load(*self._files)
                log.info("the certificate was read anew", cert=str(self._files[0]))
            except self._refused as error:
                log.error("the certificate before stays in use", cause=str(error))
        line.context = self._newest

    def _look(self) -> tuple[tuple[int, ...], ...]:
        """Return what differs once one of the files was changed, replaced or deleted."""
        return tuple(map(_look_of, self._files))


def _look_of(file: Path) -> tuple[int, ...]:
    try:
        now = file.stat()
    except OSError:
        return ()
    return now.st_mtime_ns, now.st_ctime_ns, now.st_size, now.st_ino, now.st_mode

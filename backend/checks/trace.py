"""The notes of one attempt while it is under way: how long each phase took, and what was seen.

Written by the prober and its connection; read once, when the attempt is over or given up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from time import perf_counter

from backend.domain.facts import HEAD_BYTES, Facts, Phases


class Phase(Enum):
    """A part of an attempt whose time is taken; its value is the field it is kept in."""

    DNS = "dns_ms"
    CONNECT = "connect_ms"
    TLS = "tls_ms"
    FIRST_BYTE = "first_byte_ms"
    DOWNLOAD = "download_ms"


class Trace:
    """Notes of one attempt. Of several exchanges the last one's are kept, and all their times."""

    def __init__(self, url: str) -> None:
        self.redirects = -1
        self.began = perf_counter()
        self._spent: dict[Phase, float] = {}
        self.asks(url)

    @property
    def elapsed_ms(self) -> float:
        """How long ago the attempt began, in whole microseconds."""
        return round((perf_counter() - self.began) * 1000, 3)

    def asks(self, url: str) -> None:
        """Begin an exchange: what was seen in the one before is past."""
        self.url = url
        self.redirects += 1
        self.addresses: tuple[str, ...] = ()
        self.peer: str | None = None
        self.certificates: tuple[bytes, ...] = ()
        self.status_code: int | None = None
        self.headers: tuple[tuple[str, str], ...] = ()
        self.body = b""
        self.body_bytes = 0

    @contextmanager
    def phase(self, phase: Phase) -> Iterator[None]:
        """Take the time of a block, also of one that fails or is given up."""
        began = perf_counter()
        try:
            yield
        finally:
            spent_ms = (perf_counter() - began) * 1000
            self._spent[phase] = self._spent.get(phase, 0.0) + spent_ms

    def facts(self) -> Facts:
        """Return what is known by now."""
        return Facts(
            url=self.url,
            phases=Phases(**{phase.value: spent for phase, spent in self._spent.items()}),
            redirects=self.redirects,
            addresses=self.addresses,
            peer=self.peer,
            certificates=self.certificates,
            status_code=self.status_code,
            headers=self.headers,
            body=self.body[:HEAD_BYTES],
            body_bytes=self.body_bytes,
        )

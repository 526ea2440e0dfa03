"""What was seen on the way of one attempt, whether an answer came of it or not.

Brought by a prober with its reply or failure; the evidence of an incident is made of it. Raw:
headers and the head of the body may hold secrets here.
"""

from dataclasses import dataclass, field

HEAD_BYTES = 4096
"""How much of a body is kept to be looked at."""


@dataclass(frozen=True, slots=True)
class Phases:
    """Milliseconds spent in each phase, over all redirects; ``None``: never begun.

    ``first_byte_ms`` runs from the request to the first byte of the answer, ``download_ms`` from
    there to the last one.
    """

    dns_ms: float | None = None
    connect_ms: float | None = None
    tls_ms: float | None = None
    first_byte_ms: float | None = None
    download_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The way of one attempt, up to where it ended.

    Attributes:
        url: what was asked last, without user and password.
        addresses: all that the name stood for.
        peer: address and port of who was connected to, as in a URL.
        certificates: as shown by the server, in DER form, its own first.
        status_code: of the answer, if its head came.
        headers: of the answer, in their order.
        body: the first :data:`HEAD_BYTES` of it, inflated.
        body_bytes: how much of it was received in all, inflated.
        secrets: what was sent of them and must be masked, beside what the endpoint itself shows.
    """

    url: str
    phases: Phases = Phases()
    redirects: int = 0
    addresses: tuple[str, ...] = ()
    peer: str | None = None
    certificates: tuple[bytes, ...] = ()
    status_code: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    body_bytes: int = 0
    secrets: tuple[str, ...] = field(default=(), repr=False)

"""What was seen of a target: kept with an incident, and shown by a preview.

Headers and the head of the body come from outside: they are text, with secrets masked. Times are
milliseconds.
"""

from backend.contract.assertions import Assertion
from backend.contract.vocabulary import CheckStatus, FindingResult, Reason
from backend.contract.wire import Instant, Message


class PhasesView(Message):
    """How long each phase took, over all redirects; ``None``: it was never begun.

    ``first_byte`` runs from the request to the first byte of the answer, ``download`` from there
    to the last one.
    """

    dns: float | None
    connect: float | None
    tls: float | None
    first_byte: float | None
    download: float | None


class CertificateView(Message):
    """One certificate of a chain; ``sha256`` is its fingerprint in hexadecimal digits."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before: Instant
    not_after: Instant
    sha256: str


class HeaderView(Message):
    """One header of an answer, in the spelling it came in."""

    name: str
    value: str


class EvidenceView(Message):
    """The way of one check, up to where it ended. Of several redirects the last answer is shown.

    ``peer`` is who was connected to; ``body`` the first 4 KB of the body as text, ``body_bytes``
    the length of all that was received of it.
    """

    checked_at: Instant
    error_message: str | None
    reason: Reason | None
    url: str
    redirects: int
    phases: PhasesView
    addresses: tuple[str, ...]
    peer: str | None
    certificates: tuple[CertificateView, ...]
    status_code: int | None
    headers: tuple[HeaderView, ...]
    body: str
    body_bytes: int
    body_truncated: bool


class TrialResult(Message):
    """How a preview went, as a check of an endpoint with these settings would have."""

    status: CheckStatus
    response_time: float | None
    status_code: int | None
    error_message: str | None
    checked_at: Instant
    is_degraded: bool
    reason: Reason | None


class FindingView(Message):
    """What came of one assertion; ``message`` carries what was measured."""

    assertion: Assertion
    result: FindingResult
    message: str


class PreviewView(Message):
    """``POST /endpoints/preview``; without an answer no assertion was judged."""

    result: TrialResult
    evidence: EvidenceView
    assertions: tuple[FindingView, ...]

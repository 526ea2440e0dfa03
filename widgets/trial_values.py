"""What a test of an endpoint's draft brought, as the sheet shows it.

The editing presenter makes these from the backend's preview; the trial panel and the conditions
read them. Plain values: the contract's own models are not for widgets. Times are milliseconds.
"""

from dataclasses import dataclass
from enum import Enum, auto

from backend.contract.vocabulary import FindingResult, Status


class Phase(Enum):
    """One part of the way to an answer, in the order they come."""

    DNS = auto()
    CONNECT = auto()
    TLS = auto()
    FIRST_BYTE = auto()
    DOWNLOAD = auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one condition; ``message`` carries what was measured, in the backend's words."""

    result: FindingResult
    message: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One check of a draft.

    Attributes:
        status: UP, DEGRADED or DOWN, as one check of a row is judged.
        message: Why it failed or is slow, in the backend's words.
        status_code: None without an answer.
        latency_ms: None without an answer.
        phases: How long each phase took; one that never began is missing.
        url: Who answered in the end.
        redirects: How many led there.
        body: Its beginning as text.
        body_bytes: Length of all that was received of it.
        body_is_cut: Whether ``body`` is not all of it.
        findings: One for each condition, in their order; empty without an answer.
    """

    status: Status
    message: str | None
    status_code: int | None
    latency_ms: float | None
    phases: tuple[tuple[Phase, float], ...]
    url: str
    redirects: int
    body: str
    body_bytes: int
    body_is_cut: bool
    findings: tuple[Finding, ...]

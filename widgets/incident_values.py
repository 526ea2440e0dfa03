"""What the incidents page says of one incident: its standing, its checks, how it began.

Presenters build them from the store and the backend's answers; the detail's parts read them.
Text in an evidence comes from outside, with secrets masked already.
"""

from dataclasses import dataclass
from datetime import datetime

from backend.contract.vocabulary import Resolution, Status
from widgets.trial_values import Phase


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What somebody said of an incident.

    Attributes:
        at: When they first said that they know of it, None for nobody yet.
        snoozed_until: Until when nobody is reminded of it, None without such an end.
        to_recovery: Nobody is reminded of it as long as it lasts.
        note: What they noted.
    """

    at: datetime | None = None
    snoozed_until: datetime | None = None
    to_recovery: bool = False
    note: str = ""

    def is_snoozed(self, now: datetime) -> bool:
        """Whether nobody is reminded of it now."""
        return self.to_recovery or (self.snoozed_until is not None and self.snoozed_until > now)


NOBODY = Acknowledgement()


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as the list knows it.

    Attributes:
        incident_id: Its id.
        endpoint_id: Whose it is.
        name: The name of that endpoint.
        started_at: Its first failure.
        resolved_at: Its end, None while it is open.
        resolution: How it ended.
        failures: How many checks failed.
        message: Why, in the backend's words.
        said: What somebody said of it.
        is_watched: Whether its endpoint still exists.
    """

    incident_id: str
    endpoint_id: str
    name: str
    started_at: datetime
    resolved_at: datetime | None = None
    resolution: Resolution | None = None
    failures: int = 0
    message: str | None = None
    said: Acknowledgement = NOBODY
    is_watched: bool = True


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check of an incident: when, what it speaks for, and why in the backend's words."""

    at: datetime
    status: Status
    message: str | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate of a chain, as far as a reader wants to know it."""

    subject: str
    issuer: str
    ends_at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen of the target at the failure an incident began with.

    Attributes:
        at: When that was.
        url: Who was asked in the end; ``redirects`` led there.
        addresses: What the name resolved to; ``peer`` is who was connected to, None for nobody.
        status_code: None without an answer.
        phases: How long each phase took, in ms; one that never began is missing.
        certificates: The chain, the target's own first.
        headers: Of the answer, name and value.
        body: Its beginning as text.
        body_bytes: Length of all that was received of it.
        body_is_cut: Whether ``body`` is not all of it.
    """

    at: datetime
    url: str
    redirects: int = 0
    addresses: tuple[str, ...] = ()
    peer: str | None = None
    status_code: int | None = None
    phases: tuple[tuple[Phase, float], ...] = ()
    certificates: tuple[Certificate, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    body_bytes: int = 0
    body_is_cut: bool = False

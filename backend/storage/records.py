"""What goes in and out of the archive in one piece."""

from dataclasses import dataclass, field

from backend.contract.events import StateEvent
from backend.contract.evidence import EvidenceView
from backend.domain.alerting import OutboxEntry
from backend.domain.check import Check
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health
from backend.domain.incident import Incident


@dataclass(frozen=True, slots=True)
class Monitored:
    """An endpoint, where it stands, and its open incident, if any."""

    endpoint: Endpoint
    health: Health = field(default_factory=Health)
    incident: Incident | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One check and all that follows from it, stored together or not at all.

    ``incident`` is the one it opened, counted into or closed; ``events`` are not numbered yet;
    ``alerts`` are what channels are to be told of it; ``evidence`` is that of the failure with
    which a run began.
    """

    check: Check
    health: Health
    incident: Incident | None = None
    events: tuple[StateEvent, ...] = ()
    alerts: tuple[OutboxEntry, ...] = ()
    evidence: EvidenceView | None = None

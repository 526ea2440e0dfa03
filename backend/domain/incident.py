"""A period in which an endpoint was DOWN, from its first failure to what ended it."""

from dataclasses import dataclass, replace

from backend.contract.vocabulary import Resolution
from backend.domain.health import Health


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Somebody knows of an incident. Times are Unix milliseconds.

    While it is snoozed, until ``snoozed_until_ms`` or until it recovers, nobody is reminded of it.
    """

    at_ms: int
    note: str = ""
    snoozed_until_ms: int | None = None
    snoozed_to_recovery: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """Open while ``resolved_at_ms`` is ``None``. Times are Unix milliseconds."""

    id: str
    endpoint_id: str
    started_at_ms: int
    failure_count: int
    message: str | None
    resolved_at_ms: int | None = None
    resolution: Resolution | None = None
    acknowledgement: Acknowledgement | None = None

    @property
    def duration_ms(self) -> int | None:
        """How long it lasted; ``None`` while it is open, never negative."""
        if self.resolved_at_ms is None:
            return None
        return max(0, self.resolved_at_ms - self.started_at_ms)


def opened(incident_id: str, endpoint_id: str, health: Health, at_ms: int) -> Incident:
    """Return the incident of an endpoint that just went DOWN at ``at_ms``."""
    started_at_ms = at_ms if health.failing_since_ms is None else health.failing_since_ms
    return Incident(incident_id, endpoint_id, started_at_ms, health.run_failures, health.last_error)


def counted(incident: Incident, health: Health) -> Incident:
    """Return an open incident with the failures that came since."""
    return replace(incident, failure_count=health.run_failures)


def resolved(incident: Incident, resolution: Resolution, at_ms: int, leapt_ms: int = 0) -> Incident:
    """Return the incident closed at ``at_ms``.

    If somebody set the clock forward by ``leapt_ms`` while it was open, it ends by the clock it
    began by: how long it lasted is what counts.
    """
    return replace(incident, resolved_at_ms=at_ms - leapt_ms, resolution=resolution)

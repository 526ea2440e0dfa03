"""What a model must answer so that the views can paint it.

Models in the application implement these roles; views and delegates read them. Nobody else
needs them, and nothing here knows how a value is drawn. Every role answers on every column.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from PySide6.QtCore import Qt

from backend.contract.vocabulary import Status
from widgets.series import UptimeDay

_FIRST = int(Qt.ItemDataRole.UserRole)


class Role(IntEnum):
    """Values of one endpoint's row."""

    ENDPOINT_ID = _FIRST + 1
    """str"""
    NAME = _FIRST + 2
    """str"""
    URL = _FIRST + 3
    """str, as the user typed it"""
    METHOD = _FIRST + 4
    """str"""
    STATUS = _FIRST + 5
    """Status"""
    PAUSED = _FIRST + 6
    """bool"""
    LATENCY_MS = _FIRST + 7
    """float, or None when the last check brought no answer"""
    UPTIME_24H = _FIRST + 8
    """float from 0 to 100, or None when nothing was measured"""
    HEARTBEATS = _FIRST + 9
    """tuple[Heartbeat, ...], oldest first, at most RECENT_CHECKS"""
    LAST_CHECKED_AT = _FIRST + 10
    """aware datetime or None"""
    MESSAGE = _FIRST + 11
    """str, the last error in the backend's words, or None"""
    CHANGED_AT_MS = _FIRST + 12
    """int, monotonic milliseconds of the last change of status, or None; tints the row"""
    TAGS = _FIRST + 13
    """tuple[str, ...]"""
    DAYS = _FIRST + 14
    """tuple[UptimeDay, ...], oldest first"""
    FACTS = _FIRST + 15
    """RowFacts: all that is painted of the row"""


class Column(IntEnum):
    """Columns of the endpoint table."""

    STATUS = 0
    ENDPOINT = 1
    HEARTBEATS = 2
    LATENCY = 3
    DAYS = 4
    UPTIME = 5


class IncidentRole(IntEnum):
    """Values of one incident's row; newest first."""

    INCIDENT_ID = _FIRST + 1
    """str"""
    ENDPOINT_ID = _FIRST + 2
    """str"""
    ENDPOINT_NAME = _FIRST + 3
    """str"""
    STARTED_AT = _FIRST + 4
    """aware datetime"""
    RESOLVED_AT = _FIRST + 5
    """aware datetime, or None while the incident is open"""
    FAILURE_COUNT = _FIRST + 6
    """int"""
    MESSAGE = _FIRST + 7
    """str, the error in the backend's words, or None"""
    RESOLUTION = _FIRST + 8
    """Resolution, or None while open or unknown"""
    SENTENCE = _FIRST + 9
    """str, of a row that is no incident and says only this; None for incidents"""
    ACKNOWLEDGED_AT = _FIRST + 10
    """aware datetime, or None as long as nobody said that they know of it"""
    SNOOZED_UNTIL = _FIRST + 11
    """aware datetime, or None without an end that was set"""
    SNOOZED_TO_RECOVERY = _FIRST + 12
    """bool, nobody is reminded of it as long as it lasts"""
    NOTE = _FIRST + 13
    """str"""


class CheckColumn(IntEnum):
    """Columns of the log of checks; newest first."""

    TIME = 0
    RESULT = 1
    CODE = 2
    LATENCY = 3
    MESSAGE = 4


class CheckRole(IntEnum):
    """Values of one check's row."""

    AT = _FIRST + 1
    """aware datetime"""
    STATUS = _FIRST + 2
    """Status this one check speaks for: UP, DEGRADED (slow) or DOWN (failed)"""
    CODE = _FIRST + 3
    """int, or None when no answer came"""
    LATENCY_MS = _FIRST + 4
    """float or None"""
    MESSAGE = _FIRST + 5
    """str or None"""


class ComparisonColumn(IntEnum):
    """Columns of the comparison of endpoints."""

    RANK = 0
    NAME = 1
    SCORE = 2
    UPTIME = 3
    LATENCY = 4
    INCIDENTS = 5
    DAYS = 6


class ComparisonRole(IntEnum):
    """Values of one endpoint in the comparison; every role answers on every column."""

    ENDPOINT_ID = _FIRST + 1
    """str"""
    NAME = _FIRST + 2
    """str"""
    RANK = _FIRST + 3
    """int, 1 for the best"""
    SCORE = _FIRST + 4
    """float from 0 to 100, or None when nothing was observed"""
    UPTIME = _FIRST + 5
    """float from 0 to 100, or None"""
    LATENCY_MS = _FIRST + 6
    """float, the mean of the period, or None"""
    INCIDENTS = _FIRST + 7
    """int, those of the period"""
    DAYS = _FIRST + 8
    """tuple[UptimeDay, ...], oldest first"""


class EndpointFilter(StrEnum):
    """Which endpoints a list shows."""

    ALL = "all"
    DOWN = "down"
    DEGRADED = "degraded"
    UP = "up"
    UNKNOWN = "unknown"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """One cell of the strip: one check.

    Attributes:
        status: What this check alone speaks for (UP, DEGRADED, DOWN; UNKNOWN for held checks).
        latency_ms: Response time, None when no answer came.
        at: When it was made (aware).
        message: The error in the backend's words, None on success.
    """

    status: Status
    latency_ms: float | None
    at: datetime
    message: str | None


@dataclass(frozen=True, slots=True)
class RowFacts:
    """All that is painted of one endpoint's row, asked for at once: a question costs more than it.

    Attributes:
        name, url, method, status, paused, latency_ms, uptime_24h, changed_at_ms, tags, days:
            As the roles of these names.
        checks: What each of the last checks speaks for, oldest first.
    """

    name: str
    url: str
    method: str
    status: Status
    paused: bool
    latency_ms: float | None
    uptime_24h: float | None
    changed_at_ms: int | None
    tags: tuple[str, ...]
    days: tuple[UptimeDay, ...]
    checks: tuple[Status, ...]

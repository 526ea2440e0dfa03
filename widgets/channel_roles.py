"""What the notifications page is handed: channels, what a test brought, and the log's roles.

The notifications presenter and the log's model make these from the backend's answers; page, rows
and form show them. Plain values: the contract's own models are not for widgets.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from PySide6.QtCore import Qt

from backend.contract.vocabulary import DeliveryState

_FIRST = int(Qt.ItemDataRole.UserRole)

MASK = "********"
"""What the backend shows in place of a stored secret; sent back it means "as it is"."""


class ChannelKind(StrEnum):
    """What kind of place a channel is, under the wire's names."""

    EMAIL = "email"
    SLACK = "slack"
    WEBHOOK = "webhook"
    APPRISE = "apprise"


class Occasion(StrEnum):
    """What a channel may be told, under the wire's names."""

    DOWN = "down"
    RECOVERED = "recovered"
    DEGRADED = "degraded"


@dataclass(frozen=True, slots=True)
class LastDelivery:
    """The newest alert to a channel.

    Attributes:
        state: How far it came.
        at: When it was settled, or made while it is not (aware).
        error: Why it failed or was dropped, in the backend's words.
    """

    state: DeliveryState
    at: datetime
    error: str | None


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One channel as the page shows it.

    Attributes:
        target: Where it leads, without a secret.
        policy: What it is told, under the wire's names.
        last: The newest alert to it, None when there was none.
    """

    id: str
    name: str
    kind: ChannelKind
    target: str
    is_active: bool
    policy: Mapping[str, object]
    last: LastDelivery | None


@dataclass(frozen=True, slots=True)
class TrialTarget:
    """How one target answered a test; ``error`` is None when it took the message."""

    target: str
    error: str | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a test message.

    Attributes:
        targets: Each target's answer; empty when the test could not be made.
        duration_ms: How long it took.
        failure: Why the test could not be made, "" when it could.
    """

    targets: tuple[TrialTarget, ...]
    duration_ms: float = 0.0
    failure: str = ""


class DeliveryColumn(IntEnum):
    """Columns of the delivery log; newest first."""

    TIME = 0
    ENDPOINT = 1
    ALERT = 2
    CHANNEL = 3
    STATE = 4
    TRIES = 5
    ERROR = 6


class DeliveryRole(IntEnum):
    """Values of one delivery; every role answers on every column."""

    AT = _FIRST + 1
    """aware datetime, when the alert was made"""
    ENDPOINT_NAME = _FIRST + 2
    """str"""
    KIND = _FIRST + 3
    """AlertKind"""
    CHANNEL_NAME = _FIRST + 4
    """str"""
    STATE = _FIRST + 5
    """DeliveryState"""
    TRIES = _FIRST + 6
    """int"""
    ERROR = _FIRST + 7
    """str in the backend's words, or None"""
    NEXT_TRY_AT = _FIRST + 8
    """aware datetime, or None when it is not tried again"""
    ENDPOINT_ID = _FIRST + 9
    """str"""

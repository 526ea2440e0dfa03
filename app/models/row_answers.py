"""What a row of the endpoint table answers: plain values by role, and what is said of a cell.

The endpoint table asks.
"""

from collections.abc import Callable, Mapping
from typing import Any

from app.state.record import EndpointRecord
from backend.contract.secret_names import shown
from backend.contract.vocabulary import RECENT_CHECKS
from widgets import chart_phrases, incident_phrases, phrases
from widgets.roles import Column, Heartbeat, Role, RowFacts
from widgets.series import UptimeDay

DaysOf = Callable[[str], tuple[UptimeDay, ...]]
"""Returns the last days of an endpoint, oldest first; none when they are not known."""


def _heartbeats(record: EndpointRecord) -> tuple[Heartbeat, ...]:
    return tuple(
        Heartbeat(check.speaks_for, check.response_time, check.checked_at, check.error_message)
        for check in record.checks[-RECENT_CHECKS:]
    )


PLAIN: Mapping[int, Callable[[EndpointRecord], Any]] = {
    Role.ENDPOINT_ID: lambda record: record.view.id,
    Role.NAME: lambda record: record.view.name,
    Role.URL: lambda record: shown(record.view.url),
    Role.METHOD: lambda record: record.view.method.value,
    Role.STATUS: lambda record: record.status,
    Role.PAUSED: lambda record: record.is_paused,
    Role.LATENCY_MS: lambda record: record.view.last_response_time,
    Role.UPTIME_24H: lambda record: record.uptime_24h,
    Role.LAST_CHECKED_AT: lambda record: record.view.last_checked_at,
    Role.MESSAGE: lambda record: (
        record.view.last_error or incident_phrases.why_unknown(record.view.unknown_reason)
    ),
    Role.CHANGED_AT_MS: lambda record: record.changed_at_ms,
    Role.TAGS: lambda record: record.view.tags,
    Role.HEARTBEATS: _heartbeats,
}
"""What the roles answer that need nothing but the record."""


def facts(record: EndpointRecord, days_of: DaysOf) -> RowFacts:
    """Return all that is painted of a row."""
    view = record.view
    return RowFacts(
        view.name,
        shown(view.url),
        view.method.value,
        view.current_status,
        not view.is_active,
        view.last_response_time,
        record.day.uptime,
        record.changed_at_ms,
        view.tags,
        days_of(view.id),
        record.checks.statuses(RECENT_CHECKS),
    )


def spoken(record: EndpointRecord, column: int, days_of: DaysOf) -> str:
    """Return what a screen reader says of a cell."""
    view = record.view
    match column:
        case Column.STATUS:
            return phrases.status_word(record.status, record.is_paused)
        case Column.ENDPOINT:
            said = phrases.row_sentence(
                view.name,
                record.status,
                record.is_paused,
                view.last_response_time,
                record.uptime_24h,
            )
            return ", ".join((said, *view.tags))
        case Column.LATENCY:
            return phrases.latency(view.last_response_time)
        case Column.UPTIME:
            return phrases.uptime(record.uptime_24h)
        case Column.HEARTBEATS:
            return phrases.strip_sentence(record.checks.statuses(len(record.checks)))
        case _:
            return chart_phrases.uptime_summary(days_of(record.id))

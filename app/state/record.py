"""One endpoint as the desktop remembers it, and how each thing told alters it.

Pure functions from a record to the next one and the parts that differ, called by the store
alone. They mirror how the backend's judge moves its own values, so that a row that heard every
event equals the backend's row.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from app.state import rings
from app.state.change import NO_PART, Part
from app.state.day import NO_DAY, Day
from app.state.rings import NO_CHECKS, Ring
from backend.contract.events import CheckCompleted, IncidentStarted, StatusChanged
from backend.contract.resources import (
    CheckResults,
    EndpointState,
    EndpointView,
    IncidentView,
)
from backend.contract.vocabulary import CheckStatus, Reason, Status

LIVE_FIELDS = (
    "last_response_time",
    "last_checked_at",
    "consecutive_failures",
    "last_error",
)
STATUS_FIELDS = ("current_status", "status_since", "unknown_reason")
_CHECKED = Part.CHECKS | Part.STATISTICS
_CHECKED_NEWEST = _CHECKED | Part.VALUES
_VIEW_FIELDS = tuple(EndpointView.model_fields)
_SHARED_STATE: dict[str, object] = {
    "__pydantic_fields_set__": set(_VIEW_FIELDS),
    "__pydantic_extra__": None,
    "__pydantic_private__": None,
}
_SETTINGS = tuple(set(_VIEW_FIELDS) - set(LIVE_FIELDS) - set(STATUS_FIELDS))


@dataclass(frozen=True, slots=True)
class EndpointRecord:
    """Everything the desktop knows of one endpoint.

    Attributes:
        view: the endpoint in the contract's shape, kept up to date by every event.
        checks: its recent checks, oldest first (40, or up to 100 once its history was asked for).
        day: the last 24 hours.
        changed_at_ms: monotonic time of the last change of status that was seen happening.
        open_incident: the incident it is in.
    """

    view: EndpointView
    checks: Ring = NO_CHECKS
    day: Day = NO_DAY
    changed_at_ms: int | None = None
    open_incident: IncidentView | None = None

    @property
    def id(self) -> str:
        """The endpoint's id."""
        return self.view.id

    @property
    def status(self) -> Status:
        """What is concluded about the endpoint now."""
        return self.view.current_status

    @property
    def is_paused(self) -> bool:
        """Whether it is not checked, by the user's wish."""
        return not self.view.is_active

    @property
    def uptime_24h(self) -> float | None:
        """Successes per checks of the last 24 h in percent; ``None`` without checks."""
        return self.day.uptime


Altered = tuple[EndpointRecord, Part]


def plain_view(view: EndpointView) -> EndpointView:
    """Return an endpoint without what an event adds to it."""
    if type(view) is EndpointView:
        return _made(view.__dict__)
    return _made({name: getattr(view, name) for name in _VIEW_FIELDS})


def _made(values: dict[str, object]) -> EndpointView:
    """Return a view that shares with all others which of its fields are set.

    Pydantic keeps 2 kB of that for each, and copies it for every check.
    """
    made = EndpointView.__new__(EndpointView)
    made.__setstate__(_SHARED_STATE | {"__dict__": values})
    return made


def first_told(state: EndpointState) -> EndpointRecord:
    """Return the record of an endpoint of which nothing was known before a snapshot told it."""
    day = Day.told(state.statistics)
    return EndpointRecord(plain_view(state.endpoint), rings.ring_of(state), day)


def checked(record: EndpointRecord, event: CheckCompleted) -> Altered:
    """Return the record after one more check; one it holds already is not counted again.

    A ring may hold a check whose values the view has not: they were told at different moments.
    """
    view, values = record.view, {}
    if view.last_checked_at is None or view.last_checked_at < event.checked_at:
        values = _live_values(view, event)
    ring = rings.appended(record.checks, event, rings.limit_after(record.checks))
    if ring is None:
        return (_with_values(record, values), Part.VALUES) if values else (record, NO_PART)
    after = EndpointRecord(
        _altered(view, values) if values else view,
        ring,
        record.day.and_one(event),
        record.changed_at_ms,
        record.open_incident,
    )
    return after, _CHECKED_NEWEST if values else _CHECKED


def _with_values(record: EndpointRecord, values: dict[str, object]) -> EndpointRecord:
    return replace(record, view=_altered(record.view, values))


def _altered(view: EndpointView, values: dict[str, object]) -> EndpointView:
    return _made(view.__dict__ | values)


def _live_values(view: EndpointView, event: CheckCompleted) -> dict[str, object]:
    # A check by hand while paused, or one that we failed ourselves, moves no standing.
    if event.reason is Reason.OURS or not view.is_active:
        return {"last_checked_at": event.checked_at}
    values: dict[str, object] = {
        "last_checked_at": event.checked_at,
        "last_response_time": event.response_time,
        "consecutive_failures": event.consecutive_failures,
    }
    # Between an outage's failures a single success does not clear what the outage is about.
    if event.status is CheckStatus.FAILURE or view.current_status is not Status.DOWN:
        values["last_error"] = event.error_message
    return values


def status_changed(record: EndpointRecord, event: StatusChanged, now_ms: int) -> Altered:
    """Return the record after a change of its status, seen happening at ``now_ms``.

    An edit that restarts an endpoint has told the new status already; nothing is left to do.
    """
    view, current = record.view, event.current_status
    if view.current_status is current:
        return record, NO_PART
    values: dict[str, object] = {
        "current_status": current,
        "status_since": event.timestamp,
        "unknown_reason": event.unknown_reason,
    }
    # A later check may have been heard before: what it said of the endpoint stays.
    if not _is_older(event.timestamp, view.last_checked_at):
        failures = event.consecutive_failures
        if failures is None:  # of a backend that did not say so yet
            down = max(view.consecutive_failures, view.failure_threshold)
            failures = down if current is Status.DOWN else 0
        values |= {
            "last_error": event.error_message,
            "last_response_time": event.response_time,
            "consecutive_failures": failures,
        }
    if current is not Status.UNKNOWN:
        values["last_checked_at"] = _later(view.last_checked_at, event.timestamp)
    after = EndpointRecord(
        _altered(view, values), record.checks, record.day, now_ms, record.open_incident
    )
    return after, Part.STATUS | Part.VALUES


def edited(record: EndpointRecord, view: EndpointView, now_ms: int) -> Altered:
    """Return the record after the backend told the endpoint anew."""
    view = valued(view, record.view)  # a later check may have been heard before
    parts = differing(record.view, view)
    changed_at_ms = now_ms if Part.STATUS in parts else record.changed_at_ms
    return _with(record, view, changed_at_ms, record.open_incident), parts


def incident_opened(
    record: EndpointRecord, incident: IncidentView, event: IncidentStarted
) -> Altered:
    """Return the record inside an incident; DOWN counts from its first failure."""
    view, parts = record.view, Part.INCIDENT
    if view.current_status is Status.DOWN and view.status_since != event.started_at:
        view = _altered(view, {"status_since": event.started_at})
        parts |= Part.STATUS
    return _with(record, view, record.changed_at_ms, incident), parts


def with_incident(record: EndpointRecord, incident: IncidentView | None) -> Altered:
    """Return the record with another open incident, or none."""
    if record.open_incident == incident:
        return record, NO_PART
    return _with(record, record.view, record.changed_at_ms, incident), Part.INCIDENT


def deepened(record: EndpointRecord, results: CheckResults) -> Altered:
    """Return the record with a longer history of its checks.

    A check newer than the last one heard is left to its event, which also counts it.
    """
    last = record.view.last_checked_at
    if last is None:
        return record, NO_PART
    span = Ring.of(each for each in reversed(results.results) if each.checked_at <= last)
    ring = rings.merged(record.checks, span, rings.DEEP_CHECKS)
    if ring is record.checks:
        return record, NO_PART
    return replace(record, checks=ring), Part.CHECKS


def valued(view: EndpointView, told: EndpointView) -> EndpointView:
    """Return a view with what an older telling's last check measured, if that was not heard.

    Its event never comes where it fell between the telling and the subscription it answers. Once
    the status changed later than that check, only its time is news.
    """
    at = told.last_checked_at
    if at is None or (view.last_checked_at is not None and at <= view.last_checked_at):
        return view
    is_past = view.status_since is not None and at < view.status_since
    names = ("last_checked_at",) if is_past else LIVE_FIELDS
    return _altered(view, {name: getattr(told, name) for name in names})


def retold(
    record: EndpointRecord, view: EndpointView, day: Day, checks: Ring, limit: int
) -> Altered:
    """Return the record after a snapshot told it; what is newer here stays.

    Args:
        record: what is known.
        view: the endpoint in the snapshot.
        day: its statistics in the snapshot.
        checks: its checks in the snapshot.
        limit: how many checks to keep.
    """
    ring = rings.merged(record.checks, checks, limit)
    last = checks[-1].checked_at if checks else view.last_checked_at
    for check in ring.since(last):
        day = day.and_one(check)
    if _is_older(view.last_checked_at, record.view.last_checked_at):
        live = {name: getattr(record.view, name) for name in LIVE_FIELDS}
        view = _altered(view, live)
    parts = differing(record.view, view)
    if ring is not record.checks:
        parts |= Part.CHECKS
    if day.says_the_same_as(record.day):
        day = record.day
    else:
        parts |= Part.STATISTICS
    if not parts:
        return record, NO_PART
    return EndpointRecord(view, ring, day, record.changed_at_ms, record.open_incident), parts


def differing(before: EndpointView, after: EndpointView) -> Part:
    """Return which parts of two views differ."""
    if before == after:
        return NO_PART
    parts = NO_PART
    for part, names in (
        (Part.STATUS, STATUS_FIELDS),
        (Part.VALUES, LIVE_FIELDS),
        (Part.SETTINGS, _SETTINGS),
    ):
        if any(getattr(before, name) != getattr(after, name) for name in names):
            parts |= part
    return parts


def _with(
    record: EndpointRecord,
    view: EndpointView,
    changed_at_ms: int | None,
    incident: IncidentView | None,
) -> EndpointRecord:
    return EndpointRecord(view, record.checks, record.day, changed_at_ms, incident)


def _is_older(told: datetime | None, held: datetime | None) -> bool:
    return told is not None and held is not None and told < held


def _later(one: datetime | None, other: datetime) -> datetime:
    return other if one is None or one < other else one

"""What the backend's REST interface says, and where a desktop's store differs from it.

Used by the tests of convergence and of chaos. It knows the contract and the store's public face,
nothing of how the two are kept in step.
"""

import asyncio
import contextlib
import math
from dataclasses import dataclass
from typing import TypeVar

from app.services.failures import RestFailure
from app.services.rest import Rest
from app.state.day import Day
from app.state.record import EndpointRecord
from app.state.rings import Ring
from app.state.store import Store
from backend.contract.resources import (
    CheckResultView,
    EndpointDetail,
    EndpointView,
    IncidentView,
    Page,
)
from tests.app.services.desk import Desk

Answer = TypeVar("Answer")

COMPARED_CHECKS = 40
"""As many as every row of the store keeps."""


@dataclass(frozen=True)
class Row:
    """One endpoint as REST tells it, its checks oldest first."""

    view: EndpointView
    detail: EndpointDetail
    checks: tuple[CheckResultView, ...]


@dataclass(frozen=True)
class Truth:
    """Everything that a store should hold."""

    rows: dict[str, Row]
    incidents: dict[str, IncidentView]


def good(answer: Answer | RestFailure) -> Answer:
    """Return an answer that must not be a failure."""
    assert not isinstance(answer, RestFailure), answer
    return answer


async def truth_of(rest: Rest) -> Truth:
    """Read every row and every incident."""
    rows = {}
    for view in await all_endpoints(rest):
        detail = good(await rest.endpoint(view.id))
        results = good(await rest.check_results(view.id, limit=COMPARED_CHECKS)).results
        rows[view.id] = Row(view, detail, results[::-1])
    return Truth(rows, {each.id: each for each in await all_incidents(rest)})


def differences(store: Store, truth: Truth) -> list[str]:
    """Return every way in which the store is out of step, in words; none is as it should be."""
    found = [f"endpoint {key} is not there" for key in truth.rows.keys() - store.records.keys()]
    found += [f"endpoint {key} is too much" for key in store.records.keys() - truth.rows.keys()]
    for key in truth.rows.keys() & store.records.keys():
        found += _row_differences(store.records[key], truth.rows[key])
    # Of endpoints that are deleted, the store may hold incidents longer than the list does.
    for key, told in truth.incidents.items():
        held = store.incidents.get(key)
        if held != told:
            found.append(f"incident {key}: {_fields(held, told)}")
    found += [
        f"incident {key} is open for nobody"
        for key, held in store.incidents.items()
        if held.resolved_at is None and key not in truth.incidents
    ]
    return found


async def out_of_step(desk: Desk, rest: Rest, patience_s: float) -> list[str]:
    """Return in what a desk's store differs from REST, after waiting that long for nothing.

    Checks go on meanwhile, so it looks again after every change until the two agree.
    """
    found = ["nothing was compared"]
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(patience_s):
            while found:
                heard = len(desk.changes)
                found = differences(desk.store, await truth_of(rest))
                if found:
                    await _another_change(desk, heard)
    return found


async def _another_change(desk: Desk, heard: int) -> None:
    await desk.until(lambda: len(desk.changes) > heard, "another change", timeout=3600)


def _row_differences(held: EndpointRecord, row: Row) -> list[str]:
    name = row.view.name
    found = []
    if held.view != row.view:
        found.append(f"{name}: {_fields(held.view, row.view)}")
    day, told = held.day, Day.told(row.detail.statistics)
    if not _same_day(day, told):
        found.append(f"{name}: the day is {day}, not {told}")
    ring = [each[:6] for each in held.checks[-COMPARED_CHECKS:]]
    checks = [each[:6] for each in Ring.of(row.checks)]
    if ring != checks:
        found.append(f"{name}: {len(ring)} checks {ring} are not the {len(checks)} of {checks}")
    open_ids = {each.id for each in row.detail.recent_incidents if each.resolved_at is None}
    held_open = set() if held.open_incident is None else {held.open_incident.id}
    if held_open != open_ids:
        found.append(f"{name}: its open incident is {held_open}, not {open_ids}")
    return found


def _same_day(one: Day, other: Day) -> bool:
    if one[:2] != other[:2]:
        return False
    means = (one.avg_response_time, other.avg_response_time)
    if None in means:
        return means == (None, None)
    return math.isclose(one.avg_response_time or 0, other.avg_response_time or 0, rel_tol=1e-3)


def _fields(held: object, told: object) -> dict[str, object]:
    """Return what differs, as held and as told, field by field."""
    if held is None:
        return {"it": "is not there"}
    return {
        name: (getattr(held, name), value)
        for name, value in dict(told).items()  # type: ignore[call-overload]
        if getattr(held, name) != value
    }


async def all_endpoints(rest: Rest) -> list[EndpointView]:
    found: list[EndpointView] = []
    page: Page[EndpointView] | None = None
    while page is None or page.meta.page < page.meta.total_pages:
        page = good(await rest.endpoints(page=1 if page is None else page.meta.page + 1))
        found += page.data
    return found


async def all_incidents(rest: Rest) -> list[IncidentView]:
    found: list[IncidentView] = []
    page: Page[IncidentView] | None = None
    while page is None or page.meta.page < page.meta.total_pages:
        number = 1 if page is None else page.meta.page + 1
        page = good(await rest.incidents(page=number, limit=100))
        found += page.data
    return found

"""The endpoints, checks and incidents that every picture shows; the same ones every time.

Made of the contract's models, as a backend would tell them at one moment: ``NOW``. The answers
that need more than the snapshot are in ``answers``.
"""

import math
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from backend.contract.assertions import JsonAssertion, ResponseTimeAssertion
from backend.contract.resources import (
    CompactCheck,
    EndpointState,
    EndpointStatistics,
    EndpointView,
    IncidentView,
    RecentCheck,
    Snapshot,
)
from backend.contract.vocabulary import CheckStatus, Comparison, Method, Period
from backend.contract.wire import unix_ms
from tests.snapshots import past
from tests.snapshots.past import NOW
from tests.snapshots.seeds import DOWN, SLOW, Seed

_HEADERS = {"Accept": "application/json", "Authorization": "{{secret:auto.header.1}}"}

ASSERTIONS = (
    JsonAssertion(path="$.status", comparison=Comparison.EQUALS, value="ok"),
    ResponseTimeAssertion(max_ms=100),
)
"""What the first endpoint's answer is held to."""

_LAST = timedelta(seconds=27)
"""How long ago all were checked."""

_LIMIT_MS = 1500
"""Slower is slow."""


def snapshot(seeds: Sequence[Seed]) -> Snapshot:
    """Return the whole state at ``NOW``."""
    return Snapshot(
        seq=100,
        epoch="gallery",
        endpoints=tuple(_state(seed) for seed in seeds),
        incidents=incidents(seeds),
    )


def compact(told: Snapshot) -> Snapshot:
    """Return the same with its checks as rows."""
    states = (
        each.model_copy(update={"checks": (), "rows": tuple(map(_row, each.checks))})
        for each in told.endpoints
    )
    return told.model_copy(update={"endpoints": tuple(states)})


def view(seed: Seed) -> EndpointView:
    """Return an endpoint as the backend shows it."""
    fresh = not seed.checked
    last = NOW - seed.since if seed.paused else NOW - _LAST
    return EndpointView(
        id=seed.id,
        name=seed.name,
        url=seed.url,
        method=seed.method,
        headers=_HEADERS if seed.tags else None,
        body={"grant": "none"} if seed.method is Method.POST else None,
        check_interval=60,
        expected_status_code=200,
        timeout_threshold=5000,
        is_active=not seed.paused,
        current_status=seed.status,
        last_response_time=None if fresh or seed.status is DOWN or seed.paused else _now(seed),
        last_checked_at=None if fresh else last,
        consecutive_failures=seed.outages[0].failures if seed.status is DOWN else 0,
        created_at=NOW - timedelta(days=past.DAYS_KNOWN - 1, hours=3),
        updated_at=NOW - timedelta(days=2),
        degraded_threshold=_LIMIT_MS,
        failure_threshold=3,
        recovery_threshold=1,
        retry_interval=15,
        verify_tls=True,
        follow_redirects=True,
        tags=seed.tags,
        note="",
        assertions=ASSERTIONS if seed.tags else (),
        last_error=seed.error,
        status_since=None if fresh else NOW - seed.standing,
    )


def checks(seed: Seed, count: int) -> tuple[RecentCheck, ...]:
    """Return the last checks, oldest first, the newest as the endpoint stands."""
    if not seed.checked:
        return ()
    chance = Random(seed.name)  # noqa: S311  # the same checks every time
    newest = seed.since if seed.paused else _LAST
    failed = seed.outages[0].failures if seed.status is DOWN or seed.paused else 0
    slow = seed.since // timedelta(minutes=1) if seed.status is SLOW else 0
    made: list[RecentCheck] = []
    for place in range(count):
        is_bad = place < failed
        is_slow = place < slow or (not is_bad and chance.random() < 0.03)
        took = _LIMIT_MS * chance.uniform(1.05, 1.4)
        if place == 0 and is_slow:
            took = _now(seed)
        elif not is_slow:
            took = seed.latency_ms * chance.uniform(0.8, 1.3)
        made.append(
            RecentCheck(
                checked_at=NOW - newest - _back(place, failed),
                status=CheckStatus.FAILURE if is_bad else CheckStatus.SUCCESS,
                is_degraded=is_slow,
                response_time=None if is_bad else round(took, 1),
                status_code=(503 if seed.status is DOWN else None) if is_bad else 200,
                error_message=seed.outages[0].error if is_bad else None,
            )
        )
    return tuple(reversed(made))


def _back(place: int, failed: int) -> timedelta:
    """Return how long before the newest a check was: the first three failures are close."""
    minutes = timedelta(minutes=min(place, max(0, failed - 3)) if failed else place)
    quick = timedelta(seconds=15) * max(0, min(place, failed - 1) - max(0, failed - 3))
    before = timedelta(minutes=max(0, place - (failed - 1))) if failed else timedelta()
    return minutes + quick + before


def _now(seed: Seed) -> float:
    return seed.now_ms or seed.latency_ms


def incidents(seeds: Sequence[Seed]) -> tuple[IncidentView, ...]:
    """Return what went wrong, newest first."""
    told = [
        outage.incident(seed.name, number)
        for seed in seeds
        for number, outage in enumerate(seed.outages)
    ]
    return tuple(sorted(told, key=lambda it: it.started_at, reverse=True))


def wave(place: int) -> float:
    """Return how busy the day is at a place of a chart, from 0 to 1: calm, with one hill."""
    hill = math.exp(-(((place % 144) - 104) ** 2) / 40)
    return 0.35 + 0.12 * math.sin(place / 9) + 0.05 * math.sin(place * 1.7) + 0.5 * hill


def _state(seed: Seed) -> EndpointState:
    return EndpointState(endpoint=view(seed), statistics=of_day(seed), checks=checks(seed, 40))


def of_day(seed: Seed) -> EndpointStatistics:
    """Return what was counted in the last 24 hours."""
    day = seed.over(Period.DAY)
    return EndpointStatistics(
        uptime24h=day.uptime,
        total_checks24h=day.checks,
        avg_response_time24h=seed.latency_ms if day.checks else None,
    )


def _row(check: RecentCheck) -> CompactCheck:
    word = check.status is CheckStatus.SUCCESS and (2 if check.is_degraded else 1)
    return (
        unix_ms(check.checked_at),
        word or 0,
        check.response_time,
        check.status_code,
        check.error_message,
    )

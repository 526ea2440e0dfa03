"""The endpoints, checks and incidents that every picture shows; the same ones every time.

Made of the contract's models, as a backend would tell them at one moment: ``NOW``. The answers
that need more than the snapshot are in ``answers``.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from backend.contract.resources import (
    CompactCheck,
    EndpointState,
    EndpointStatistics,
    EndpointView,
    IncidentView,
    RecentCheck,
    Snapshot,
)
from backend.contract.vocabulary import CheckStatus, Method, Resolution, Status
from backend.contract.wire import unix_ms

NOW = datetime(2026, 11, 23, 5, 5, 9, tzinfo=UTC)
"""14:05:09 on a Monday where the pictures are taken, nine hours east of UTC."""

DOWN, SLOW, UP, WAITING = Status.DOWN, Status.DEGRADED, Status.UP, Status.UNKNOWN
REFUSED, GATEWAY = "Connection refused", "Expected status 200, got 503"


@dataclass(frozen=True)
class Seed:
    """What is told of an endpoint; the rest follows from it."""

    name: str
    url: str
    status: Status = UP
    latency_ms: float = 84.0
    uptime: float | None = 100.0
    method: Method = Method.GET
    paused: bool = False
    error: str | None = None
    since: timedelta = timedelta(days=3, hours=4)
    tags: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its id, which follows from its name."""
        return f"id-{self.name}"


SEEDS = (
    Seed(
        "Payments API",
        "https://api.pay.example.com/health",
        DOWN,
        uptime=98.21,
        error=GATEWAY,
        since=timedelta(minutes=4, seconds=12),
        tags=("money", "production"),
    ),
    Seed(
        "Search",
        "https://search.example.com/ping",
        SLOW,
        1840,
        99.63,
        since=timedelta(minutes=12),
    ),
    Seed("Webhook relay", "https://relay.example.com/", WAITING, uptime=None),
    Seed("Auth", "https://auth.example.com/token", method=Method.POST),
    Seed("결제 게이트웨이", "https://pg.example.co.kr/v2/health", latency_ms=126, uptime=99.98),
    Seed(
        "Customer identity and access management, European region (Frankfurt and Dublin)",
        "https://identity.eu-central-1.internal.example.com/realms/customers/.well-known/openid",
        latency_ms=312,
        uptime=99.7,
    ),
    Seed("Orders", "https://orders.example.com/health", latency_ms=58),
    Seed("Website", "https://www.example.com", latency_ms=142, uptime=99.98),
    Seed("Inventory", "https://inventory.example.com/health", latency_ms=33),
    Seed("Invoices", "https://invoices.example.com/health", latency_ms=71),
    Seed("Recommendations", "https://recommend.example.com/health", latency_ms=203, uptime=99.95),
    Seed(
        "Legacy reports",
        "https://reports.example.com/",
        WAITING,
        latency_ms=420,
        uptime=99.12,
        paused=True,
    ),
)
"""The usual twelve, worst first."""


def many(count: int) -> tuple[Seed, ...]:
    """Return that many endpoints: the usual ones and a fleet."""
    fleet = (
        Seed(
            f"Shop {number:04}",
            f"https://shop-{number:04}.example.com/health",
            SLOW if number % 97 == 0 else UP,
            900 if number % 97 == 0 else 40 + number * 37 % 160,
            100.0 if number % 13 else 99.4,
        )
        for number in range(1, count - len(SEEDS) + 1)
    )
    return (*SEEDS, *fleet)


def snapshot(seeds: Sequence[Seed]) -> Snapshot:
    """Return the whole state at ``NOW``."""
    known = {seed.name for seed in seeds}
    return Snapshot(
        seq=100,
        epoch="gallery",
        endpoints=tuple(_state(seed) for seed in seeds),
        incidents=tuple(each for each in incidents() if each.endpoint_name in known),
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
    fresh = seed.uptime is None
    return EndpointView(
        id=seed.id,
        name=seed.name,
        url=seed.url,
        method=seed.method,
        headers=None,
        body={"grant": "none"} if seed.method is Method.POST else None,
        check_interval=60,
        expected_status_code=200,
        timeout_threshold=5000,
        is_active=not seed.paused,
        current_status=seed.status,
        last_response_time=None if fresh or seed.status is DOWN else seed.latency_ms,
        last_checked_at=None if fresh else NOW - timedelta(seconds=27),
        consecutive_failures=5 if seed.status is DOWN else 0,
        created_at=NOW - timedelta(days=120),
        updated_at=NOW - timedelta(days=2),
        degraded_threshold=800 if seed.status is SLOW else 2000,
        failure_threshold=3,
        recovery_threshold=1,
        retry_interval=15,
        verify_tls=True,
        follow_redirects=True,
        tags=seed.tags,
        note="",
        last_error=seed.error,
        status_since=None if fresh else NOW - seed.since,
    )


def checks(seed: Seed, count: int) -> tuple[RecentCheck, ...]:
    """Return the last checks, oldest first: one a minute, the newest as the endpoint stands."""
    if seed.uptime is None:
        return ()
    chance = Random(seed.name)  # noqa: S311  # the same checks every time
    newest = NOW - timedelta(seconds=27)
    bad = {DOWN: 5, SLOW: 5}.get(seed.status, 0)
    made = []
    for age in reversed(range(count)):
        failed = age < bad and seed.status is DOWN
        slow = (age < bad and seed.status is SLOW) or (not failed and chance.random() < 0.03)
        took = 1500 + chance.random() * 500 if slow else seed.latency_ms * chance.uniform(0.8, 1.3)
        made.append(
            RecentCheck(
                checked_at=newest - timedelta(minutes=age),
                status=CheckStatus.FAILURE if failed else CheckStatus.SUCCESS,
                is_degraded=slow,
                response_time=None if failed else round(took, 1),
                status_code=503 if failed else 200,
                error_message=seed.error if failed else None,
            )
        )
    return tuple(made)


def incidents() -> tuple[IncidentView, ...]:
    """Return one open incident and what went before, newest first."""
    return (
        _incident("Payments API", SEEDS[0].since, None, GATEWAY, 5),
        _incident("Auth", timedelta(hours=4, minutes=24), 130, REFUSED, 4),
        _incident("Website", timedelta(hours=16), 38, "Timeout exceeded", 3),
        _incident("Recommendations", timedelta(days=1, hours=9), 2_712, GATEWAY, 21),
        _incident("Orders", timedelta(days=4), 66, "TLS certificate expired on 2026-11-19", 3),
        _incident("Legacy reports", timedelta(days=6), 5400, REFUSED, 64, reason=Resolution.PAUSED),
    )


def wave(place: int) -> float:
    """Return how busy the day is at a place of a chart, from 0 to 1: calm, with one hill."""
    hill = math.exp(-(((place % 144) - 104) ** 2) / 40)
    return 0.35 + 0.12 * math.sin(place / 9) + 0.05 * math.sin(place * 1.7) + 0.5 * hill


def _state(seed: Seed) -> EndpointState:
    statistics = EndpointStatistics(
        uptime24h=seed.uptime,
        total_checks24h=0 if seed.uptime is None else 1440,
        avg_response_time24h=None if seed.uptime is None else seed.latency_ms,
    )
    return EndpointState(endpoint=view(seed), statistics=statistics, checks=checks(seed, 40))


def _row(check: RecentCheck) -> CompactCheck:
    word = check.status is CheckStatus.SUCCESS and (2 if check.is_degraded else 1)
    return (
        unix_ms(check.checked_at),
        word or 0,
        check.response_time,
        check.status_code,
        check.error_message,
    )


def _incident(
    name: str,
    ago: timedelta,
    lasted_s: int | None,
    error: str,
    failures: int,
    *,
    reason: Resolution = Resolution.RECOVERED,
) -> IncidentView:
    started = NOW - ago
    return IncidentView(
        id=f"incident-{name}",
        started_at=started,
        resolved_at=None if lasted_s is None else started + timedelta(seconds=lasted_s),
        duration=None if lasted_s is None else lasted_s * 1000,
        endpoint_id=f"id-{name}",
        endpoint_name=name,
        failure_count=failures,
        error_message=error,
        reason=None if lasted_s is None else reason,
    )

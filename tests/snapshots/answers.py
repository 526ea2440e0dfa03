"""What the backend answers over REST about the world of the pictures.

Handed to the real client as its transport, so that requests and answers are built and read as
always. A question nobody has thought of is answered 404: the picture then shows a failure.
"""

import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import httpx

from backend.contract.alerts import AlertPolicy, ChannelType, ChannelView, DeliveryView
from backend.contract.assertions import JsonAssertion, ResponseTimeAssertion
from backend.contract.evidence import (
    EvidenceView,
    FindingView,
    PhasesView,
    PreviewView,
    TrialResult,
)
from backend.contract.resources import (
    CheckResults,
    CheckResultView,
    EndpointDetail,
    EndpointStatistics,
    Page,
    PageMeta,
)
from backend.contract.secrets import SecretPlace, SecretsView, SecretUser, SecretView
from backend.contract.statistics import (
    Comparison,
    ComparisonRow,
    DailyUptime,
    DailyUptimes,
    DayView,
    LatencyPoint,
    LatencyStatistics,
    LatencyView,
    NamedOutage,
    Outage,
    TotalLatencyPoint,
    TotalLatencyView,
    UptimeRow,
    UptimeView,
)
from backend.contract.vocabulary import (
    AlertKind,
    CheckStatus,
    DeliveryState,
    FindingResult,
    Period,
    Status,
)
from backend.contract.vocabulary import Comparison as Compared
from backend.contract.wire import Message
from tests.snapshots import evidence, world
from tests.snapshots.world import DOWN, NOW, Seed

_STEP = timedelta(minutes=10)
_POINTS = 144
_STATISTICS = LatencyStatistics(average=151.2, min=22.1, max=1960.4, p50=118, p95=342, p99=781)
_NO_STATISTICS = LatencyStatistics(average=None, min=None, max=None, p50=None, p95=None, p99=None)
Answer = Callable[[re.Match[str]], Message | Sequence[Message]]


NO_SECRETS = SecretsView(kept_in=SecretPlace.KEYRING, data=())


class Answers:
    """Every question the pages ask, and its answer.

    Args:
        seeds: The endpoints there are.
    """

    def __init__(self, seeds: Sequence[Seed]) -> None:
        self._seeds = {seed.id: seed for seed in seeds}
        self._told: dict[str, bytes] = {}
        self._known: tuple[tuple[str, Answer], ...] = (
            (r"/statistics/response-time", lambda _: _total(_POINTS if seeds else 0)),
            (r"/statistics/uptime/daily", lambda _: self._days_of_all()),
            (r"/statistics/comparison", lambda _: self._comparison()),
            (r"/endpoints/preview", lambda _: _preview()),
            (r"/incidents/([^/]+)", evidence.incident),
            (r"/endpoints/([^/]+)/response-time", self._response_time),
            (r"/endpoints/([^/]+)/uptime/daily", self._days),
            (r"/endpoints/([^/]+)/uptime", self._uptime),
            (r"/endpoints/([^/]+)/check-results", self._check_results),
            (r"/endpoints/([^/]+)", self._detail),
            (r"/notification-channels", lambda _: _channels() if seeds else ()),
            (r"/secrets", lambda _: _secrets() if seeds else NO_SECRETS),
            (r"/notifications", lambda _: _page(_deliveries() if seeds else ())),
        )

    def transport(self) -> httpx.MockTransport:
        """Return what takes the place of the network."""
        return httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api")
        told = self._told.get(path) or self._tell(path)
        if told is None:
            return httpx.Response(404, json={"message": f"the pictures know nothing of {path}"})
        return httpx.Response(200, content=told, headers={"Content-Type": "application/json"})

    def _tell(self, path: str) -> bytes | None:
        for pattern, answer in self._known:
            found = re.fullmatch(pattern, path)
            if found is not None:
                told = answer(found)
                body = told.to_wire() if isinstance(told, Message) else [m.to_wire() for m in told]
                return json.dumps(body, separators=(",", ":")).encode()
        return None

    def prepare(self) -> None:
        """Write down what is told of all endpoints, which takes long where there are many."""
        for path in ("/statistics/uptime/daily", "/statistics/comparison"):
            told = self._tell(path)
            assert told is not None
            self._told[path] = told

    def _detail(self, found: re.Match[str]) -> EndpointDetail:
        statistics = EndpointStatistics(
            uptime24h=99.7, total_checks24h=1440, avg_response_time24h=151.2
        )
        return EndpointDetail(
            **dict(world.view(self._seeds[found[1]])),
            statistics=statistics,
            recent_incidents=(),
            certificate_until=NOW + timedelta(days=23, hours=4),
        )

    def _response_time(self, found: re.Match[str]) -> LatencyView:
        seed = self._seeds[found[1]]
        start = NOW - _STEP * _POINTS
        open_since = (NOW - seed.since) if seed.status is DOWN else None
        points = tuple(
            LatencyPoint(
                timestamp=start + _STEP * place,
                avg_response_time=seed.latency_ms * world.wave(place),
                p50=seed.latency_ms * (0.6 + world.wave(place)),
                p95=seed.latency_ms * (1.1 + 1.9 * world.wave(place)),
                total_checks=10,
                failed_checks=0,
                coverage=1,
                outage=False,
            )
            for place in range(_POINTS)
            if not 30 <= place < 36 and seed.uptime is not None
        )
        outage = () if open_since is None else (_outage(NOW - timedelta(hours=7), 41),)
        return LatencyView(
            endpoint_id=seed.id,
            period=Period.DAY,
            statistics=_STATISTICS,
            time_series=points,
            bucket_size=int(_STEP.total_seconds() * 1000),
            start_date=start,
            end_date=NOW,
            outages=outage,
        )

    def _uptime(self, found: re.Match[str]) -> UptimeView:
        return UptimeView(
            endpoint_id=found[1],
            period=Period.WEEK,
            uptime=99.71,
            total_checks=10_080,
            successful_checks=10_051,
            failed_checks=29,
            start_date=NOW - timedelta(days=7),
            end_date=NOW,
            degraded_checks=3,
            time_weighted_uptime=99.7,
            coverage=1,
            observed=604_800_000,
            downtime=1_740_000,
        )

    def _days(self, found: re.Match[str]) -> DailyUptime:
        days = [
            DayView(
                date=(NOW - timedelta(days=age)).date(),
                uptime=None if age > 80 else _uptime_of(age),
                time_weighted_uptime=None if age > 80 else _uptime_of(age),
                coverage=0 if age > 80 else 1,
                total_checks=0 if age > 80 else 1440,
                failed_checks=0,
                downtime=_downtime_of(age),
            )
            for age in reversed(range(90))
        ]
        return DailyUptime(endpoint_id=found[1], days=tuple(days))

    def _days_of_all(self) -> DailyUptimes:
        dates = tuple((NOW - timedelta(days=age)).date() for age in reversed(range(30)))
        rows = [
            UptimeRow(
                endpoint_id=seed.id,
                name=seed.name,
                uptime=tuple(
                    None if seed.uptime is None else _uptime_of(age + place * 5)
                    for age in reversed(range(30))
                ),
                downtime=tuple(_downtime_of(age + place * 5) for age in reversed(range(30))),
                coverage=(0.0 if seed.uptime is None else 1.0,) * 30,
            )
            for place, seed in enumerate(self._seeds.values())
        ]
        return DailyUptimes(dates=dates, data=tuple(rows))

    def _comparison(self) -> Comparison:
        measured = [seed for seed in self._seeds.values() if seed.uptime is not None]
        scores = {seed.id: (seed.uptime or 0) - seed.latency_ms / 100 for seed in measured}
        best = sorted(measured, key=lambda seed: -scores[seed.id])
        rows = [
            ComparisonRow(
                endpoint_id=seed.id,
                name=seed.name,
                uptime24h=seed.uptime,
                avg_response_time=seed.latency_ms,
                incident_count=1 if seed.status is DOWN else 0,
                stability_score=scores[seed.id],
                rank=rank,
                uptime=seed.uptime,
            )
            for rank, seed in enumerate(best, start=1)
        ]
        return Comparison(
            data=tuple(rows), period=Period.DAY, start_date=NOW - timedelta(days=1), end_date=NOW
        )

    def _check_results(self, found: re.Match[str]) -> CheckResults:
        seed = self._seeds[found[1]]
        results = tuple(
            CheckResultView(
                id=f"check-{place}",
                endpoint_id=seed.id,
                status=check.status,
                response_time=check.response_time,
                status_code=check.status_code,
                error_message=check.error_message,
                checked_at=check.checked_at,
                is_degraded=check.is_degraded,
                reason=None,
            )
            for place, check in enumerate(reversed(world.checks(seed, 100)))
        )
        return CheckResults(endpoint_id=seed.id, results=results, total=len(results))


def _uptime_of(age: int) -> float:
    return {3: 99.2, 17: 97.4, 31: 99.86, 44: 88.1, 58: 99.5}.get(age, 100.0)


def _downtime_of(age: int) -> int:
    return round((100 - _uptime_of(age)) / 100 * 86_400_000)


def _outage(started_at: datetime, minutes: int) -> Outage:
    return Outage(
        incident_id="an-earlier-one",
        started_at=started_at,
        resolved_at=started_at + timedelta(minutes=minutes),
    )


def _total(count: int) -> TotalLatencyView:
    start = NOW - _STEP * _POINTS
    points = tuple(
        TotalLatencyPoint(
            timestamp=start + _STEP * place,
            avg_response_time=400 * world.wave(place),
            p50=40 + 380 * world.wave(place),
            p95=110 + 700 * world.wave(place),
            total_checks=120,
            failed_checks=0,
        )
        for place in range(count)
    )
    return TotalLatencyView(
        period=Period.DAY,
        statistics=_STATISTICS if count else _NO_STATISTICS,
        time_series=points,
        bucket_size=int(_STEP.total_seconds() * 1000),
        start_date=start,
        end_date=NOW,
        outages=_outages_of_all() if count else (),
    )


def _outages_of_all() -> tuple[NamedOutage, ...]:
    return tuple(
        NamedOutage(
            incident_id=it.id,
            started_at=it.started_at,
            resolved_at=it.resolved_at,
            endpoint_name=it.endpoint_name,
        )
        for it in world.incidents()
        if it.started_at > NOW - timedelta(days=1)
    )


def _channels() -> tuple[ChannelView, ...]:
    made = (
        ("mail", "On-call", ChannelType.EMAIL, "oncall@example.com, lead@example.com", True),
        ("slack", "#incidents", ChannelType.SLACK, "hooks.slack.com", True),
        ("hook", "Status page", ChannelType.WEBHOOK, "status.example.com", False),
    )
    return tuple(
        ChannelView(
            id=key,
            name=name,
            type=kind,
            config={},
            is_active=active,
            created_at=NOW - timedelta(days=40),
            updated_at=NOW - timedelta(days=3),
            policy=AlertPolicy(),
            target=target,
        )
        for key, name, kind, target, active in made
    )


def _deliveries() -> tuple[DeliveryView, ...]:
    delivered, failed, pending = (
        DeliveryState.DELIVERED,
        DeliveryState.FAILED,
        DeliveryState.PENDING,
    )
    told = (
        ("slack", "#incidents", "Payments API", AlertKind.DOWN, delivered, 3, None),
        ("mail", "On-call", "Payments API", AlertKind.DOWN, pending, 4, "Connection refused"),
        ("mail", "On-call", "Auth", AlertKind.RECOVERED, delivered, 262, None),
        ("slack", "#incidents", "Auth", AlertKind.DOWN, delivered, 264, None),
        ("hook", "Status page", "Website", AlertKind.DOWN, failed, 960, "HTTP 410"),
    )
    return tuple(
        DeliveryView(
            id=f"delivery-{place}",
            channel_id=channel,
            channel_name=channel_name,
            endpoint_id=f"id-{name}",
            endpoint_name=name,
            kind=kind,
            status=Status.UP if kind is AlertKind.RECOVERED else Status.DOWN,
            state=state,
            attempts=1 if error is None else 3,
            created_at=NOW - timedelta(minutes=minutes),
            settled_at=None if state is pending else NOW - timedelta(minutes=minutes),
            next_try_at=NOW + timedelta(minutes=2) if state is pending else None,
            error=error,
        )
        for place, (channel, channel_name, name, kind, state, minutes, error) in enumerate(told)
    )


def _page(rows: Sequence[Message]) -> Page[Message]:
    meta = PageMeta(total=len(rows), page=1, limit=100, total_pages=1)
    return Page(data=tuple(rows), meta=meta)


def _preview() -> PreviewView:
    status = JsonAssertion(path="$.status", comparison=Compared.EQUALS, value="ok")
    quick = ResponseTimeAssertion(max_ms=100)
    return PreviewView(
        result=TrialResult(
            status=CheckStatus.FAILURE,
            response_time=184.2,
            status_code=200,
            error_message="Response time 184 ms, expected at most 100 ms",
            checked_at=NOW,
            is_degraded=False,
            reason=None,
        ),
        evidence=EvidenceView(
            checked_at=NOW,
            error_message=None,
            reason=None,
            url="https://api.pay.example.com/health",
            redirects=0,
            phases=PhasesView(dns=12.1, connect=18.4, tls=41.9, first_byte=96.3, download=15.5),
            addresses=("203.0.113.7",),
            peer="203.0.113.7",
            certificates=(),
            status_code=200,
            headers=(),
            body='{"status": "ok", "version": "4.2.1", "queue": {"waiting": 3}}',
            body_bytes=62,
            body_truncated=False,
        ),
        assertions=(
            FindingView(
                assertion=status, result=FindingResult.HOLDS, message='JSON $.status: "ok"'
            ),
            FindingView(
                assertion=quick,
                result=FindingResult.FAILS,
                message="Response time 184 ms, expected at most 100 ms",
            ),
        ),
    )


def _secrets() -> SecretsView:
    used = [SecretUser(kind="endpoint", id=it.id, name=it.name) for it in world.SEEDS[:3]]
    told = {"keptIn": "keyring", "updatedAt": NOW}
    names = (("billing-key", used, 5), ("staging.token", [], 0), ("auto.body.1", used[:1], 1))
    return SecretsView(
        kept_in=SecretPlace.KEYRING,
        data=tuple(
            SecretView.model_validate(told | {"name": name, "usedBy": users, "uses": uses})
            for name, users, uses in names
        ),
    )

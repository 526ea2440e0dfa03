"""What the backend answers over REST about the world of the pictures.

Handed to the real client as its transport, so that requests and answers are built and read as
always. A question nobody has thought of is answered 404: the picture then shows a failure.
"""

import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import httpx

from backend.contract.resources import CheckResults, CheckResultView, EndpointDetail
from backend.contract.secrets import SecretPlace, SecretsView, SecretUser, SecretView
from backend.contract.statistics import (
    Comparison,
    ComparisonRow,
    DailyUptime,
    DailyUptimes,
    DayView,
    LatencyPoint,
    LatencyView,
    NamedOutage,
    Outage,
    TotalLatencyPoint,
    TotalLatencyView,
    UptimeRow,
    UptimeView,
)
from backend.contract.vocabulary import Period
from backend.contract.wire import Message
from backend.domain.stability import Contestant, ranking, scores
from tests.snapshots import alerts, evidence, past, world
from tests.snapshots.past import NOW
from tests.snapshots.seeds import SEEDS, Seed

_STEP = timedelta(minutes=10)
_POINTS = 144
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
        self._period = Period.DAY
        self._is_broken = False
        self._is_gone = False
        self._known: tuple[tuple[str, Answer], ...] = (
            (r"/statistics/response-time", lambda _: _total(seeds)),
            (r"/statistics/uptime/daily", lambda _: self._days_of_all()),
            (r"/statistics/comparison", lambda _: self._comparison()),
            (r"/endpoints/preview", lambda _: evidence.preview()),
            (r"/incidents/([^/]+)", lambda found: evidence.incident(seeds, found[1])),
            (r"/endpoints/([^/]+)/response-time", self._response_time),
            (r"/endpoints/([^/]+)/uptime/daily", self._days),
            (r"/endpoints/([^/]+)/uptime", self._uptime),
            (r"/endpoints/([^/]+)/check-results", self._check_results),
            (r"/endpoints/([^/]+)", self._detail),
            (r"/notification-channels", lambda _: alerts.channels() if seeds else ()),
            (r"/secrets", lambda _: _secrets() if seeds else NO_SECRETS),
            (r"/notifications", lambda _: alerts.deliveries(bool(seeds))),
        )

    def transport(self) -> httpx.MockTransport:
        """Return what takes the place of the network."""
        return httpx.MockTransport(self._answer)

    def break_down(self) -> None:
        """Answer nothing any more but that something went wrong."""
        self._is_broken = True

    def unplug(self) -> None:
        """Answer nothing any more: nobody is there."""
        self._is_gone = True

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if self._is_gone:
            raise httpx.ConnectError("Connection refused", request=request)
        if self._is_broken:
            return httpx.Response(500, json={"message": "Internal server error"})
        path = request.url.path.removeprefix("/api")
        self._period = Period(request.url.params.get("period", Period.DAY))
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
        seed = self._seeds[found[1]]
        return EndpointDetail(
            **dict(world.view(seed)),
            statistics=world.of_day(seed),
            recent_incidents=(),
            certificate_until=evidence.CERTIFICATE_UNTIL,
        )

    def _response_time(self, found: re.Match[str]) -> LatencyView:
        seed = self._seeds[found[1]]
        start = NOW - _STEP * _POINTS
        answered = {
            start + _STEP * place: seed.latency_ms * (0.6 + world.wave(place))
            for place in range(_POINTS)
            if seed.over(Period.DAY).checks and not _is_silent(seed, start + _STEP * place)
        }
        p95 = {at: p50 * (1.6 + p50 / seed.latency_ms / 4) for at, p50 in answered.items()}
        points = tuple(
            LatencyPoint(
                timestamp=at,
                avg_response_time=p50 * 1.1,
                p50=p50,
                p95=p95[at],
                total_checks=10,
                failed_checks=0,
                coverage=1,
                outage=False,
            )
            for at, p50 in answered.items()
        )
        return LatencyView(
            endpoint_id=seed.id,
            period=Period.DAY,
            statistics=past.statistics((seed,), tuple(answered.values()), tuple(p95.values())),
            time_series=points,
            bucket_size=int(_STEP.total_seconds() * 1000),
            start_date=start,
            end_date=NOW,
            outages=tuple(
                Outage(incident_id=it.id, started_at=it.started_at, resolved_at=it.resolved_at)
                for it in world.incidents((seed,))
                if it.started_at > start
            ),
        )

    def _uptime(self, found: re.Match[str]) -> UptimeView:
        counted = self._seeds[found[1]].over(self._period)
        length = timedelta(minutes=counted.checks)
        return UptimeView(
            endpoint_id=found[1],
            period=self._period,
            uptime=counted.uptime,
            total_checks=counted.checks,
            successful_checks=counted.checks - counted.failed,
            failed_checks=counted.failed,
            start_date=NOW - length,
            end_date=NOW,
            degraded_checks=0,
            time_weighted_uptime=counted.uptime,
            coverage=1,
            observed=round(length / timedelta(milliseconds=1)),
            downtime=counted.down_ms,
        )

    def _days(self, found: re.Match[str]) -> DailyUptime:
        seed = self._seeds[found[1]]
        days = [
            DayView(
                date=(NOW - timedelta(days=age)).date(),
                uptime=day.uptime,
                time_weighted_uptime=day.uptime,
                coverage=1 if day.checks else 0,
                total_checks=day.checks,
                failed_checks=day.failed,
                downtime=day.down_ms,
            )
            for age, day in ((age, seed.on_day(age)) for age in reversed(range(90)))
        ]
        return DailyUptime(endpoint_id=found[1], days=tuple(days))

    def _days_of_all(self) -> DailyUptimes:
        ages = tuple(reversed(range(30)))
        rows = []
        for seed in self._seeds.values():
            days = [seed.on_day(age) for age in ages]
            rows.append(
                UptimeRow(
                    endpoint_id=seed.id,
                    name=seed.name,
                    uptime=tuple(day.uptime for day in days),
                    downtime=tuple(day.down_ms for day in days),
                    coverage=tuple(1.0 if day.checks else 0.0 for day in days),
                )
            )
        dates = tuple((NOW - timedelta(days=age)).date() for age in ages)
        return DailyUptimes(dates=dates, data=tuple(rows))

    def _comparison(self) -> Comparison:
        period = self._period
        counts = [(seed, seed.over(period)) for seed in self._seeds.values()]
        contestants = [
            Contestant(seed.name, it.uptime, seed.latency_ms if it.checks else None, it.incidents)
            for seed, it in counts
        ]
        found = scores(contestants)
        rows = [
            ComparisonRow(
                endpoint_id=counts[index][0].id,
                name=contestants[index].name,
                uptime24h=contestants[index].uptime_percent,
                avg_response_time=contestants[index].mean_ms,
                incident_count=contestants[index].incidents,
                stability_score=found[index],
                rank=rank,
                uptime=contestants[index].uptime_percent,
            )
            for rank, index in enumerate(ranking(contestants, found), start=1)
        ]
        return Comparison(
            data=tuple(rows), period=period, start_date=NOW - timedelta(days=1), end_date=NOW
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


def _is_silent(seed: Seed, at: datetime) -> bool:
    """Whether none of an endpoint's checks in a bucket was answered."""
    return any(
        it.started_at <= at and (it.resolved_at is not None and at + _STEP <= it.resolved_at)
        for it in world.incidents((seed,))
    )


def _total(seeds: Sequence[Seed]) -> TotalLatencyView:
    start = NOW - _STEP * _POINTS
    waves = [world.wave(place) for place in range(_POINTS if seeds else 0)]
    p50, p95 = [50 + 150 * it for it in waves], [150 + 560 * it for it in waves]
    points = tuple(
        TotalLatencyPoint(
            timestamp=start + _STEP * place,
            avg_response_time=p50[place] * 1.3,
            p50=p50[place],
            p95=p95[place],
            total_checks=10 * len(seeds),
            failed_checks=0,
        )
        for place in range(len(waves))
    )
    return TotalLatencyView(
        period=Period.DAY,
        statistics=past.statistics(seeds, p50, p95),
        time_series=points,
        bucket_size=int(_STEP.total_seconds() * 1000),
        start_date=start,
        end_date=NOW,
        outages=tuple(
            NamedOutage(
                incident_id=it.id,
                started_at=it.started_at,
                resolved_at=it.resolved_at,
                endpoint_name=it.endpoint_name,
            )
            for it in world.incidents(seeds)
            if it.started_at > start
        ),
    )


def _secrets() -> SecretsView:
    used = [SecretUser(kind="endpoint", id=it.id, name=it.name) for it in SEEDS[:3]]
    told = {"keptIn": "keyring", "updatedAt": NOW}
    names = (("billing-key", used, 5), ("staging.token", [], 0), ("auto.body.1", used[:1], 1))
    return SecretsView(
        kept_in=SecretPlace.KEYRING,
        data=tuple(
            SecretView.model_validate(told | {"name": name, "usedBy": users, "uses": uses})
            for name, users, uses in names
        ),
    )

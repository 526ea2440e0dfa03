"""``/metrics``: the present state for Prometheus, made anew for every scrape.

A registry of its own each time, so that nothing is global and what is gone leaves no series.
Labels are an endpoint's id and the beginning of its name; all others are from a fixed set.
"""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, SummaryMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from backend.contract.events import CheckCompleted, Event
from backend.contract.version import VERSION
from backend.contract.vocabulary import CheckStatus, Reason, Status
from backend.domain.text import excerpt
from backend.engine.bus import Bus
from backend.engine.clock import Clock
from backend.engine.monitors import Monitors
from backend.engine.scheduler import Load, Scheduler
from backend.engine.self_health import SelfHealth, Vitals
from backend.storage.archive import Archive, Monitored
from backend.storage.views import Figures

LABEL_LENGTH: Final = 100
RESULTS: Final = ("success", "degraded", "failure", "ours")
"""``ours``: a check that failed by this computer's fault, which counts for nothing."""

_ENDPOINT: Final = ("endpoint", "name")


class CheckCount:
    """Counts checks by their result, from its making on."""

    def __init__(self, bus: Bus) -> None:
        self._counts = dict.fromkeys(RESULTS, 0)
        bus.subscribe(self._hear)

    def now(self) -> dict[str, int]:
        """Return how many there were of each result."""
        return dict(self._counts)

    def _hear(self, event: Event) -> None:
        if isinstance(event, CheckCompleted):
            self._counts[_result_of(event)] += 1


@dataclass(frozen=True, eq=False)
class Scrape(Collector):
    """What one scrape shows."""

    monitored: tuple[Monitored, ...]
    checks: dict[str, int]
    load: Load
    figures: Figures
    vitals: Vitals

    def collect(self) -> Iterable[Metric]:
        """Return every family with its samples."""
        yield from self._families_of_endpoints()
        yield from self._families_of_checking()
        opened = sum(it.incident is not None for it in self.monitored)
        yield GaugeMetricFamily("vigil_incidents_open", "Incidents that are open.", opened)
        yield GaugeMetricFamily(
            "vigil_alerts_waiting", "Alerts not delivered yet.", self.figures.alerts_waiting
        )
        yield GaugeMetricFamily(
            "vigil_database_bytes", "Size of the database file.", self.figures.database_bytes
        )
        yield from self._families_of_storing()
        info = GaugeMetricFamily("vigil_build_info", "Always 1.", labels=("version",))
        info.add_metric((VERSION,), 1)
        yield info

    def _families_of_endpoints(self) -> Iterator[Metric]:
        up = GaugeMetricFamily(
            "vigil_endpoint_up",
            "1 if UP or DEGRADED, 0 if DOWN; no sample while UNKNOWN.",
            labels=_ENDPOINT,
        )
        status = GaugeMetricFamily(
            "vigil_endpoint_status", "1 for the present status.", labels=(*_ENDPOINT, "status")
        )
        response = GaugeMetricFamily(
            "vigil_endpoint_response_seconds",
            "Response time of the last check that was answered.",
            labels=_ENDPOINT,
        )
        for it in self.monitored:
            labels = (it.endpoint.id, excerpt(it.endpoint.name, LABEL_LENGTH))
            standing = it.health.status
            if standing is not Status.UNKNOWN:
                up.add_metric(labels, standing is not Status.DOWN)
            for each in Status:
                status.add_metric((*labels, each.value), each is standing)
            if it.health.last_latency_ms is not None:
                response.add_metric(labels, it.health.last_latency_ms / 1000)
        return iter((up, status, response))

    def _families_of_storing(self) -> Iterator[Metric]:
        yield GaugeMetricFamily(
            "vigil_storing", "1 while results can be stored, else 0.", self.vitals.stores
        )
        yield CounterMetricFamily(
            "vigil_storing_failures",
            "Transactions that could not be stored since the start.",
            self.vitals.storing_failures,
        )
        if self.vitals.last_backup_ms is not None:
            yield GaugeMetricFamily(
                "vigil_last_backup_timestamp_seconds",
                "When the newest verified backup was taken; no sample where there is none.",
                self.vitals.last_backup_ms / 1000,
            )

    def _families_of_checking(self) -> Iterator[Metric]:
        checks = CounterMetricFamily(
            "vigil_checks", "Checks since the start, by result.", labels=("result",)
        )
        for result, count in self.checks.items():
            checks.add_metric((result,), count)
        yield checks
        load = self.load
        yield GaugeMetricFamily(
            "vigil_checks_waiting", "Checks that are due and wait for room.", load.waiting
        )
        yield GaugeMetricFamily("vigil_checks_under_way", "Checks being made.", load.under_way)
        yield GaugeMetricFamily(
            "vigil_scheduler_overdue_seconds",
            "For how long the check that waits longest is due.",
            load.overdue_ms / 1000,
        )
        yield SummaryMetricFamily(
            "vigil_scheduler_lateness_seconds",
            "How late checks began.",
            count_value=load.begun,
            sum_value=load.late_ms / 1000,
        )


def metrics_routes(
    *,
    monitors: Monitors,
    scheduler: Scheduler,
    archive: Archive,
    checks: CheckCount,
    health: SelfHealth,
    clock: Clock,
) -> APIRouter:
    """Return the route, which stands beside ``/api`` where Prometheus looks for it."""
    router = APIRouter()

    @router.get("/metrics", tags=["health"], response_class=PlainTextResponse)
    async def metrics() -> PlainTextResponse:
        figures = await archive.figures(clock.wall_ms())
        scrape = Scrape(tuple(monitors), checks.now(), scheduler.load(), figures, health.vitals)
        # Thousands of endpoints take a moment: the loop is not to wait for it.
        text = await asyncio.to_thread(_exposed, scrape)
        return PlainTextResponse(text, media_type=CONTENT_TYPE_LATEST)

    return router


def _exposed(scrape: Scrape) -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(scrape)
    return generate_latest(registry)


def _result_of(event: CheckCompleted) -> str:
    if event.status is CheckStatus.SUCCESS:
        return "degraded" if event.is_degraded else "success"
    return "ours" if event.reason is Reason.OURS else "failure"

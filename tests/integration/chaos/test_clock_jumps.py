"""Somebody sets the clock of the computer under a running backend: nothing is made up of it."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from app.services.child import Address
from app.services.rest import Rest
from app.services.subscriptions import ALL_CHECKS
from app.state.link import Phase
from backend.contract.events import CheckCompleted, IncidentResolved, IncidentStarted
from tests.app.services.desk import Desk, desk
from tests.helpers.program import running_backend
from tests.helpers.target_server import Answer, TargetServer, running_target
from tests.helpers.wall_clock import NoFaketimeError, WallClock, wall_clock
from tests.integration.chaos.truth import good, out_of_step

FAILING = Answer(status=503)
HOUR_S = 3600
QUICK = {"checkInterval": 5, "retryInterval": 1, "failureThreshold": 2}
CLOSE_S = 1.5
"""How far a measured duration may be off: the time of a check and of this test."""


class Watched:
    """A backend under a clock that can be set, its targets, and what a desktop hears of it."""

    def __init__(self, clock: WallClock, target: TargetServer, built: Desk, rest: Rest) -> None:
        self.clock = clock
        self.target = target
        self.desk = built
        self.rest = rest
        self.ids: dict[str, str] = {}
        self._failing_since: dict[str, float] = {}

    async def watch(self, *names: str) -> None:
        """Add endpoints, and wait until each is up."""
        for name in names:
            draft = {"name": name, "url": f"{self.target.url}/{name}", **QUICK}
            self.ids[name] = good(await self.rest.create(draft)).id
        await self.desk.until(
            lambda: all(self.status(name) == "UP" for name in names), "all are up", 20
        )

    def status(self, name: str) -> str | None:
        record = self.desk.store.records.get(self.ids[name])
        return None if record is None else record.status.value

    async def break_down(self, name: str) -> None:
        """Let a target fail, and wait for its incident."""
        path = f"/{name}"
        self.target.answers[path] = FAILING
        await self.target.wait_for_hits(self.target.hits_by_path[path] + 1, path=path)
        self._failing_since[name] = time.monotonic()
        await self.desk.until(lambda: self._events(name, IncidentStarted), "an incident")

    async def come_back(self, name: str) -> tuple[float, float]:
        """Let it recover; return how long its incident lasted, as told and as measured, in s."""
        self.target.answers[f"/{name}"] = Answer()
        await self.desk.until(lambda: self._events(name, IncidentResolved), "a recovery")
        measured_s = time.monotonic() - self._failing_since[name]
        (event,) = self._events(name, IncidentResolved)
        return event.duration / 1000, measured_s

    async def see_checks(self, name: str, count: int) -> float:
        """Wait for that many further checks; return how long that took, in s."""
        begun = time.monotonic()
        before = len(self._events(name, CheckCompleted))
        await self.desk.until(
            lambda: len(self._events(name, CheckCompleted)) >= before + count, "checks", 20
        )
        return time.monotonic() - begun

    def _events(self, name: str, kind: type) -> list:
        return [it.event for it in self.desk.of(kind) if it.event.endpoint_id == self.ids[name]]


@asynccontextmanager
async def watched(home: Path) -> AsyncIterator[Watched]:
    """Set the stage."""
    try:
        clock = wall_clock(home)
    except NoFaketimeError as error:
        pytest.skip(f"no clock can be set here: {error}")
    async with (
        running_target() as target,
        desk() as built,
        running_backend(home, environment=clock.environment) as backend,
    ):
        rest, address = Rest(), Address(backend.url, backend.token)
        await rest.set_address(address)
        built.subscriptions.page(ALL_CHECKS)
        built.link.start()
        built.link.connect_to(address)
        await built.until_phase(Phase.CONNECTED)
        yield Watched(clock, target, built, rest)
        await rest.aclose()


@pytest.mark.long  # three outages in real time: 45 s
async def test_a_clock_that_jumps_changes_no_verdict_no_duration_and_no_order(
    tmp_path: Path,
) -> None:
    async with watched(tmp_path) as it:
        await it.watch("steady", "forward", "backward", "after")

        await it.break_down("forward")
        it.clock.set_to(HOUR_S)
        burst_s = [await it.see_checks("steady", 2)]
        lasted = [await it.come_back("forward")]

        await it.break_down("backward")
        it.clock.set_to(-HOUR_S)
        burst_s.append(await it.see_checks("steady", 2))
        lasted.append(await it.come_back("backward"))

        await it.break_down("after")
        lasted.append(await it.come_back("after"))

        assert min(burst_s) > QUICK["checkInterval"] - 1, "checks came no quicker"
        for told_s, measured_s in lasted:
            assert told_s == pytest.approx(measured_s, abs=CLOSE_S), lasted
        await _nothing_made_up(it)


async def _nothing_made_up(it: Watched) -> None:
    """See that who was well was never blamed, and that history is whole and in order."""
    store = it.desk.store
    assert it.status("steady") == "UP"
    blamed = {incident.endpoint_name for incident in store.incidents.values()}
    assert blamed == {"forward", "backward", "after"}
    assert len(store.incidents) == 3
    results = good(await it.rest.check_results(it.ids["steady"])).results
    assert len(results) >= it.target.hits_by_path["/steady"] - 1, "no check is missing"
    times = [each.checked_at for each in results]
    assert times == sorted(times, reverse=True)
    gaps = [(one - other).total_seconds() for one, other in pairwise(times)]
    assert min(gaps) > 1, f"checks of {QUICK['checkInterval']} s stay apart: {gaps}"
    assert await out_of_step(it.desk, it.rest, patience_s=10) == []

"""Advance, store, publish: what comes of a judged check, together with those that came meanwhile.

Called by the pipeline. While one transaction is being committed the next checks gather; whoever
comes to the lock first takes all of them along. So a lone check is stored and told at once, and a
flood costs one commit for all that wait, without anybody ever waiting for company.
"""

import asyncio
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import uuid4

import structlog

from backend.alerts.herald import Herald
from backend.contract.events import StateEvent
from backend.contract.vocabulary import Resolution, UnknownReason
from backend.domain.assertions import Check, Outcome, check_of
from backend.domain.health import Health, Transition, advance, lose_sight
from backend.domain.incident import Incident, counted, opened, resolved
from backend.engine.bus import Bus
from backend.engine.clock import Clock
from backend.engine.evidence import of_first_failure
from backend.engine.judging import Network
from backend.engine.monitors import Monitors, Ticket
from backend.engine.telling import check_completed, consequences
from backend.storage.archive import Archive, Monitored, Record
from backend.storage.errors import ArchiveError, NotStored

IN_A_ROW: Final = 20
"""After so many checks everything else on the loop has a turn: some two milliseconds."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Void:
    """Nothing is recorded: meanwhile the endpoint was changed, paused or deleted, or this computer
    went to sleep."""


@dataclass(slots=True, eq=False)
class _Slip:
    """A judged check that waits; ``outcome`` is how it went, ``came`` what came of that."""

    ticket: Ticket
    outcome: Outcome
    unseen: UnknownReason | None
    came: Check | Void | Exception = field(
        default_factory=lambda: NotStored("broken off while it was stored")
    )


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What is to be stored for a slip, and how the endpoint stands afterwards."""

    slip: _Slip
    record: Record
    after: Monitored


class Recorder:
    """Keeps the order: nothing is told, and nothing in memory moves, before the commit."""

    def __init__(
        self,
        *,
        archive: Archive,
        bus: Bus,
        clock: Clock,
        monitors: Monitors,
        lock: asyncio.Lock,
        herald: Herald,
        network: Network | None = None,
    ) -> None:
        """Put the stations together.

        Args:
            lock: shared with the commands.
            network: knows where an endpoint last answered.
        """
        self._archive = archive
        self._bus = bus
        self._clock = clock
        self._monitors = monitors
        self._lock = lock
        self._herald = herald
        self._network = network
        self._waiting: list[_Slip] = []

    async def record(
        self, ticket: Ticket, outcome: Outcome, unseen: UnknownReason | None
    ) -> Check | Void:
        """Advance, store, publish; see :meth:`backend.engine.pipeline.Pipeline.record`."""
        slip = _Slip(ticket, outcome, unseen)
        self._waiting.append(slip)
        try:
            async with self._lock:
                if slip in self._waiting:
                    await self._record_waiting()
        finally:
            if slip in self._waiting:
                self._waiting.remove(slip)  # broken off before its turn
        if isinstance(slip.came, Exception):
            raise slip.came
        return slip.came

    async def _record_waiting(self) -> None:
        """Record all that wait, those of one endpoint one after the other."""
        slips, self._waiting = self._waiting, []
        while slips:
            now: dict[str, _Slip] = {}
            later = [it for it in slips if now.setdefault(it.ticket.endpoint.id, it) is not it]
            prepared = []
            for number, slip in enumerate(now.values(), start=1):
                one = self._prepare(slip)
                if one is not None:
                    prepared.append(one)
                if number % IN_A_ROW == 0:
                    await asyncio.sleep(0)
            await self._store(prepared)
            slips = later

    def _prepare(self, slip: _Slip) -> _Prepared | None:
        """Return what is to be stored; ``None`` where there is nothing to store."""
        try:
            before = self._monitors.admit(slip.ticket)
            if before is not None:
                return self._prepared(slip, before)
            slip.came = Void()
        except Exception as error:
            # One endpoint's trouble must not be that of all which are stored with it.
            log.exception("a check could not be advanced", endpoint=slip.ticket.endpoint.id)
            slip.came = error
        return None

    def _prepared(self, slip: _Slip, before: Monitored) -> _Prepared:
        at_ms = max(self._clock.wall_ms(), (before.health.last_checked_ms or 0) + 1)
        endpoint, outcome, unseen = before.endpoint, slip.outcome, slip.unseen
        check = check_of(endpoint.id, outcome, at_ms)
        health, transition = _advance(before, outcome, at_ms, unseen)
        incident = self._incident_after(before, check, health, transition)
        address = None if self._network is None else self._network.address_of(endpoint)
        events = (
            consequences(
                endpoint,
                check,
                transition,
                incident,
                unseen,
                address=address,
                failures=health.consecutive_failures,
            )
            if transition
            else ()
        )
        alerts = self._herald.of_check(
            endpoint, before.health, health, transition, incident, address=address
        )
        evidence = of_first_failure(endpoint, check, health, outcome)
        record = Record(check, health, incident, events, alerts, evidence)
        still_open = incident if incident and incident.resolved_at_ms is None else None
        return _Prepared(slip, record, Monitored(endpoint, health, still_open))

    async def _store(self, prepared: list[_Prepared]) -> None:
        """Store all of them at once and tell them in their order, or each alone, or say why not."""
        if not prepared:
            return
        try:
            numbered = await self._archive.record_all([it.record for it in prepared])
        except Exception as error:
            if isinstance(error, NotStored) and error.trouble is not None:
                for one in prepared:
                    one.slip.came = error
                    self._go_on_from_memory(one.record, one.after)
            elif len(prepared) == 1:
                if not isinstance(error, ArchiveError):
                    log.exception("a check could not be stored")
                prepared[0].slip.came = error
            else:
                # One of them cannot be stored: no reason to lose the others.
                for one in prepared:
                    await self._store([one])
        else:
            await self._tell(prepared, numbered)

    async def _tell(
        self, prepared: list[_Prepared], numbered: list[tuple[StateEvent, ...]]
    ) -> None:
        for number, (one, events) in enumerate(zip(prepared, numbered, strict=True), start=1):
            endpoint, health, check = one.after.endpoint, one.after.health, one.record.check
            self._monitors.put(one.after)
            self._bus.publish(check_completed(endpoint, check, health))
            for event in events:
                self._bus.publish(event)
            self._herald.go(one.record.alerts)
            one.slip.came = check
            if number % IN_A_ROW == 0:
                await asyncio.sleep(0)

    def _go_on_from_memory(self, record: Record, after: Monitored) -> None:
        """Judge on and give alarm though nothing can be stored; the check itself is not told."""
        self._monitors.put(after)
        if not (record.events or record.alerts):
            return
        self._archive.owe(record)
        for event in record.events:
            self._bus.publish(event)
        self._herald.go_unstored(record.alerts)

    def _incident_after(
        self, before: Monitored, check: Check, health: Health, transition: Transition | None
    ) -> Incident | None:
        """Return the incident that the check opened, counted into, closed, or left as it is."""
        if transition is not None and transition.opens_incident:
            return opened(str(uuid4()), before.endpoint.id, health, check.at_ms)
        if before.incident is None:
            return None
        if transition is not None and transition.recovers:
            leapt_ms = self._clock.leapt_ms(before.incident.started_at_ms)
            return resolved(before.incident, Resolution.RECOVERED, check.at_ms, leapt_ms)
        return counted(before.incident, health)


def _advance(
    before: Monitored, outcome: Outcome, at_ms: int, unseen: UnknownReason | None
) -> tuple[Health, Transition | None]:
    if not before.endpoint.is_active:
        # Asked for by hand while paused: the result is shown, the status stays UNKNOWN.
        return replace(before.health, last_checked_ms=at_ms), None
    if unseen is not None:
        return lose_sight(replace(before.health, last_checked_ms=at_ms), unseen, at_ms)
    return advance(before.health, outcome, before.endpoint.policy, at_ms)

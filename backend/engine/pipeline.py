"""record(): judge, advance, store, publish. The walk of one check result.

Called by the scheduler's check tasks. Nothing is told, and nothing in memory moves, before the
archive has committed; but when the disk is full, alarms go out from memory. Knows no transport, no
schedule and no library of a prober.
"""

import asyncio
from dataclasses import dataclass, replace
from functools import partial
from typing import Final
from uuid import uuid4

import structlog

from backend.alerts.herald import SILENT, Herald
from backend.contract.vocabulary import Reason, Resolution, UnknownReason
from backend.domain.assertions import Check, Failed, Outcome, check_of
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health, Transition, advance, lose_sight
from backend.domain.incident import Incident, counted, opened, resolved
from backend.domain.reply import Prober
from backend.engine.bus import Bus
from backend.engine.certificates import Certificates
from backend.engine.clock import Clock
from backend.engine.evidence import of_first_failure
from backend.engine.judging import Attempt, Bench, Excuse, Network
from backend.engine.monitors import Monitors, Ticket
from backend.engine.sleep import Bedtime
from backend.engine.telling import check_completed, consequences
from backend.storage.archive import Archive, Monitored, Record
from backend.storage.errors import ArchiveError, NotStored

SLEPT_MS: Final = 1000
"""A check during which this computer slept as long is void."""

LATE_MS: Final = 2000
"""A prober has its answer at the deadline; if it comes so much later, it was us who were late."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Void:
    """Nothing is recorded: meanwhile the endpoint was changed, paused or deleted, or this computer
    went to sleep."""


@dataclass(frozen=True, slots=True)
class Unstored:
    """The archive could not keep the result: it is not told."""

    error: ArchiveError


Recorded = Check | Void | Unstored


class Pipeline:
    """Takes one endpoint through one check."""

    def __init__(
        self,
        *,
        prober: Prober,
        archive: Archive,
        bus: Bus,
        clock: Clock,
        monitors: Monitors,
        lock: asyncio.Lock,
        herald: Herald = SILENT,
        network: Network | None = None,
        certificates: Certificates | None = None,
        bedtime: Bedtime | None = None,
    ) -> None:
        """Put the stations together.

        Args:
            lock: shared with the commands, so that the order of publishing is that of ``seq``.
            herald: knows which channels are to be told.
            network: knows whether this computer itself is online; ``None``: it always is.
            certificates: remembers until when those that were seen are valid.
            bedtime: knows when the system said that it is about to sleep; ``None``: it never does.
        """
        self._bench = Bench(prober)
        self._archive = archive
        self._bus = bus
        self._clock = clock
        self._monitors = monitors
        self._lock = lock
        self._herald = herald
        self._network = network
        self._certificates = certificates
        self._bedtime = Bedtime() if bedtime is None else bedtime

    async def check(self, endpoint_id: str) -> Recorded:
        """Ask an endpoint once and record what came of it. Raises nothing."""
        ticket = self._monitors.ticket(endpoint_id)
        if ticket is None:
            return Void()
        began_ms, asleep_ms = self._clock.monotonic_ms(), self._clock.asleep_ms()
        bedtimes = self._bedtime.times
        note = partial(self._note, ticket.endpoint)
        outcome = (await self._bench.try_once(ticket.endpoint, note))[0].outcome
        slept = self._clock.asleep_ms() - asleep_ms >= SLEPT_MS
        if slept or self._bedtime.times != bedtimes:
            return Void()
        try:
            excuse = await self._excuse(ticket.endpoint, outcome, began_ms)
            if excuse is None:
                recorded = await self.record(ticket, outcome)
            else:
                ours = Failed(Reason.OURS, excuse.words)
                recorded = await self.record(ticket, ours, excuse.unseen)
        except ArchiveError as error:
            if isinstance(error, NotStored) and error.trouble is None:
                log.error("a result cannot be stored", endpoint=endpoint_id, cause=str(error))
            return Unstored(error)
        except Exception as error:
            # One endpoint's trouble must not end the scheduler that owns all the others' checks.
            log.exception("a result could not be recorded", endpoint=endpoint_id)
            return Unstored(NotStored(f"internal error: {type(error).__name__}"))
        return recorded

    async def record(
        self, ticket: Ticket, outcome: Outcome, unseen: UnknownReason | None = None
    ) -> Check | Void:
        """Advance, store, publish.

        Args:
            ticket: whose check it was.
            outcome: how it went.
            unseen: why the endpoint cannot be judged now, if so: its status becomes UNKNOWN.

        Raises:
            ArchiveError: it was not stored, so nothing happened.
        """
        async with self._lock:
            before = self._monitors.admit(ticket)
            if before is None:
                return Void()
            at_ms = max(self._clock.wall_ms(), (before.health.last_checked_ms or 0) + 1)
            check = check_of(before.endpoint.id, outcome, at_ms)
            health, transition = _advance(before, outcome, at_ms, unseen)
            incident = self._incident_after(before, check, health, transition)
            endpoint = before.endpoint
            address = None if self._network is None else self._network.address_of(endpoint)
            events = (
                consequences(endpoint, check, transition, incident, unseen, address=address)
                if transition
                else ()
            )
            alerts = self._herald.of_check(
                endpoint, before.health, health, transition, incident, address=address
            )
            evidence = of_first_failure(endpoint, check, health, outcome)
            record = Record(check, health, incident, events, alerts, evidence)
            still_open = incident if incident and incident.resolved_at_ms is None else None
            after = Monitored(endpoint, health, still_open)
            try:
                numbered = await self._archive.record(record)
            except NotStored as error:
                if error.trouble is not None:
                    self._go_on_from_memory(record, after)
                raise
            self._monitors.put(after)
            self._bus.publish(check_completed(endpoint, check, health))
            for event in numbered:
                self._bus.publish(event)
            self._herald.go(alerts)
            return check

    def _go_on_from_memory(self, record: Record, after: Monitored) -> None:
        """Judge on and give alarm though nothing can be stored; the check itself is not told."""
        self._monitors.put(after)
        if not (record.events or record.alerts):
            return
        self._archive.owe(record)
        for event in record.events:
            self._bus.publish(event)
        self._herald.go_unstored(record.alerts)

    def _note(self, endpoint: Endpoint, attempt: Attempt) -> None:
        if self._network is not None:
            self._network.note(endpoint, attempt)
        if self._certificates is not None:
            self._certificates.note(endpoint, attempt)

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

    async def _excuse(self, endpoint: Endpoint, outcome: Outcome, began_ms: float) -> Excuse | None:
        """Return why what came is not the target's, if it is not."""
        late_ms = self._clock.monotonic_ms() - began_ms - endpoint.policy.timeout_ms
        timed_out = isinstance(outcome, Failed) and outcome.reason is Reason.NETWORK
        if timed_out and late_ms >= LATE_MS:
            return Excuse("This computer was asleep or too busy")
        if self._network is None:
            return None
        return await self._network.excuse(endpoint, outcome, began_ms)


def _advance(
    before: Monitored, outcome: Outcome, at_ms: int, unseen: UnknownReason | None
) -> tuple[Health, Transition | None]:
    if not before.endpoint.is_active:
        # Asked for by hand while paused: the result is shown, the status stays UNKNOWN.
        return replace(before.health, last_checked_ms=at_ms), None
    if unseen is not None:
        return lose_sight(replace(before.health, last_checked_ms=at_ms), unseen, at_ms)
    return advance(before.health, outcome, before.endpoint.policy, at_ms)

"""check(): ask, judge, and have recorded what came of it. The walk of one check result.

Called by the scheduler's check tasks. The recorder advances, stores and publishes: nothing is told,
and nothing in memory moves, before the archive has committed; but when the disk is full, alarms go
out from memory. Knows no transport, no schedule and no library of a prober.
"""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog

from backend.alerts.herald import SILENT, Herald
from backend.contract.vocabulary import Reason, UnknownReason
from backend.domain.assertions import Check, Failed, Outcome
from backend.domain.endpoint import Endpoint
from backend.domain.reply import Prober
from backend.engine.bus import Bus
from backend.engine.certificates import Certificates
from backend.engine.clock import Clock
from backend.engine.judging import Attempt, Bench, Excuse, Network
from backend.engine.monitors import Monitors, Ticket
from backend.engine.recorder import Recorder, Void
from backend.engine.sleep import Bedtime
from backend.storage.archive import Archive
from backend.storage.errors import ArchiveError, NotStored

SLEPT_MS: Final = 1000
"""A check during which this computer slept as long is void."""

LATE_MS: Final = 2000
"""A prober has its answer at the deadline; if it comes so much later, it was us who were late."""

log = structlog.stdlib.get_logger(__name__)


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
        self._recorder = Recorder(
            archive=archive,
            bus=bus,
            clock=clock,
            monitors=monitors,
            lock=lock,
            herald=herald,
            network=network,
        )
        self._clock = clock
        self._monitors = monitors
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
        return await self._recorder.record(ticket, outcome, unseen)

    def _note(self, endpoint: Endpoint, attempt: Attempt) -> None:
        if self._network is not None:
            self._network.note(endpoint, attempt)
        if self._certificates is not None:
            self._certificates.note(endpoint, attempt)

    async def _excuse(self, endpoint: Endpoint, outcome: Outcome, began_ms: float) -> Excuse | None:
        """Return why what came is not the target's, if it is not."""
        late_ms = self._clock.monotonic_ms() - began_ms - endpoint.policy.timeout_ms
        timed_out = isinstance(outcome, Failed) and outcome.reason is Reason.NETWORK
        if timed_out and late_ms >= LATE_MS:
            return Excuse("This computer was asleep or too busy")
        if self._network is None:
            return None
        return await self._network.excuse(endpoint, outcome, began_ms)

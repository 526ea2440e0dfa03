"""The outbox while nothing can be stored: alarms wait and are delivered from memory.

Stands between the rounds and their archive. What cannot be stored is remembered here and laid over
what the archive says, which owes it in the same order; once that is paid, the archive says it all
and this is empty again. Reminders wait until then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from backend.contract.events import StateEvent
from backend.contract.vocabulary import DeliveryState, Status
from backend.domain.alert_plan import Desk, Pending, Settled
from backend.domain.alerting import OutboxEntry
from backend.storage.alert_archive import AlertArchive
from backend.storage.errors import NotStored


@dataclass(slots=True)
class _Overlay:
    """What one channel's desk is to be read with."""

    entries: dict[str, Pending] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    told: dict[str, Status] = field(default_factory=dict)
    told_at_ms: dict[tuple[str, Status], int] = field(default_factory=dict)
    last_try_ms: int | None = None
    held_until_ms: int | None = None


class Reserve:
    """An outbox that never fails for want of a disk."""

    def __init__(self, archive: AlertArchive) -> None:
        self._archive = archive
        self._overlays: dict[str, _Overlay] = {}

    def take(self, entries: Iterable[OutboxEntry]) -> None:
        """Have alerts delivered that could not be stored; the archive owes them already."""
        for entry in entries:
            self._overlay(entry.channel_id).entries.setdefault(entry.id, Pending(entry))

    def forget(self) -> None:
        """Leave it to the archive again: all that was owed is stored."""
        self._overlays.clear()

    async def desk(self, channel_id: str, now_ms: int) -> Desk:
        """Return all that the plan of a channel depends on."""
        known = self._overlays.get(channel_id)
        about = (
            [] if known is None else [it.entry.notice.endpoint_id for it in known.entries.values()]
        )
        desk = await self._archive.desk(channel_id, now_ms, about)
        overlay = self._overlays.get(channel_id)
        return desk if overlay is None else _laid_over(desk, overlay)

    async def append(self, entries: Sequence[OutboxEntry]) -> None:
        """Keep alerts that follow from time alone: reminders."""
        await self._archive.append(entries)

    async def begin(self, batch: Sequence[Pending], now_ms: int) -> None:
        """Note that a delivery begins."""
        ids = [it.entry.id for it in batch]
        try:
            await self._archive.begin(ids, now_ms)
        except NotStored as error:
            _require_debt(error)
            for it in batch:
                overlay = self._overlay(it.entry.channel_id)
                overlay.last_try_ms = now_ms
                overlay.entries[it.entry.id] = replace(
                    it,
                    attempts=it.attempts + 1,
                    first_try_ms=it.first_try_ms or now_ms,
                    next_try_ms=None,
                )

    async def delivered(
        self, batch: Sequence[Pending], now_ms: int, events: Sequence[StateEvent]
    ) -> tuple[StateEvent, ...]:
        """Note that alerts arrived; return what tells it, numbered as far as it is stored."""
        ids = [it.entry.id for it in batch]
        try:
            return await self._archive.delivered(ids, now_ms, events)
        except NotStored as error:
            _require_debt(error)
            for it in batch:
                notice, overlay = it.entry.notice, self._overlay(it.entry.channel_id)
                overlay.settled.add(it.entry.id)
                overlay.told[notice.endpoint_id] = notice.status
                overlay.told_at_ms[notice.endpoint_id, notice.status] = now_ms
            return ()

    async def postpone(
        self,
        batch: Sequence[Pending],
        *,
        next_try_ms: int,
        held_until_ms: int | None,
        error: str,
        reached: Sequence[str],
        events: Sequence[StateEvent],
    ) -> tuple[StateEvent, ...]:
        """Note that a delivery failed; return what tells it, numbered as far as it is stored."""
        ids, channel_id = [it.entry.id for it in batch], batch[0].entry.channel_id
        try:
            return await self._archive.postpone(
                channel_id,
                ids,
                next_try_ms=next_try_ms,
                held_until_ms=held_until_ms,
                error=error,
                reached=reached,
                events=events,
            )
        except NotStored as trouble:
            _require_debt(trouble)
            overlay = self._overlay(channel_id)
            overlay.held_until_ms = held_until_ms
            for it in batch:
                tried = overlay.entries.get(it.entry.id, it)
                overlay.entries[it.entry.id] = replace(
                    tried, next_try_ms=next_try_ms, reached=tuple(reached)
                )
            return ()

    async def settle(
        self, settled: Sequence[Settled], now_ms: int, events: Sequence[StateEvent]
    ) -> tuple[StateEvent, ...]:
        """Note what is not going to be sent; return what tells it, numbered if it is stored."""
        try:
            return await self._archive.settle(settled, now_ms, events)
        except NotStored as error:
            _require_debt(error)
            for it in settled:
                overlay = self._overlay(it.pending.entry.channel_id)
                overlay.settled.add(it.pending.entry.id)
                if it.state is DeliveryState.MERGED:
                    notice = it.pending.entry.notice
                    overlay.told[notice.endpoint_id] = notice.status
            return ()

    def _overlay(self, channel_id: str) -> _Overlay:
        return self._overlays.setdefault(channel_id, _Overlay())


def _require_debt(error: NotStored) -> None:
    """Go on where the archive owes it; else it was no matter of the disk."""
    if error.trouble is None:
        raise error


def _laid_over(desk: Desk, overlay: _Overlay) -> Desk:
    """Return a desk as it would be, had everything been stored."""
    stored = {it.entry.id for it in desk.pending}
    pending = [
        overlay.entries.get(it.entry.id, it)
        for it in desk.pending
        if it.entry.id not in overlay.settled
    ]
    pending += [
        it
        for it in overlay.entries.values()
        if it.entry.id not in stored and it.entry.id not in overlay.settled
    ]
    tries = [at for at in (desk.last_try_ms, overlay.last_try_ms) if at is not None]
    return replace(
        desk,
        pending=tuple(pending),
        told={**desk.told, **overlay.told},
        told_at_ms={**desk.told_at_ms, **overlay.told_at_ms},
        open_alerts=(),
        last_try_ms=max(tries, default=None),
        held_until_ms=overlay.held_until_ms or desk.held_until_ms,
    )

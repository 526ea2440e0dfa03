"""The part of the archive that alerts use: channels, and what came of each delivery.

Called by the messengers and the API. Every method is one transaction on the archive's worker and
raises :class:`ArchiveError` when it cannot be done; what came of a delivery is owed then, if it is
for want of a disk. The outbox is filled elsewhere: by the archive,
within the transaction that changes the state.
"""

import json
from collections.abc import Sequence
from typing import Any

from peewee import SqliteDatabase

from backend.contract.alerts import DeliveryView
from backend.contract.events import StateEvent
from backend.contract.resources import Page, PageMeta
from backend.contract.vocabulary import AlertKind, DeliveryState, Status
from backend.contract.wire import instant
from backend.domain.alert_plan import Desk, Settled
from backend.domain.alerting import Channel, OutboxEntry
from backend.storage import channels, event_log, outbox
from backend.storage.errors import NotStored
from backend.storage.worker import Transaction
from backend.storage.writing import Debt, Writing


class AlertArchive:
    """Channels and outbox, behind the archive's one thread."""

    def __init__(self, writing: Writing) -> None:
        self._read: Transaction = writing.read
        self._write: Transaction = writing.write
        self._owe = writing.owe

    async def channels(self) -> list[Channel]:
        """Return all channels with their secrets, oldest first."""
        return await self._read(channels.every)

    async def secrets_in_use(self) -> frozenset[str]:
        """Return the names of the secrets that channels and endpoints, deleted ones too, have."""
        return await self._read(channels.secrets_in_use)

    async def add_channel(self, channel: Channel) -> None:
        """Keep a new channel."""
        await self._write(lambda db: channels.insert(db, channel))

    async def change_channel(self, channel: Channel) -> None:
        """Keep a channel's new values."""
        await self._write(lambda db: channels.update(db, channel))

    async def delete_channel(self, channel_id: str, at_ms: int) -> None:
        """Remove a channel; what it was still to be told is dropped."""
        await self._write(lambda db: channels.delete(db, channel_id, at_ms))

    async def desk(self, channel_id: str, now_ms: int, about: Sequence[str] = ()) -> Desk:
        """Return all that the plan of a channel depends on.

        Args:
            channel_id: whose.
            now_ms: the present, Unix milliseconds.
            about: endpoints of which alerts wait elsewhere.
        """
        return await self._read(lambda db: outbox.desk(db, channel_id, now_ms, about))

    async def append(self, entries: Sequence[OutboxEntry]) -> None:
        """Keep alerts that follow from time alone: reminders."""
        await self._write(lambda db: outbox.append(db, entries))

    async def begin(self, ids: Sequence[str], now_ms: int) -> None:
        """Note that a delivery begins."""

        def job(db: SqliteDatabase) -> tuple[StateEvent, ...]:
            outbox.begin(db, ids, now_ms)
            return ()

        await self._write_or_owe(job)

    async def delivered(
        self, ids: Sequence[str], now_ms: int, events: Sequence[StateEvent]
    ) -> tuple[StateEvent, ...]:
        """Note that alerts arrived; return what tells it, numbered."""

        def job(db: SqliteDatabase) -> tuple[StateEvent, ...]:
            outbox.settle(db, ids, DeliveryState.DELIVERED, now_ms, None)
            return event_log.append(db, events)

        return await self._write_or_owe(job)

    async def postpone(
        self,
        channel_id: str,
        ids: Sequence[str],
        *,
        next_try_ms: int,
        held_until_ms: int | None,
        error: str,
        reached: Sequence[str],
        events: Sequence[StateEvent],
    ) -> tuple[StateEvent, ...]:
        """Note that a delivery failed; return what tells it, numbered.

        Args:
            channel_id: whose.
            ids: the alerts it was to carry.
            next_try_ms: when they are tried again.
            held_until_ms: before when the server wants to be left alone, if it said so.
            error: why, in plain words.
            reached: targets that have it already.
            events: not numbered yet.
        """

        def job(db: SqliteDatabase) -> tuple[StateEvent, ...]:
            outbox.postpone(db, ids, next_try_ms, error, reached)
            channels.hold(db, channel_id, held_until_ms)
            return event_log.append(db, events)

        return await self._write_or_owe(job)

    async def settle(
        self, settled: Sequence[Settled], now_ms: int, events: Sequence[StateEvent]
    ) -> tuple[StateEvent, ...]:
        """Note what is not going to be sent, and why; return what tells it, numbered."""

        def job(db: SqliteDatabase) -> tuple[StateEvent, ...]:
            for it in settled:
                outbox.settle(db, [it.pending.entry.id], it.state, now_ms, it.why)
            return event_log.append(db, events)

        return await self._write_or_owe(job)

    async def page_of_deliveries(
        self,
        *,
        channel_id: str | None,
        endpoint_id: str | None,
        state: DeliveryState | None,
        page: int,
        limit: int,
    ) -> Page[DeliveryView]:
        """Return one page of the log, newest first; ``None`` filters nothing."""
        rows, total = await self._read(
            lambda db: outbox.page(
                db,
                channel_id=channel_id,
                endpoint_id=endpoint_id,
                state=state,
                page=page,
                limit=limit,
            )
        )
        meta = PageMeta(total=total, page=page, limit=limit, total_pages=-(-total // limit))
        return Page[DeliveryView](data=tuple(_delivery(row) for row in rows), meta=meta)

    async def _write_or_owe(self, job: Debt) -> tuple[StateEvent, ...]:
        """Write what came of a delivery; on a full disk it is owed, since it did happen."""
        try:
            return await self._write(job)
        except NotStored as error:
            if error.trouble is not None:
                self._owe(job)
            raise

    async def thin(self, settled_before_ms: int) -> None:
        """Forget what was settled before a time."""
        await self._write(lambda db: outbox.thin(db, settled_before_ms))


def _delivery(row: dict[str, Any]) -> DeliveryView:
    settled_ms, next_try_ms = row["settled_ms"], row["next_try_ms"]
    return DeliveryView(
        id=row["id"],
        channel_id=row["channel_id"],
        channel_name=row["channel_name"],
        endpoint_id=row["endpoint_id"],
        endpoint_name=json.loads(row["notice"])["endpoint_name"],
        kind=AlertKind(row["kind"]),
        status=Status(row["status"]),
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        created_at=instant(row["at_ms"]),
        settled_at=None if settled_ms is None else instant(settled_ms),
        next_try_at=None if next_try_ms is None else instant(next_try_ms),
        error=row["error"],
    )

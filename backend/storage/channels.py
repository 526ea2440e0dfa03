"""Queries of notification channels. Called by the alerts' archive on the worker's thread."""

from peewee import SqliteDatabase

from backend.contract.secret_names import names_in
from backend.contract.vocabulary import DeliveryState
from backend.domain.alerting import Channel
from backend.storage.alert_tables import channel_of, channel_row, channels, outbox


def every(db: SqliteDatabase) -> list[Channel]:
    """Return all channels, oldest first."""
    query = channels.select(*_COLUMNS).order_by(channels.c.created_at_ms, channels.c.id)
    return [channel_of(row) for row in query.dicts().execute(db)]


def insert(db: SqliteDatabase, channel: Channel) -> None:
    """Keep a new channel."""
    channels.insert(**channel_row(channel)).execute(db)


def update(db: SqliteDatabase, channel: Channel) -> None:
    """Keep a channel's new values; whatever its server asked for holds no longer."""
    values = channel_row(channel) | {"held_until_ms": None}
    channels.update(**values).where(channels.c.id == channel.id).execute(db)


def delete(db: SqliteDatabase, channel_id: str, at_ms: int) -> None:
    """Remove a channel with its secrets, and let go what it was still to be told."""
    channels.delete().where(channels.c.id == channel_id).execute(db)
    outbox.update(
        state=DeliveryState.DROPPED.value,
        settled_ms=at_ms,
        next_try_ms=None,
        error="The channel was deleted",
    ).where(
        (outbox.c.channel_id == channel_id) & (outbox.c.state == DeliveryState.PENDING.value)
    ).execute(db)


def secrets_in_use(db: SqliteDatabase) -> frozenset[str]:
    """Return the names of the secrets that channels and endpoints, deleted ones too, refer to."""
    rows = db.execute_sql(
        "SELECT url || ' ' || coalesce(headers, '') || coalesce(body, '') FROM endpoints"
        " UNION ALL SELECT config FROM channels"
    )
    return frozenset[str]().union(*(names_in(row[0]) for row in rows))


def hold(db: SqliteDatabase, channel_id: str, until_ms: int | None) -> None:
    """Note until when a channel's server wants to be left alone; ``None`` for no longer."""
    channels.update(held_until_ms=until_ms).where(channels.c.id == channel_id).execute(db)


_COLUMNS = tuple(
    channels.c[name]
    for name in (
        "id",
        "name",
        "type",
        "config",
        "policy",
        "is_active",
        "created_at_ms",
        "updated_at_ms",
    )
)

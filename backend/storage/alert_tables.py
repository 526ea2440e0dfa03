"""The tables of alerts as queries name them, and their rows as domain values."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from peewee import Table

from backend.contract.alerts import CONFIGS, AlertPolicy, ChannelType, revealed
from backend.contract.vocabulary import AlertKind, DeliveryState, Resolution, Status
from backend.domain.alerting import Channel, Notice, OutboxEntry

Row = Mapping[str, Any]

channels = Table("channels")
outbox = Table("outbox")


def channel_row(channel: Channel) -> dict[str, object]:
    """Return the columns of a channel, its secrets included."""
    return {
        "id": channel.id,
        "name": channel.name,
        "type": channel.type.value,
        "config": json.dumps(revealed(channel.config)),
        "policy": channel.policy.model_dump_json(by_alias=True),
        "is_active": channel.is_active,
        "created_at_ms": channel.created_at_ms,
        "updated_at_ms": channel.updated_at_ms,
    }


def channel_of(row: Row) -> Channel:
    """Read a channel from a row with at least its columns."""
    kind = ChannelType(row["type"])
    return Channel(
        id=row["id"],
        name=row["name"],
        type=kind,
        config=CONFIGS[kind].model_validate_json(row["config"]),
        is_active=bool(row["is_active"]),
        policy=AlertPolicy.model_validate_json(row["policy"]),
        created_at_ms=row["created_at_ms"],
        updated_at_ms=row["updated_at_ms"],
    )


def entry_row(entry: OutboxEntry) -> dict[str, object]:
    """Return the columns of an alert that was not tried yet."""
    return {
        "id": entry.id,
        "channel_id": entry.channel_id,
        "channel_name": entry.channel_name,
        "endpoint_id": entry.notice.endpoint_id,
        "subject": entry.notice.subject,
        "kind": entry.notice.kind.value,
        "status": entry.notice.status.value,
        "at_ms": entry.notice.at_ms,
        "number": entry.number,
        "notice": json.dumps(asdict(entry.notice)),
        "state": DeliveryState.PENDING.value,
    }


def entry_of(row: Row) -> OutboxEntry:
    """Read an alert from a row with at least its columns."""
    values = json.loads(row["notice"])
    values["kind"] = AlertKind(values["kind"])
    values["status"] = Status(values["status"])
    values["previous"] = Status(values["previous"])
    values["tags"] = tuple(values["tags"])
    if values["resolution"] is not None:
        values["resolution"] = Resolution(values["resolution"])
    return OutboxEntry(row["channel_id"], row["channel_name"], Notice(**values), row["number"])

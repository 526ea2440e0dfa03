"""What routes take from the path and the query string, under its wire names."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query
from pydantic import AfterValidator

PathId = Annotated[UUID, Path(alias="id")]
"""The id in a path; anything but a UUID is a 400."""

PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
PageLimit = Annotated[int, Query(ge=1, le=100)]
ResultLimit = Annotated[int, Query(ge=1, le=1000)]


Days = Annotated[int, Query(ge=1, le=366)]


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC)
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise ValueError("must be a date between the years 1 and 9999 in UTC") from None


Moment = Annotated[datetime, AfterValidator(_in_utc)]
"""A time; without an offset it is meant in UTC."""


def unix_ms(at: datetime) -> int:
    """Return the Unix time in milliseconds."""
    return round(at.timestamp() * 1000)

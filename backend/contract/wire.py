"""How every message looks on the wire: camelCase keys, ISO 8601 UTC times, frozen values.

Used by the other modules of the contract only; knows no endpoint, event or command.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Final

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    JsonValue,
    PlainSerializer,
)
from pydantic.alias_generators import to_camel

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_REST: Final = tuple(f".{ms:03}Z" for ms in range(1000))


def instant(at_ms: int) -> datetime:
    """Return the UTC time of a Unix time in milliseconds."""
    return _EPOCH + timedelta(milliseconds=at_ms)


def unix_ms(at: datetime) -> int:
    """Return the Unix time of an aware moment, in whole milliseconds."""
    return round(at.timestamp() * 1000)


def format_instant(at: datetime) -> str:
    """Return ``at`` as the wire writes it: ``2025-10-16T12:00:00.000Z``."""
    since = (at if at.tzinfo is UTC else at.astimezone(UTC)) - _EPOCH
    return f"{_to_the_second(since.days, since.seconds)}{_REST[since.microseconds // 1000]}"


@lru_cache(maxsize=256)
def _to_the_second(days: int, seconds: int) -> str:
    # What is written in a row is mostly of the same seconds, and to write one takes a while.
    return (_EPOCH + timedelta(days, seconds)).isoformat()[:19]


Instant = Annotated[
    AwareDatetime,
    AfterValidator(lambda at: at.astimezone(UTC)),
    PlainSerializer(format_instant, return_type=str),
]
"""A moment in UTC, with milliseconds."""


class Message(BaseModel):
    """One frozen value of the wire; unknown keys are ignored, so newer peers may add some."""

    model_config = ConfigDict(
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        extra="ignore",
    )

    def to_wire(self) -> dict[str, JsonValue]:
        """Return the message as JSON-ready values under its wire names."""
        return self.model_dump(mode="json", by_alias=True)

    def to_text(self) -> str:
        """Return the message as JSON, as text."""
        try:
            return self.model_dump_json(by_alias=True)
        except ValueError:  # half a character, which only an escape can carry
            return json.dumps(self.to_wire())


@dataclass(frozen=True, slots=True)
class Written:
    """A message that is JSON already."""

    text: str


class Command(Message):
    """A request to change something: nothing unknown is accepted."""

    model_config = ConfigDict(extra="forbid")

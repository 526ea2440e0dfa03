"""What arrives over the line, read as the contract's values: events, bursts, answers, snapshots.

Used by the synchroniser. A snapshot is read in slices, so that the window answers meanwhile, and
never all of its checks at once: those of an endpoint are packed before those of the next one are
looked at. What a newer backend says and nobody here knows is passed over.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from pydantic import ValidationError

from app.services.subscriptions import CallError
from app.state.record import EndpointRecord, first_told
from backend.contract.events import Event, Missed, Resync, SyncAnswer, parse_event
from backend.contract.resources import EndpointState, Snapshot

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

_PART = 100
"""So many endpoints of a snapshot are taken at once."""

SLICE = 25
"""So many endpoints are read at once: about four milliseconds."""


async def read_snapshot(validate: Callable[[object], Answer], answer: object) -> Answer:
    """Return an answer as the contract's model, its snapshot's endpoints read in slices.

    Raises:
        ValidationError: it has not the contract's shape.
    """
    snapshot = answer.get("snapshot") if isinstance(answer, Mapping) else None
    told = snapshot.get("endpoints") if isinstance(snapshot, Mapping) else None
    if not isinstance(told, list) or len(told) <= SLICE:
        return validate(answer)
    states: list[EndpointState] = []
    for first in range(0, len(told), SLICE):
        states += [EndpointState.model_validate(each) for each in told[first : first + SLICE]]
        await asyncio.sleep(0)
    # What is a model already is taken as it is.
    return validate({**_items(answer), "snapshot": {**_items(snapshot), "endpoints": states}})


def _items(found: object) -> dict[str, object]:
    return dict(found) if isinstance(found, Mapping) else {}


def records_of(part: Snapshot) -> dict[str, EndpointRecord]:
    """Return the records of a part of a snapshot by endpoint, as where nothing was known of them.

    Raises:
        CallError: what was packed cannot be read.
    """
    try:
        return {state.endpoint.id: first_told(state) for state in part.endpoints}
    except ValidationError as error:
        raise CallError(f"the checks of a snapshot cannot be read: {error}") from error


def parts_of(snapshot: Snapshot) -> Iterator[Snapshot]:
    """Yield a snapshot in parts of few milliseconds each; the first has the incidents."""
    for first in range(0, max(1, len(snapshot.endpoints)), _PART):
        few = {"endpoints": snapshot.endpoints[first : first + _PART]}
        yield snapshot.model_copy(update=few if first == 0 else few | {"incidents": ()})


async def read_answer(answer: object) -> Missed | Resync:
    """Read the answer to ``sync``.

    Raises:
        CallError: it has not the contract's shape.
    """
    try:
        return await read_snapshot(SyncAnswer.validate_python, answer)
    except ValidationError as error:
        raise CallError(f"the answer to sync cannot be read: {error}") from error


def listed(data: object) -> list[object]:
    """Return the checks of a burst, none where it is no list."""
    return data if isinstance(data, list) else []


def parsed(name: str, data: object) -> Event | None:
    """Read an event; one of a newer backend is none, one without the contract's shape neither."""
    try:
        return parse_event(name, data)
    except KeyError:
        return None  # ``connected``, or of a newer backend
    except ValidationError as error:
        log.warning("the event %s has not the contract's shape: %s", name, error)
        return None

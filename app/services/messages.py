"""What arrives over the line, read as the contract's values: events, bursts, answers, snapshots.

The synchroniser calls it. What a newer backend says and nobody here knows is passed over.
"""

import logging
from collections.abc import Iterator

from pydantic import ValidationError

from app.services.feed import read_snapshot
from app.services.subscriptions import CallError
from backend.contract.events import Event, Missed, Resync, SyncAnswer, parse_event
from backend.contract.resources import Snapshot

_PART = 100
"""So many endpoints of a snapshot are taken at once."""

log = logging.getLogger(__name__)


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


def parts(snapshot: Snapshot) -> Iterator[Snapshot]:
    """Yield a snapshot in parts of few milliseconds each; the first has the incidents."""
    for first in range(0, max(1, len(snapshot.endpoints)), _PART):
        few = {"endpoints": snapshot.endpoints[first : first + _PART]}
        yield snapshot.model_copy(update=few if first == 0 else few | {"incidents": ()})

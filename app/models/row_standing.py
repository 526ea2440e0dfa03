"""Where an endpoint's row stands among the others, and by which words it is found.

The endpoint table asks for every row at each letter that is typed, so what is known of one is
kept: its words seldom change, although the store has a new record of it with every check.
"""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from app.state.record import EndpointRecord
from backend.contract.resources import EndpointView
from backend.contract.vocabulary import Status

_RANK = {Status.DOWN: 0, Status.DEGRADED: 1, Status.UNKNOWN: 2, Status.UP: 3}
_PAUSED_RANK = 4


class SortKey(NamedTuple):
    """Where a row stands: worst first, then by name."""

    rank: int
    name: str
    endpoint_id: str


class _Words(NamedTuple):
    name: str
    url: str
    tags: tuple[str, ...]


class Standing(NamedTuple):
    """What is known of a row.

    It holds no record: the store has another one with every check, and the old one, with its view
    and its ring, would live on here.

    Attributes:
        sort_key: Where it stands.
        text: Name, URL and tags, folded for both cases.
        words: Those as the endpoint has them.
    """

    sort_key: SortKey
    text: str
    words: "_Words"


class Standings:
    """The standing of every endpoint that was asked for, and their order."""

    def __init__(self) -> None:
        self._held: dict[str, Standing] = {}
        self._order: list[Standing] = []
        self._is_settled = False

    def of(self, record: EndpointRecord) -> Standing:
        """Return an endpoint's standing now."""
        held = self._held.get(record.view.id)
        now = standing(record, held)
        if now is not held:
            self._held[record.view.id] = now
        return now

    def unsettle(self) -> None:
        """Hear that some endpoints came, went or stand elsewhere."""
        self._is_settled = False

    def in_order(self, records: Mapping[str, EndpointRecord]) -> Sequence[Standing]:
        """Return all endpoints, worst first; they are looked at only if something unsettled them.

        Args:
            records: Every endpoint by id.
        """
        if not self._is_settled:
            # In the last known order, for what is nearly sorted is sorted in no time.
            before = (each.sort_key.endpoint_id for each in self._order)
            known = dict.fromkeys(key for key in before if key in records)
            found = map(records.__getitem__, known | dict.fromkeys(records))
            self._order = sorted(map(self.of, found), key=attrgetter("sort_key"))
            self.forget(self._held.keys() - records.keys())
            self._is_settled = True
        return self._order

    def forget(self, keys: Iterable[str]) -> None:
        """Drop endpoints that are gone."""
        for key in keys:
            self._held.pop(key, None)


def standing(record: EndpointRecord, before: Standing | None = None) -> Standing:
    """Return the standing of an endpoint; what ``before`` has and still holds is taken over."""
    view = record.view
    rank = _RANK[view.current_status] if view.is_active else _PAUSED_RANK
    if before is not None and _says_the_same(before.words, view):
        held = before.sort_key
        if held.rank == rank:
            return before
        return before._replace(sort_key=held._replace(rank=rank))
    text = "\n".join((view.name, view.url, *view.tags)).casefold()
    words = _Words(view.name, view.url, view.tags)
    return Standing(SortKey(rank, view.name.casefold(), view.id), text, words)


def _says_the_same(words: _Words, view: EndpointView) -> bool:
    """Whether a view has these words; mostly the very same, else as a snapshot told them again."""
    return words == (view.name, view.url, view.tags)

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


class Standing(NamedTuple):
    """What is known of a row.

    Attributes:
        record: What it was made of.
        sort_key: Where it stands.
        text: Name, URL and tags, folded for both cases.
    """

    record: EndpointRecord
    sort_key: SortKey
    text: str


class Standings:
    """The standing of every endpoint that was asked for, and their order."""

    def __init__(self) -> None:
        self._held: dict[str, Standing] = {}
        self._order: list[Standing] = []
        self._is_settled = False

    def of(self, record: EndpointRecord) -> Standing:
        """Return an endpoint's standing now."""
        held = self._held.get(record.view.id)
        if held is not None and held.record is record:
            return held
        made = self._held[record.view.id] = standing(record, held)
        return made

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
    if before is not None and _says_the_same(before.record.view, view):
        held = before.sort_key
        return Standing(
            record, held if held.rank == rank else held._replace(rank=rank), before.text
        )
    text = "\n".join((view.name, view.url, *view.tags)).casefold()
    return Standing(record, SortKey(rank, view.name.casefold(), view.id), text)


def _says_the_same(one: EndpointView, other: EndpointView) -> bool:
    """Whether two views have the same words; the store hands them on while nobody edits them."""
    return one.name is other.name and one.url is other.url and one.tags is other.tags

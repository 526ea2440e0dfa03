"""The whole in a few numbers: what the cards, the tray and the window's title say.

Built from the store's running totals; presenters call it after a change.
"""

import heapq
from dataclasses import dataclass

from app.state.store import Store
from backend.contract.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Summary:
    """How all endpoints stand together.

    Attributes:
        up, down, degraded, unknown: active endpoints at each status.
        paused: endpoints that are not checked, by the user's wish.
        total: all endpoints, paused ones included.
        active_incidents: incidents that are open.
        uptime_24h: successes per checks of the last 24 h over all endpoints, in percent.
        down_names, slow_names: the names of those DOWN and DEGRADED, in alphabetical order,
            the first two of each.
        worst: the status that matters most; ``None`` when there is no active endpoint.
    """

    up: int
    down: int
    degraded: int
    unknown: int
    paused: int
    total: int
    active_incidents: int
    uptime_24h: float | None
    down_names: tuple[str, ...]
    slow_names: tuple[str, ...]
    worst: Status | None


def summarize(store: Store) -> Summary:
    """Return the summary of what the store holds now."""
    tally = store.tally
    return Summary(
        up=tally.active[Status.UP],
        down=tally.active[Status.DOWN],
        degraded=tally.active[Status.DEGRADED],
        unknown=tally.active[Status.UNKNOWN],
        paused=tally.paused,
        total=len(store.records),
        active_incidents=store.open_incidents,
        uptime_24h=tally.uptime_24h,
        down_names=_names(store, tally.down),
        slow_names=_names(store, tally.slow),
        worst=tally.worst,
    )


_NAMED = 2


def _names(store: Store, ids: set[str]) -> tuple[str, ...]:
    names = (store.records[key].view.name for key in ids)
    return tuple(heapq.nsmallest(_NAMED, names, key=str.casefold))

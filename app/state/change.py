"""What the store altered: ids and parts, no values.

Returned by every call of the store, merged by the bridge to the screen's frame rate, read by
models to repaint no more than is needed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Flag, auto
from types import MappingProxyType


class Part(Flag):
    """Parts of one endpoint's record."""

    SETTINGS = auto()
    """Name, URL, interval, pause, tags and whatever else the user set."""
    STATUS = auto()
    """The status and since when."""
    VALUES = auto()
    """Last response time, last check, failures in a row, last error."""
    CHECKS = auto()
    """The ring of recent checks."""
    STATISTICS = auto()
    """Uptime, number of checks and mean response time of the last 24 h."""
    INCIDENT = auto()
    """The open incident."""


NO_PART = Part(0)
ALL_PARTS = ~NO_PART
_NONE: Mapping[str, Part] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from before. An id is in one of added, removed and changed at most.

    Attributes:
        added: endpoints that are new.
        removed: endpoints that are gone.
        changed: endpoints that stay, each with the parts that differ.
        incidents_added, incidents_changed, incidents_removed: the same for incidents.
        network: this computer went offline or came back.
        everything: the store was filled anew from another database; models should reset.
    """

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    changed: Mapping[str, Part] = field(default_factory=lambda: _NONE)
    incidents_added: frozenset[str] = frozenset()
    incidents_changed: frozenset[str] = frozenset()
    incidents_removed: frozenset[str] = frozenset()
    everything: bool = False
    network: bool = False

    def __bool__(self) -> bool:
        return bool(
            self.everything
            or self.network
            or self.changed
            or self.added
            or self.removed
            or self.touches_incidents
        )

    def __or__(self, later: "Change") -> "Change":
        return Change.merged((self, later)) if later else self

    @property
    def touches_incidents(self) -> bool:
        """Whether the list of incidents differs."""
        return bool(self.incidents_added or self.incidents_changed or self.incidents_removed)

    def parts(self) -> Part:
        """Return all parts that differ in any endpoint that stays."""
        together = seen = NO_PART
        for part in self.changed.values():
            # A storm of checks alters the same parts of each: one comparison in place of an "or".
            if part is not seen:
                together, seen = together | part, part
        return together

    def by_parts(self) -> dict[Part, list[str]]:
        """Return who changed by what changed: a thousand checks alter the same parts of each."""
        found: dict[Part, list[str]] = {}
        for key, parts in self.changed.items():
            found.setdefault(parts, []).append(key)
        return found

    @staticmethod
    def merged(changes: Iterable["Change"]) -> "Change":
        """Return several changes, in their order, as one; linear in their size."""
        endpoints, incidents = _Ledger(), _Ledger()
        everything = network = False
        for change in changes:
            everything = everything or change.everything
            network = network or change.network
            endpoints.take(change.added, change.removed, change.changed)
            if change.touches_incidents:
                altered = dict.fromkeys(change.incidents_changed, ALL_PARTS)
                incidents.take(change.incidents_added, change.incidents_removed, altered)
        return Change(
            frozenset(endpoints.added),
            frozenset(endpoints.removed),
            endpoints.changed,
            frozenset(incidents.added),
            frozenset(incidents.changed),
            frozenset(incidents.removed),
            everything,
            network,
        )


NOTHING = Change()
"""The change that changes nothing."""


class _Ledger:
    """Adds up what happened to a set of ids, one change after the other."""

    def __init__(self) -> None:
        self.added: set[str] = set()
        self.removed: set[str] = set()
        self.changed: dict[str, Part] = {}

    def take(
        self, added: frozenset[str], removed: frozenset[str], changed: Mapping[str, Part]
    ) -> None:
        for key in removed:
            self.changed.pop(key, None)
            if key in self.added:
                self.added.discard(key)
            else:
                self.removed.add(key)
        for key in added:
            if key in self.removed:
                self.removed.discard(key)
                self.changed[key] = ALL_PARTS
            else:
                self.added.add(key)
        for key, parts in changed.items():
            if key not in self.added:
                held = self.changed.get(key, parts)
                self.changed[key] = parts if held is parts else held | parts

"""How endpoints compare: the contract's stability score, and the ranks that follow from it.

score = 100 x (0.6 x uptime + 0.3 x (1 - mean response time) + 0.1 x (1 - incidents)), each part
0 to 1: response time and incidents as a share of the largest among those compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_UPTIME: Final = 60
_QUICKNESS: Final = 30
_CALM: Final = 10


@dataclass(frozen=True, slots=True)
class Contestant:
    """What an endpoint is compared by. ``None`` where nothing was observed."""

    name: str
    uptime_percent: float | None
    mean_ms: float | None
    incidents: int


def scores(contestants: Sequence[Contestant]) -> list[float | None]:
    """Return the score of each, 0 to 100; ``None`` for one that was not observed."""
    slowest_ms = max((it.mean_ms or 0.0 for it in contestants), default=0.0)
    most = max((it.incidents for it in contestants), default=0)

    def score(it: Contestant) -> float | None:
        if it.uptime_percent is None:
            return None
        # One that never answered is as slow as can be.
        slowness = 1.0 if it.mean_ms is None else _share(it.mean_ms, slowest_ms)
        trouble = _share(it.incidents, most)
        of_uptime = _UPTIME * it.uptime_percent / 100
        return of_uptime + _QUICKNESS * (1 - slowness) + _CALM * (1 - trouble)

    return [score(it) for it in contestants]


def ranking(contestants: Sequence[Contestant], of: Sequence[float | None]) -> list[int]:
    """Return the indices of all, best first; the unobserved come last, equals by name."""
    return sorted(
        range(len(contestants)),
        key=lambda index: (-_or_least(of[index]), contestants[index].name.casefold(), index),
    )


def _share(value: float, largest: float) -> float:
    return value / largest if largest > 0 else 0.0


def _or_least(score: float | None) -> float:
    return -1.0 if score is None else score

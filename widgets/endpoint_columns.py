"""The columns of the endpoint table: what they are, and how the width is shared out.

The endpoint view calls it whenever its width changes.
"""

from widgets import headings, heartbeat_strip, uptime_bars
from widgets.column_heads import Columns
from widgets.endpoint_delegate import EDGE
from widgets.roles import Column

_FIXED = {Column.STATUS: 112, Column.LATENCY: 92, Column.UPTIME: 98}
_SHORT_NAME, _LEAST_NAME = 100, 150
_GOOD_NAME = 210
_DAYS = uptime_bars.CELL_WIDTH + 2 * EDGE
_NUMBERS = frozenset({Column.LATENCY, Column.UPTIME})


def widths(room: int, scale: float = 1.0) -> dict[int, int]:
    """Return the width of each column there is room for.

    A narrow table goes without the days first, then shortens the strip, then leaves the uptime
    and at last the strip out: the name, which gets what the others leave, is worth more.

    Args:
        room: The table's width in pixels.
        scale: How large text is; 1 is its usual size.
    """
    shared = _widths(round(room / scale))
    enlarged: dict[int, int] = {column: round(width * scale) for column, width in shared.items()}
    enlarged[Column.ENDPOINT] += room - sum(enlarged.values())
    return enlarged


def _widths(room: int) -> dict[Column, int]:
    strip, with_days, with_uptime = _share_out(room - sum(_FIXED.values()) - EDGE)
    shared = {**_FIXED, Column.HEARTBEATS: strip + EDGE}
    if with_days:
        shared[Column.DAYS] = _DAYS
    if not with_uptime:
        del shared[Column.UPTIME]
    if room - sum(shared.values()) < _SHORT_NAME:
        del shared[Column.HEARTBEATS]
    shared[Column.ENDPOINT] = max(60, room - sum(shared.values()))
    return shared


def _share_out(room: int) -> tuple[int, bool, bool]:
    """Return the strip's width, and whether there is room for the days and for the uptime."""
    wide, narrow = heartbeat_strip.WIDE, heartbeat_strip.NARROW
    for strip, with_days, least in (
        (wide, True, _GOOD_NAME),
        (narrow, True, _GOOD_NAME),
        (wide, False, _GOOD_NAME),
        (narrow, False, _LEAST_NAME),
    ):
        if room - strip - (_DAYS if with_days else 0) >= least:
            return strip, with_days, True
    return narrow // 2, False, room - narrow // 2 >= _LEAST_NAME


def _word(column: int) -> str:
    return headings.column_word(Column(column))


def _pads(column: int) -> tuple[int, int]:
    if column == Column.DAYS:
        return EDGE, 0
    right = EDGE if column in _NUMBERS else 0
    return (EDGE if column == Column.STATUS else 0), right


COLUMNS = Columns(
    Column,
    _word,
    _pads,
    Column.ENDPOINT,
    aligned_right=_NUMBERS,
    painted={*_NUMBERS, Column.STATUS, Column.DAYS},
    is_sortable=True,
    comes_sorted=True,
)

"""What a screen reader calls the parts that we paint ourselves; Qt takes them for plain panels.

The stage sets it up once, before the window is built. Names and descriptions are each part's own.
"""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from widgets.column_heads import ColumnHeads
from widgets.filter_bar import FilterBar
from widgets.incident_detail import CheckLines
from widgets.parts import MarkLabel
from widgets.period_picker import PeriodPicker
from widgets.phase_chart import PhaseChart
from widgets.response_chart import ResponseChart
from widgets.response_panel import ChartLegend
from widgets.sidebar import Wordmark
from widgets.uptime_bars import UptimeBar

ROLES: Final[dict[type[QWidget], QAccessible.Role]] = {
    ResponseChart: QAccessible.Role.Chart,
    UptimeBar: QAccessible.Role.Chart,
    PhaseChart: QAccessible.Role.Chart,
    MarkLabel: QAccessible.Role.Graphic,
    Wordmark: QAccessible.Role.Graphic,
    ChartLegend: QAccessible.Role.StaticText,
    CheckLines: QAccessible.Role.StaticText,
    ColumnHeads: QAccessible.Role.ToolBar,
    FilterBar: QAccessible.Role.Grouping,
    PeriodPicker: QAccessible.Role.Grouping,
}


def install() -> None:
    """Let Qt ask for these roles, from now on."""
    QAccessible.installFactory(_interface)


def _interface(_: str, part: QObject) -> QAccessibleInterface | None:
    """Return how a part is read, None to leave that to Qt.

    Qt asks with the name of the part's class and of every class it is derived from, and owns what
    it gets; it may be about any object at all.
    """
    if isinstance(part, QWidget) and type(part) in ROLES:
        return QAccessibleWidget(part, ROLES[type(part)])
    return None

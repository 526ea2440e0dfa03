"""What a screen reader calls the parts that we paint ourselves; Qt takes them for plain panels.

The stage sets it up once, before the window is built, and so before most of these parts are
loaded: they are known by their names. Names and descriptions are each part's own.
"""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

ROLES: Final[dict[str, QAccessible.Role]] = {
    "ResponseChart": QAccessible.Role.Chart,
    "UptimeBar": QAccessible.Role.Chart,
    "PhaseChart": QAccessible.Role.Chart,
    "MarkLabel": QAccessible.Role.Graphic,
    "Wordmark": QAccessible.Role.Graphic,
    "ChartLegend": QAccessible.Role.StaticText,
    "CheckLines": QAccessible.Role.StaticText,
    "ColumnHeads": QAccessible.Role.ToolBar,
    "FilterBar": QAccessible.Role.Grouping,
    "PeriodPicker": QAccessible.Role.Grouping,
}
"""By the class of a part."""


def install() -> None:
    """Let Qt ask for these roles, from now on.

    Who asks before the window is furnished hears of the frame's parts, and of the others as they
    come: Qt asks once for each.
    """
    QAccessible.installFactory(_interface)


def _interface(_: str, part: QObject) -> QAccessibleInterface | None:
    """Return how a part is read, None to leave that to Qt.

    Qt asks with the name of the part's class and of every class it is derived from, and owns what
    it gets; it may be about any object at all.

    Args:
        _: That name.
        part: What Qt asks about.
    """
    role = ROLES.get(type(part).__name__)
    if isinstance(part, QWidget) and role is not None:
        return QAccessibleWidget(part, role)
    return None

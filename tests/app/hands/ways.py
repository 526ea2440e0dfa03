"""How each kind of thing is used by a hand that is given no other way: pressed, chosen, typed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from tests.app.hands.hands import Keyboard, Mouse
from tests.helpers.samples import SAMPLES
from widgets.response_chart import ResponseChart
from widgets.uptime_bars import UptimeBar

EDITORS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)


def is_in_group(thing: QWidget) -> bool:
    """Return whether it is one of several of which one is chosen."""
    return isinstance(thing, QAbstractButton) and thing.isCheckable() and thing.group() is not None


def is_chosen(thing: QWidget) -> bool:
    """Return whether it is the chosen one of several."""
    return is_in_group(thing) and thing.isChecked()


def other_of(thing: QAbstractButton) -> QAbstractButton:
    """Return another one of a group."""
    return next(it for it in thing.group().buttons() if it is not thing and it.isVisible())


def keys_for(thing: QWidget) -> Sequence[Callable[[Keyboard], None]]:
    """Return the usual keys for a thing the keyboard is on; one of a group is reached by them."""
    if is_in_group(thing):
        return (lambda hand: hand.reach(thing), lambda hand: hand.press("Space"))
    keys = next(keys for kind, keys in _KEYS if isinstance(thing, kind))
    pressed = keys(thing) if callable(keys) else keys
    return (lambda hand: hand.press(*pressed),)


def clicks_for(thing: QWidget) -> Sequence[Callable[[Mouse], None]]:
    """Return the usual ways of a mouse with a thing."""
    if isinstance(thing, QComboBox):
        return (lambda hand: _open_choices(hand, thing), lambda hand: _choose_other(hand, thing))
    plainly = (QWidget, Mouse.click)
    click = next(click for kind, click in (*_CLICKS, plainly) if isinstance(thing, kind))
    return (lambda hand: click(hand, thing),)


def ask_for_menu(hand: Keyboard, thing: QWidget) -> None:
    """Open the menu of the thing the keyboard is on."""
    if isinstance(thing, QAbstractButton):
        hand.press("Space")
        return
    is_list = isinstance(thing, QAbstractItemView) and not isinstance(thing, QHeaderView)
    if is_list and not thing.selectedIndexes():
        hand.press("Down")
    hand.press_menu_key()


def open_menu(hand: Mouse, thing: QWidget) -> None:
    """Open the menu of a thing."""
    if isinstance(thing, QHeaderView):
        hand.click(thing.viewport(), right=True)
    elif isinstance(thing, QAbstractItemView):
        hand.click(thing.viewport(), row_of(thing, max(0, thing.currentIndex().row())), right=True)
    else:
        hand.click(thing)


def row_of(view: QAbstractItemView, row: int) -> QPoint:
    """Return a place within a row, as the viewport counts; not on its box."""
    shown = view.visualRect(view.model().index(row, 0))
    return QPoint(min(shown.left() + 60, shown.right() - 2), shown.center().y())


def _is_at_end(view: QAbstractItemView) -> bool:
    return 0 < view.currentIndex().row() == view.model().rowCount() - 1


def _another(choice: QComboBox) -> int:
    return choice.currentIndex() + (1 if choice.currentIndex() < choice.count() - 1 else -1)


def _open_choices(hand: Mouse, choice: QComboBox) -> None:
    # Qt lets the list take no click for as long as a second one may make the first a double click.
    usual = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(0)
    hand.click(choice)
    QApplication.setDoubleClickInterval(usual)


def _choose_other(hand: Mouse, choice: QComboBox) -> None:
    rows = choice.view()
    assert rows.isVisible(), "no choices have opened"
    place = rows.visualRect(choice.model().index(_another(choice), choice.modelColumn()))
    hand.click(rows.viewport(), place.center())


def _press_row(hand: Mouse, view: QAbstractItemView) -> None:
    last = view.model().rowCount() - 1
    hand.click(view.viewport(), row_of(view, min(last, 0 if view.currentIndex().row() else 1)))


def _press_current_row(hand: Mouse, view: QAbstractItemView, *, twice: bool = False) -> None:
    place = row_of(view, max(0, view.currentIndex().row()))
    hand.click(view.viewport(), place)
    if twice:
        hand.double_click(view.viewport(), place)


def _press_three_rows(hand: Mouse, view: QAbstractItemView) -> None:
    hand.click(view.viewport(), row_of(view, 1))
    hand.click(view.viewport(), row_of(view, 3), keys=Qt.KeyboardModifier.ShiftModifier)


def _press_box(hand: Mouse, view: QAbstractItemView) -> None:
    row = view.visualRect(view.model().index(0, 0))
    hand.click(view.viewport(), QPoint(row.left() + 22, row.center().y()))


def _press_head(hand: Mouse, heads: QHeaderView) -> None:
    left = heads.sectionViewportPosition(1)
    hand.click(heads.viewport(), QPoint(left + heads.sectionSize(1) // 2, heads.height() // 2))


def _press_line(hand: Mouse, text: QPlainTextEdit) -> None:
    hand.click(text.viewport(), QPoint(60, text.fontMetrics().height() * 3 // 2 + 4))


def _drag(hand: Mouse, thing: QWidget) -> None:
    if isinstance(thing, QHeaderView):
        edge = QPoint(thing.sectionViewportPosition(1), thing.height() // 2)
        hand.drag(thing.viewport(), edge, edge + QPoint(16, 0))
    else:
        middle = thing.rect().center()
        hand.drag(thing, middle, middle + QPoint(80, 0))


_KEYS: tuple[tuple[type[QWidget], object], ...] = (
    (QHeaderView, ("Right", "Space")),
    (ResponseChart, ("Left",)),
    (UptimeBar, ("Left",)),
    (QAbstractItemView, lambda it: ("Up",) if _is_at_end(it) else ("Down",)),
    (QAbstractSpinBox, ("Up",)),
    (QLineEdit, ("X",)),
    (QPlainTextEdit, lambda it: ("Down",) if it.isReadOnly() else ("X",)),
    (QComboBox, lambda it: ("Down",) if _another(it) > it.currentIndex() else ("Up",)),
    (QScrollArea, ("PageDown",)),
    (QAbstractButton, ("Space",)),
)
_CLICKS: tuple[tuple[type[QWidget], Callable[..., None]], ...] = (
    (QHeaderView, _press_head),
    (ResponseChart, lambda hand, it: hand.hover(it)),
    (UptimeBar, lambda hand, it: hand.hover(it)),
    (QAbstractItemView, _press_row),
    (QPlainTextEdit, _press_line),
    (QScrollArea, lambda hand, it: hand.wheel(it.viewport(), -3)),
)
GESTURES: dict[str, Callable[..., None]] = {
    "drag": _drag,
    "wheel": lambda hand, it: hand.wheel(it, 1),
    "double click": lambda hand, it: (
        _press_current_row(hand, it, twice=True)
        if isinstance(it, QAbstractItemView)
        else hand.double_click(it)
    ),
    "click row": _press_current_row,
    "click box": _press_box,
    "click": lambda hand, it: hand.click(it),
    "click line": _press_line,
    "click with Shift": _press_three_rows,
    "drop a file": lambda hand, it: hand.drop(it, SAMPLES / "endpoints.csv"),
}

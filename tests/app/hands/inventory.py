"""What a person can do something with, found in the window itself, and what can be seen of it.

A thing is named by the classes it lies in and by its words, so that a list of things can be
written down. Nothing here knows which things there ought to be.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from tests.app.hands.hands import plain
from widgets.main_window import MainWindow
from widgets.response_chart import ResponseChart
from widgets.sheet import Sheet
from widgets.status_card import StatusCard
from widgets.uptime_bars import UptimeBar

_BETWEEN = frozenset(
    {"IconButton", "StateStack", "EmptyState", "FormField", "Chip", "Check", "Entry", "Choice"}
    | {"Number", "Seconds", "Moment", "StatusCard", "MainWindow", "Flow", "EvenRows"}
)
"""Classes that say nothing of where a thing is."""


def things(window: QWidget, *, also_hidden: bool = False) -> dict[str, QWidget]:
    """Return everything that can be acted upon now, by its name; the second alike has " (2)"."""
    found: dict[str, QWidget] = {}
    alike: list[str] = []
    sheet = next((it for it in window.findChildren(Sheet) if it.isVisible()), window)
    for each in (window if also_hidden else sheet).findChildren(QWidget):
        if not _can_be_acted_upon(each) or _is_part_of_another(each):
            continue
        if also_hidden or (each.isVisible() and each.isEnabled()):
            alike.append(name_of(each))
            count = alike.count(alike[-1])
            found[f"{alike[-1]} ({count})" if count > 1 else alike[-1]] = each
    return found


def keys(window: QWidget) -> set[str]:
    """Return every shortcut there is: where it works, and the key."""
    return {
        f"{place_of(each.parent())} {each.key().toString()}".strip()
        for each in window.findChildren(QShortcut)
    }


def name_of(widget: QWidget) -> str:
    """Return where a thing is and what is written on it."""
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    words = (words or widget.accessibleName() or widget.objectName()).replace("…", "...")
    if isinstance(widget, QHeaderView):
        words = "heads"  # what a screen reader is told there goes with the keyboard
    if isinstance(widget, StatusCard):
        words = words.rpartition(": ")[0]
    return f"{place_of(widget)}: {words}".removeprefix(": ")


def place_of(part: QObject | None) -> str:
    """Return the classes of the window in which a part lies, the outermost first."""
    return " ".join(reversed(list(_rooms(part))))


def seen(window: MainWindow) -> set[str]:
    """Return what can be seen now, as short sentences."""
    found = {f"page {window.page}"}
    found |= {f"sheet {type(it).__name__}" for it in window.findChildren(Sheet) if it.isVisible()}
    found |= {f"message {it.title}" for it in window.toasts.toasts()}
    found |= {f"keyboard {name_of(it)}" for it in [QApplication.focusWidget()] if it is not None}
    found |= {
        f"opened {_title(top)}"
        for top in QApplication.topLevelWidgets()
        if top.isVisible() and top is not window
    }
    found |= {f"said {it.text()}" for it in window.findChildren(QLabel) if it.isVisible()}
    found |= {f"{name} = {value_of(thing)}" for name, thing in things(window).items()}
    return found


def value_of(widget: QWidget) -> object:
    """Return what a thing is set to, as far as a hand can change it."""
    for kind, read in _VALUES:
        if isinstance(widget, kind):
            return read(widget)
    return ""


def _title(top: QWidget) -> str:
    said = " | ".join(entries_of(top)) if isinstance(top, QMenu) else top.windowTitle()
    return f"{type(top).__name__} {said}".strip()


def entries_of(menu: QMenu) -> list[str]:
    """Return what can be chosen in a menu."""
    return [plain(it.text()) for it in menu.actions() if it.isEnabled() and not it.isSeparator()]


def _can_be_acted_upon(widget: QWidget) -> bool:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
    if isinstance(widget, QLineEdit) and widget.isReadOnly():
        return False
    return isinstance(widget, kinds) or bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _is_part_of_another(widget: QWidget) -> bool:
    """Whether Qt made it for another: an editor in a number, the list of a choice, a corner."""
    above = widget.parentWidget()
    if isinstance(above, QAbstractSpinBox | QComboBox) or widget.objectName().startswith("qt_"):
        return True
    is_plain_head = isinstance(widget, QHeaderView) and type(widget) is QHeaderView
    is_popup = isinstance(widget, QListView) and type(widget).__module__.startswith("PySide6")
    return is_plain_head or is_popup or isinstance(widget, QMenu)


def _rooms(part: QObject | None) -> Iterator[str]:
    while part is not None:
        kind = type(part)
        if kind.__module__.startswith("widgets.") and kind.__name__ not in _BETWEEN:
            yield kind.__name__
        part = part.parent()


def _of_chart(chart: ResponseChart) -> object:
    lens = chart.lens
    return None if lens is None else (lens.index, lens.start, lens.end)


def _of_heads(heads: QHeaderView) -> object:
    widths = [heads.sectionSize(place) for place in range(heads.count())]
    return heads.sortIndicatorSection(), heads.sortIndicatorOrder().name, widths


def _of_rows(view: QAbstractItemView) -> object:
    model, chosen = view.model(), view.selectionModel()
    if model is None or chosen is None:
        return None
    rows = sorted({it.row() for it in chosen.selectedIndexes()})
    some = (model.index(row, 0) for row in range(min(model.rowCount(), 12)))
    turned = [index.data(Qt.ItemDataRole.CheckStateRole) for index in some]
    return rows, turned, view.verticalScrollBar().value()


_VALUES: tuple[tuple[type[QWidget], Callable[..., object]], ...] = (
    (ResponseChart, _of_chart),
    (UptimeBar, lambda it: it.day),
    (QHeaderView, _of_heads),
    (QAbstractItemView, _of_rows),
    (QAbstractSpinBox, lambda it: it.text()),
    (QLineEdit, lambda it: it.text()),
    (QPlainTextEdit, lambda it: (it.toPlainText(), it.textCursor().position())),
    (QComboBox, lambda it: it.currentText()),
    (QScrollArea, lambda it: it.verticalScrollBar().value()),
    (QAbstractButton, lambda it: it.isChecked() if it.isCheckable() else ""),
)

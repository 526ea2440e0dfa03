"""A sheet at the right of the window: title, content, foot, and a question before it closes.

The endpoint form is one. Everything beside it is dimmed; it asks about unsaved changes in
place, never in a dialog of its own.
"""

from collections.abc import Callable
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from widgets import parts
from widgets.style.palette import Theme
from widgets.style.tokens import Space

MARGIN = 24
Part = TypeVar("Part")


class Sheet(QWidget):
    """A sheet over its parent.

    Signals:
        cancelled: It was closed without saving.
        covering: True when it opens and False when it closes: what lies behind takes no keys
            meanwhile.
    """

    cancelled = Signal()
    covering = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget, width: int = Space.SHEET) -> None:
        super().__init__(parent)
        self._theme, self._width = theme, width
        self._is_tabbing = False
        self._sheet = QFrame(self)
        self._sheet.setObjectName("sheet")
        self._title = parts.label("title")
        self._close = parts.IconButton(theme, "x", "flat", 18)
        self._ask = QFrame()
        self._question = parts.label()
        self._keep, self._discard = parts.button(), parts.button("danger")
        self._cancel = parts.button()
        self._column = QVBoxLayout(self._sheet)
        self._foot = QHBoxLayout()
        self._lay_out_sheet()
        self._cancel.clicked.connect(self.request_close)
        self._close.clicked.connect(self.request_close)
        self._keep.clicked.connect(self._ask.hide)
        self._discard.clicked.connect(self.leave)
        self._set_sheet_texts()
        parent.installEventFilter(self)
        self.hide()

    def set_title(self, title: str) -> None:
        """Name what the sheet is for."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_content(self, content: QWidget) -> None:
        """Put the content between head and foot."""
        self._column.insertWidget(1, content, 1)

    def add_to_foot(self, button: QWidget) -> None:
        """Add a button at the right end of the foot."""
        self._foot.addWidget(button)

    def add_to_foot_start(self, button: QWidget) -> None:
        """Add a button at the left end of the foot."""
        self._foot.insertWidget(0, button)

    def set_tab_order_after(self, last_field: QWidget, main_button: QWidget) -> None:
        """Let the Tab key go from the last field to the foot's buttons."""
        QWidget.setTabOrder(last_field, self._cancel)
        QWidget.setTabOrder(self._cancel, main_button)

    @property
    def discard_button(self) -> QPushButton:
        """The answer that loses the changes."""
        return self._discard

    @property
    def cancel_button(self) -> QPushButton:
        """The way out in the foot."""
        return self._cancel

    def sheet_geometry(self) -> QRect:
        """Return where over its parent it lies."""
        return self._sheet.geometry()

    @property
    def is_open(self) -> bool:
        """Whether it covers its parent, be the window itself hidden or not."""
        return not self.isHidden()

    def show_sheet(self) -> None:
        """Open it over its parent; the keyboard stays in it until it closes."""
        self._ask.hide()
        self._follow_parent()
        if not self.is_open:
            _application().focusChanged.connect(self._keep_focus)
        self.show()
        self.raise_()
        self.covering.emit(True)

    def close_sheet(self) -> None:
        """Close without asking and without a signal; the presenter's answer to a success."""
        if not self.is_open:
            return
        _application().focusChanged.disconnect(self._keep_focus)
        self.hide()
        owner = self.parentWidget()
        if owner is not None:
            owner.setFocus(Qt.FocusReason.OtherFocusReason)
        self.covering.emit(False)

    def is_dirty(self) -> bool:
        """Return whether closing would lose something."""
        return False

    def is_asking(self) -> bool:
        """Return whether it asks about unsaved changes."""
        return self._ask.isVisibleTo(self)

    def request_close(self) -> None:
        """Close, or ask first when something was changed."""
        if self.is_dirty():
            self._ask.show()
            self._keep.setFocus()
        else:
            self.leave()

    def leave(self) -> None:
        """Close without saving and say so."""
        self.close_sheet()
        self.cancelled.emit()

    def _lay_out_sheet(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 14, 14, 10)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        foot = QFrame()
        foot.setObjectName("sheetFoot")
        foot_row = self._foot
        foot.setLayout(foot_row)
        foot_row.setContentsMargins(MARGIN, 12, MARGIN, 12)
        foot_row.addStretch(1)
        foot_row.addWidget(self._cancel)
        self._ask.setObjectName("warning")
        ask_row = QHBoxLayout(self._ask)
        ask_row.setContentsMargins(MARGIN, 10, MARGIN, 10)
        ask_row.addWidget(self._question, 1)
        ask_row.addWidget(self._keep)
        ask_row.addWidget(self._discard)
        self._ask.hide()
        column = self._column
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._ask)
        column.addWidget(foot)

    def _keep_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Take the keyboard back from what lies behind, whoever gave it there."""
        if self._is_tabbing or now is None or now.window() is not self.window():
            return
        if now is not self and not self.isAncestorOf(now):
            was_inside = before is not None and self.isAncestorOf(before)
            back = before if before is not None and was_inside else self._close
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_parent(self) -> None:
        owner = self.parentWidget()
        if owner is None:
            return
        self.setGeometry(owner.rect())
        width = min(self._theme.px(self._width), owner.width())
        self._sheet.setGeometry(owner.width() - width, 0, width, owner.height())

    def _set_sheet_texts(self) -> None:
        self._close.setAccessibleName(self.tr("Close"))
        self._question.setText(self.tr("Discard what you changed?"))
        self._keep.setText(self.tr("Keep editing"))
        self._discard.setText(self.tr("Discard"))
        self._cancel.setText(self.tr("Cancel"))

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Keep the Tab key inside: what lies behind is dimmed."""
        self._is_tabbing = True
        moved = super().focusNextPrevChild(is_next)
        self._is_tabbing = False
        found = self.window().focusWidget()
        if not self.isAncestorOf(found):
            last = self._foot.itemAt(self._foot.count() - 1)
            edge = self._close if is_next or last is None else last.widget()
            if edge is not None:
                edge.setFocus(Qt.FocusReason.TabFocusReason)
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc; Enter presses the button the keyboard is on."""
        button = self.window().focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(button, QPushButton):
            button.click()
        elif event.key() == Qt.Key.Key_Escape:
            if self.is_asking():
                self._ask.hide()
            else:
                self.request_close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close by a click beside the sheet."""
        if not self._sheet.geometry().contains(event.position().toPoint()):
            self.request_close()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what lies beside the sheet."""
        shade = QColor(self._theme.tokens.shadow)
        shade.setAlpha(96)
        QPainter(self).fillRect(self.rect(), shade)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the parent at every size."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._follow_parent()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_sheet_texts()


def _application() -> QApplication:
    # A widget cannot be without one.
    return cast("QApplication", QApplication.instance())


class FirstUse(Generic[Part]):
    """A part that is built when it is first asked for.

    What most people never open in a day need not be there from the start: a form is a hundred and
    fifty parts, each with its style. Who has something to say to it leaves that with ``then``.

    Attributes:
        built: The part, ``None`` as long as nobody asked for it.

    Args:
        build: Builds it; called once.
    """

    def __init__(self, build: Callable[[], Part]) -> None:
        self._build = build
        self._waiting: list[Callable[[Part], object]] = []
        self.built: Part | None = None

    def get(self) -> Part:
        """Return the part, built now if it was not there yet."""
        if self.built is None:
            self.built = self._build()
            waiting, self._waiting = self._waiting, []
            for say in waiting:
                say(self.built)
        return self.built

    def then(self, say: Callable[[Part], object]) -> None:
        """Say something to the part: at once where it is there, else as soon as it is."""
        if self.built is None:
            self._waiting.append(say)
        else:
            say(self.built)

"""The beginning of an answer's body: plain text in a box that scrolls, JSON laid out.

The trial panel shows it. A click on a line with a JSON value, or Enter on it, offers that value.
"""

import math

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontDatabase, QFontMetricsF, QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from backend.contract.vocabulary import Limits
from widgets.json_lines import Line, lines_of

_LINES = 7
"""How many are seen without scrolling, unless it is said otherwise."""

_MARGINS = 20
_MASK = "•••"
"""What the backend shows in place of a secret: an answer never holds it."""


class BodyView(QPlainTextEdit):
    """A read-only text.

    Signals:
        picked: A JSON value was chosen: its JSONPath and the value itself.
    """

    picked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._seen = _LINES
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        # Without the keyboard's flags there is no cursor to go to a value with.
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setProperty("code", True)
        self.show_lines(_LINES)

    @property
    def offers_values(self) -> bool:
        """Whether there is a JSON value to choose."""
        return any(_is_offered(line) for line in self._lines)

    def show_lines(self, count: int) -> None:
        """Be so high that so many lines are seen."""
        self._seen = count
        line = math.ceil(QFontMetricsF(self.font()).lineSpacing())
        self.setFixedHeight(line * count + _MARGINS)

    def show_body(self, text: str) -> None:
        """Show a text; one that is whole JSON is laid out and its values can be chosen."""
        self._lines = lines_of(text) or ()
        self.setPlainText("\n".join(line.text for line in self._lines) or text)

    def changeEvent(self, event: QEvent) -> None:
        """Show as many lines in another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.show_lines(self._seen)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Offer the value under the pointer, unless text was selected to be copied."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._pick(self.cursorForPosition(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what can be chosen."""
        super().mouseMoveEvent(event)
        line = self._line_at(self.cursorForPosition(event.position().toPoint()))
        hand = line is not None and _is_offered(line)
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer the value of the line by Enter."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and plain == Qt.KeyboardModifier.NoModifier:
            self._pick(self.textCursor())
        else:
            super().keyPressEvent(event)

    def _line_at(self, cursor: QTextCursor) -> Line | None:
        number = cursor.blockNumber()
        return self._lines[number] if number < len(self._lines) else None

    def _pick(self, cursor: QTextCursor) -> None:
        line = self._line_at(cursor)
        if line is not None and line.path is not None and _is_offered(line):
            self.picked.emit(line.path, line.value)


def _is_offered(line: Line) -> bool:
    if line.path is None or len(line.path) > Limits.EXPRESSION_LENGTH:
        return False
    text = f"{line.path}{line.value}"
    too_long = isinstance(line.value, str) and len(line.value) > Limits.EXPRESSION_LENGTH
    return _MASK not in text and not too_long

"""The smallest pieces every page is put together from: labels, cards, buttons, rules.

Their looks are in resources/styles; a part only carries the property the stylesheet looks for.
"""

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from backend.contract.vocabulary import Status
from widgets import phrases
from widgets.style import assets, marks
from widgets.style.palette import Theme

_ICON_GAP = 3


def label(role: str = "", text: str = "", wrap: bool = False) -> QLabel:
    """Return a label; text from outside is never read as markup.

    Args:
        role: ``title``, ``section``, ``muted``, ``secondary``, ``error``, ``lead``, ``tile``,
            ``figures``.
        text: Its first words.
        wrap: Whether it may take several lines.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def plain_tip(text: str) -> str:
    """Return text for a tooltip so that it is read as text: Qt takes what has tags for markup.

    A name, an address or an error from outside must not format what is shown, nor have a picture
    fetched from wherever it says.
    """
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text


def button(kind: str = "", text: str = "") -> QPushButton:
    """Return a push button; kinds: ``primary``, ``danger``, ``flat``, ``link``."""
    made = QPushButton(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if kind:
        made.setProperty("kind", kind)
    return made


def lock(pressed: QPushButton, locked: bool) -> None:
    """Disable a button while what it began is under way; it gets back the keyboard it had.

    Qt would hand the keyboard to what comes next, which the next key would press.
    """
    window = pressed.window()
    if locked and window.focusWidget() is pressed:
        pressed.clearFocus()
        pressed.setProperty("hadKeyboard", True)
    pressed.setDisabled(locked)
    if not locked and pressed.property("hadKeyboard"):
        pressed.setProperty("hadKeyboard", False)
        if window.focusWidget() is None:
            pressed.setFocus(Qt.FocusReason.OtherFocusReason)


def card() -> QFrame:
    """Return a framed surface."""
    made = QFrame()
    made.setProperty("card", True)
    return made


def rule() -> QFrame:
    """Return a hairline between two blocks."""
    made = QFrame()
    made.setProperty("rule", True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


class ElidedLabel(QLabel):
    """One line that is shortened where there is no room for it; the tooltip has it whole."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters, or for all where they are few."""
        least, whole = super().minimumSizeHint(), self.sizeHint().width()
        return QSize(min(4 * self.fontMetrics().height(), whole), least.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        end = Qt.TextElideMode.ElideRight
        words = self.fontMetrics().elidedText(self.text(), end, self.width())
        self.setToolTip("" if words == self.text() else plain_tip(self.text()))
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)


class IconButton(QPushButton):
    """A button whose icon follows the theme."""

    def __init__(self, theme: Theme, icon: str, kind: str = "", size: int = 16) -> None:
        super().__init__()
        self._theme, self._icon, self._size = theme, icon, size
        if kind:
            self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._redraw)
        self._redraw()

    def show_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self._redraw()

    def setText(self, text: str) -> None:
        """Show words beside the icon, with a little more room than Qt leaves."""
        super().setText(text)
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        """Let the icon look as the words do."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._redraw()

    def _redraw(self) -> None:
        tokens = self._theme.tokens
        kind = self.property("kind")
        colours = {"primary": tokens.on_accent, "danger": tokens.down.text, "flat": tokens.muted}
        colours["link"] = tokens.accent
        colour = colours.get(self.property("tone") or kind, tokens.text)
        if not self.isEnabled():
            colour = tokens.disabled
        size, gap = self._theme.px(self._size), _ICON_GAP if self.text() else 0
        self.setIconSize(QSize(size + gap, size))
        self.setIcon(assets.icon(self._icon, colour, size, gap))


def let_scroll(page: QWidget, content: QWidget) -> None:
    """Fill a page with content that moves up and down where the page is too low for it."""
    scroller = QScrollArea()
    scroller.setWidgetResizable(True)
    scroller.setFrameShape(QFrame.Shape.NoFrame)
    scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroller.setWidget(content)
    # Else the area paints its own ground over the window's.
    scroller.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(scroller)


def is_scrolled(widget: QWidget) -> bool:
    """Return whether the page on which a widget lies can be scrolled now."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above is not None and above.verticalScrollBar().maximum() > 0


def restyle(widget: QWidget) -> None:
    """Let the stylesheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class MarkLabel(QWidget):
    """The mark of one state."""

    def __init__(self, theme: Theme, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._status, self._paused = Status.UNKNOWN, False
        self._size = size
        self.setAccessibleName(phrases.status_word(self._status))
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        """Take the size of the text."""
        edge = self._theme.px(self._size)
        self.setFixedSize(edge, edge)
        self.update()

    def show_status(self, status: Status, paused: bool = False) -> None:
        """Show the mark of a state."""
        self._status, self._paused = status, paused
        self.setAccessibleName(phrases.status_word(status, paused))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        marks.draw_status(
            painter, QRectF(self.rect()), self._theme.tokens, self._status, self._paused
        )


class Tile(QFrame):
    """A name and a value in a small card.

    Attributes:
        mark: Stands beside the name where the value is no good one; hidden otherwise.
    """

    def __init__(self, parent: QWidget | None = None, mark: MarkLabel | None = None) -> None:
        super().__init__(parent)
        self.mark = mark
        self.setProperty("card", True)
        self._name, self._value = label("secondary"), QLabel(phrases.UNKNOWN_VALUE)
        self._value.setProperty("role", "tile")
        self._value.setFont(assets.numbers())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 10, 10)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._name)
        if mark is not None:
            head.addWidget(mark)
            mark.hide()
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._value)

    @property
    def value(self) -> str:
        """The value shown."""
        return self._value.text()

    def show_name(self, name: str) -> None:
        """Name the value."""
        self._name.setText(name)

    def show_value(self, value: str) -> None:
        """Show another value."""
        self._value.setText(value)
        self.setAccessibleName(f"{self._name.text()}: {value}")

    def show_tone(self, status: Status | None, why: str = "") -> None:
        """Say by mark, colour and tooltip that the value is no good one; None: it is."""
        if self.mark is None:
            return
        self.mark.setVisible(status is not None)
        if status is not None:
            self.mark.show_status(status)
        self.setToolTip(plain_tip(why))
        self.setAccessibleDescription(why)
        tone = "" if status is None else status.value
        if self._value.property("tone") != tone:
            self._value.setProperty("tone", tone)
            restyle(self._value)

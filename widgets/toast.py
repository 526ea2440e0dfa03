"""One toast: state edge, mark, bold sentence, detail, at most two actions, close.

The toast stack makes, places and drops it. It never takes the keyboard's focus: F6 gives it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from widgets import parts
from widgets.style import assets, marks
from widgets.style.marks import Shape
from widgets.style.palette import Theme
from widgets.style.tokens import Radius, Space, Tone, Type
from widgets.window_keys import key_of

Kind = Literal["success", "error", "warning", "info"]
Action = tuple[str, Callable[[], None]]
"""What is written on a button, and what a click on it does."""

_EDGE = 4
_MOST_ACTIONS = 2
_LEFT, _TOP, _RIGHT, _GAP, _CLOSE = 48, 13, 8, 4, 24
_BESIDE = _LEFT + _GAP + _CLOSE + _RIGHT
_MARK = QRectF(18, 14, 18, 18)
"""Where the mark stands beside the title; all of them at 100 % text, in pixels."""


@dataclass(frozen=True, slots=True)
class Toast:
    """What a toast says.

    Attributes:
        kind: Its colour and mark.
        title: The bold sentence.
        detail: The line under it.
        actions: At most two words and what a click on them does.
        can_undo: Whether its first action takes back what the user did; there is time to read it.
        about: Ids of the endpoints it speaks of.
        stays: Whether there is as much time although it takes nothing back.
    """

    kind: Kind
    title: str
    detail: str = ""
    actions: tuple[Action, ...] = ()
    can_undo: bool = False
    about: tuple[str, ...] = ()
    stays: bool = False

    @property
    def spoken(self) -> str:
        """What is said of it aloud: without the picture before the title, which has a name too."""
        first, _, rest = self.title.partition(" ")
        is_picture = bool(rest) and not any(letter.isalnum() for letter in first)
        title = rest if is_picture else self.title
        return f"{title}. {self.detail}" if self.detail else title


class ToastCard(QFrame):
    """A toast on the screen.

    Signals:
        closed: The user closed it, or chose one of its actions.
        left: The keyboard goes back to where it was.

    Attributes:
        toast: What it says.
        pointer_over: Whether the pointer is on it, which stops its time.
    """

    closed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, toast: Toast, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.toast = toast
        self.pointer_over = False
        self.setObjectName("toast")
        self.setFixedWidth(theme.px(Space.TOAST))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAccessibleName(toast.title)
        self.setAccessibleDescription(toast.detail)
        self._shadow = QGraphicsDropShadowEffect(self)
        self._shadow.setBlurRadius(20)
        self._shadow.setOffset(0, 4)
        self.setGraphicsEffect(self._shadow)
        self.title_label = parts.label(wrap=True)
        self._close = parts.IconButton(theme, "x", "flat", 14)
        self._lay_out()
        self._close.clicked.connect(self.closed)
        key_of(self, "Esc", self.left.emit)
        theme.changed.connect(self._colour)
        self._colour()
        self._set_texts()

    def tone(self) -> Tone:
        """Return the colours of its kind."""
        tokens = self._theme.tokens
        tones = {
            "success": tokens.up,
            "error": tokens.down,
            "warning": tokens.degraded,
            "info": tokens.paused,
        }
        return tones[self.toast.kind]

    def action_buttons(self) -> list[QPushButton]:
        """Return the buttons of its actions."""
        return [b for b in self.findChildren(QPushButton) if b is not self._close]

    @property
    def is_held(self) -> bool:
        """Whether the keyboard is in it, which stops its time as well."""
        return self.isAncestorOf(self.window().focusWidget())

    def take_keyboard(self) -> None:
        """Put the keyboard on its first button."""
        first = next(iter(self.action_buttons()), self._close)
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        px, beside = self._theme.px, self._theme.px(_BESIDE)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title_label.setFont(assets.font(px(Type.TEXT), QFont.Weight.DemiBold))
        _say(self.title_label, self.toast.title, self.width() - beside)
        words.addWidget(self.title_label)
        if self.toast.detail:
            detail = parts.label("muted", wrap=True)
            _say(detail, self.toast.detail, self.width() - beside)
            words.addWidget(detail)
        if self.toast.actions:
            words.addLayout(self._action_row())
        words.addStretch(1)
        self._close.setFixedSize(QSize(px(_CLOSE), px(_CLOSE)))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(_LEFT), px(_TOP), px(_RIGHT), px(_TOP - 1))
        row.setSpacing(px(_GAP))
        row.addLayout(words, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    def _action_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(0)
        for words, act in self.toast.actions[:_MOST_ACTIONS]:
            made = parts.button("link", words)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(lambda _=False, a=act: a())
            made.clicked.connect(self.closed)
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _colour(self) -> None:
        shade = QColor(self._theme.tokens.shadow)
        shade.setAlpha(70)
        self._shadow.setColor(shade)
        self.update()

    def _set_texts(self) -> None:
        self._close.setAccessibleName(self.tr("Close"))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Know the pointer is here."""
        self.pointer_over = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Know the pointer is gone."""
        self.pointer_over = False
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the state's edge and mark over the ground."""
        super().paintEvent(event)
        tone = self.tone()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(self.rect()), Radius.CARD, Radius.CARD)
        painter.save()
        painter.setClipPath(ground)
        painter.fillRect(QRectF(0, 0, _EDGE, self.height()), QColor(tone.fill))
        painter.restore()
        shapes = {"success": Shape.CHECK, "error": Shape.CROSS, "warning": Shape.WARNING}
        shape = shapes.get(self.toast.kind, Shape.DOTS)
        scale = self._theme.scale
        place = QRectF(_MARK.topLeft() * scale, _MARK.size() * scale)
        marks.draw(painter, place, shape, tone)

    def changeEvent(self, event: QEvent) -> None:
        """Say the fixed words again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


def _say(label: QLabel, text: str, width: int) -> None:
    """Show a text with each word shortened that no line can hold: a label only breaks at gaps."""
    label.ensurePolished()
    metrics, end = label.fontMetrics(), Qt.TextElideMode.ElideRight
    fitting = (metrics.elidedText(word, end, width) for word in text.split(" "))
    label.setText(" ".join(fitting))

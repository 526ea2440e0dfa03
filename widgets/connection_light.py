"""The connection light in the header: colour, mark and word for the line to the backend.

The window's presenter tells it the state of the line; a click while the line is down asks for
a connection now. It counts the seconds to the next try down by itself.
"""

import math
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QElapsedTimer, QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from widgets import phrases
from widgets.parts import plain_tip
from widgets.style import assets, marks
from widgets.style.marks import Shape
from widgets.style.palette import Theme
from widgets.style.tokens import Tone, Type

Phase = Literal["connected", "connecting", "waiting", "given_up"]


@dataclass(frozen=True, slots=True)
class LinkState:
    """How the line to the backend stands.

    Attributes:
        phase: ``waiting`` counts down to the next try, ``given_up`` used up all tries.
        attempt: Which try this is or the next one will be, from 1.
        retry_in_s: Seconds until the next try while waiting.
        latency_ms: Round trip while connected, None when not measured.
    """

    phase: Phase
    attempt: int = 0
    retry_in_s: float | None = None
    latency_ms: float | None = None


class ConnectionLight(QAbstractButton):
    """A pill with a mark and a word.

    Signals:
        reconnect_requested: The user will not wait for the next try.
    """

    reconnect_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = LinkState("connecting")
        self._server, self._may_write = "", True
        self._is_brief = False
        self._slowest_ms = 0.0
        self._since = QElapsedTimer()
        self._font = assets.numbers(Type.TEXT)
        self._tick = QTimer(self)
        self._tick.setInterval(200)
        self._tick.timeout.connect(self._set_texts)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._ask)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)
        self._set_texts()

    @property
    def state(self) -> LinkState:
        """The state last shown."""
        return self._state

    def show_link(self, state: LinkState) -> None:
        """Show how the line stands."""
        self._state = state
        # What stands beside it must not move with every digit: there stays room for the longest.
        connected = state.phase == "connected"
        self._slowest_ms = max(self._slowest_ms, state.latency_ms or 0) if connected else 0.0
        self._since.restart()
        self._run_tick()
        can_ask = state.phase in {"waiting", "given_up"}
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_ask else Qt.CursorShape.ArrowCursor)
        self._set_texts()

    def showEvent(self, event: QShowEvent) -> None:
        """Count down again."""
        super().showEvent(event)
        self._set_texts()
        self._run_tick()

    def hideEvent(self, event: QHideEvent) -> None:
        """Count no seconds that nobody sees: each would wake the computer up."""
        super().hideEvent(event)
        self._run_tick()

    def _run_tick(self) -> None:
        counts = self._state.phase == "waiting" and self._state.retry_in_s is not None
        if counts and self.isVisible():
            self._tick.start()
        else:
            self._tick.stop()

    def show_server(self, name: str, may_write: bool = True) -> None:
        """Say which server elsewhere this is the line to, and whether it may only be read."""
        self._server, self._may_write = name, may_write
        self._set_texts()

    def set_brief(self, brief: bool) -> None:
        """Say the least that must be said, where the header has little room."""
        if brief is not self._is_brief:
            self._is_brief = brief
            self._set_texts()

    def tone(self) -> Tone:
        """Return the colours of the light: green, amber or red."""
        tokens = self._theme.tokens
        match self._state.phase:
            case "connected":
                return tokens.up
            case "connecting":
                return tokens.connecting
            case _:
                return tokens.down

    def _ask(self) -> None:
        if self._state.phase in {"waiting", "given_up"}:
            self.reconnect_requested.emit()

    def _seconds_left(self) -> int:
        elapsed = self._since.elapsed() / 1000 if self._since.isValid() else 0
        return max(0, math.ceil((self._state.retry_in_s or 0) - elapsed))

    def _words(self, brief: bool) -> str:
        return (self._least_words() if brief else "") or self._full_words()

    def _least_words(self) -> str:
        """Return what is said with little room, "" where that is no less."""
        match self._state.phase:
            case "connected":
                return self.tr("Live", "with little room")
            case "waiting":
                words = self.tr("In {seconds} s", "until it tries again, with little room")
                return words.format(seconds=self._seconds_left())
            case "given_up":
                return self.tr("Retry", "to connect, with little room")
        return ""

    def _full_words(self) -> str:
        state = self._state
        match state.phase:
            case "connected" if state.latency_ms is not None:
                return self._live_words(state.latency_ms)
            case "connected":
                return self.tr("Live")
            case "connecting":
                return self.tr("Connecting...")
            case "waiting":
                return self.tr("Reconnecting, try {attempt}, in {seconds} s").format(
                    attempt=state.attempt, seconds=self._seconds_left()
                )
            case "given_up":
                return self.tr("Disconnected - Reconnect now")

    def _live_words(self, latency_ms: float) -> str:
        return self.tr("Live - {latency}").format(latency=phrases.latency(latency_ms))

    def _help(self) -> str:
        state = self._state
        match state.phase:
            case "connected":
                return self.tr("Live")
            case "connecting" if state.attempt < 2:
                return self.tr("Connecting...")
            case "connecting":
                return self.tr("Reconnecting, try {attempt}").format(attempt=state.attempt)
            case "waiting":
                return "\n".join(
                    (
                        self.tr("Disconnected"),
                        self.tr("Try {attempt} in {seconds} s - click to reconnect now").format(
                            attempt=state.attempt, seconds=self._seconds_left()
                        ),
                    )
                )
            case "given_up":
                return self.tr("Disconnected")

    def _server_words(self) -> tuple[str, ...]:
        if not self._server:
            return ()
        words = self.tr("Server: {name}").format(name=self._server)
        return (words,) if self._may_write else (words, self.tr("This token may only read."))

    def _set_texts(self) -> None:
        words = self._words(self._is_brief)
        if words != self.text():
            self.setText(words)
            self.updateGeometry()
        name = self.tr("Connection: {words}").format(words=self._words(brief=False))
        if name != self.accessibleName():
            self.setAccessibleName(name)
        self.setToolTip(plain_tip("\n".join((self._help(), *self._server_words()))))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for mark and word."""
        width = self._width_of(self.text()) if self._is_brief else self.full_width
        return QSize(width, self._theme.px(32))

    @property
    def full_width(self) -> int:
        """The width of all its words, whether it says them or not, in pixels."""
        width = self._width_of(self._words(brief=False))
        if self._slowest_ms:
            return max(width, self._width_of(self._live_words(self._slowest_ms)))
        return width

    def _width_of(self, words: str) -> int:
        return self._theme.px(QFontMetrics(self._font).horizontalAdvance(words) + 50)

    def minimumSizeHint(self) -> QSize:
        """Return the same: the word is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        tokens, tone = self._theme.tokens, self.tone()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring, box = self.hasFocus(), self._theme.enlarge(painter, self.rect())
        painter.setPen(QPen(QColor(tokens.focus if ring else tokens.line), 2 if ring else 1))
        painter.setBrush(QColor(tokens.hover if self.underMouse() else tokens.surface))
        pill = QRectF(box).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        mark = QRectF(13, box.height() / 2 - 7, 14, 14)
        marks.draw(painter, mark, self._shape(), tone)
        painter.setFont(self._font)
        painter.setPen(QColor(tokens.text if self._state.phase == "connected" else tone.text))
        painter.drawText(
            QRectF(35, 0, box.width() - 40, box.height()),
            Qt.AlignmentFlag.AlignVCenter,
            self.text(),
        )

    def _shape(self) -> Shape:
        match self._state.phase:
            case "connected":
                return Shape.CHECK
            case "connecting":
                return Shape.DOTS
            case _:
                return Shape.CROSS

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()

"""A card of the dashboard: mark and label, one number, one line of reason; a button.

The dashboard owns four of them. It shows what it is told and emits ``clicked``.
"""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from backend.contract.vocabulary import Status
from widgets import phrases
from widgets.parts import plain_tip
from widgets.style import assets, marks
from widgets.style.marks import Shape
from widgets.style.palette import Theme
from widgets.style.tokens import Radius, Space, Type

_LEAST_SHARE = 0.6
"""Of its usual size that words shrink to before they are shortened."""
_PADDING = 16
_TIGHT_BELOW = 170
"""In a card that is less wide, at 100 % text, the reason may take two lines."""
_LINE = 18
"""How high a line of the reason is; both in pixels."""
_LOW_BY = (5, 9, 12)
"""How much higher label, number and reason stand in a low card, in pixels."""


class StatusCard(QAbstractButton):
    """One number with its reason."""

    def __init__(
        self, theme: Theme, mark: Shape, label: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._mark, self._label = theme, mark, label
        self._number, self._reason = phrases.UNKNOWN_VALUE, ""
        self._tone: Status | None = None
        self._label_font = assets.font(Type.TEXT)
        self._number_font = assets.numbers(Type.NUMBER, QFont.Weight.DemiBold)
        self._reason_font = assets.font(Type.TEXT - 1)
        self._is_low = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(self._height)
        self.update()

    @property
    def number(self) -> str:
        """The number shown."""
        return self._number

    @property
    def reason(self) -> str:
        """The line under the number."""
        return self._reason

    def set_low(self, low: bool) -> None:
        """Take less room, where the window has little."""
        self._is_low = low
        self._measure()

    def set_label(self, label: str) -> None:
        """Name the number."""
        self._label = label
        self._tell()

    def set_mark(self, mark: Shape) -> None:
        """Show another shape beside the label."""
        self._mark = mark
        self.update()

    def show_value(self, number: str, reason: str, tone: Status | None) -> None:
        """Show a number.

        Args:
            number: Already in words; "-" when it is not known.
            reason: One line under it.
            tone: Colours mark and reason; None is calm.
        """
        self._number, self._reason, self._tone = number, reason, tone
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._label}: {self._number}")
        self.setAccessibleDescription(self._reason)
        self.update()

    @property
    def _height(self) -> int:
        usual = Space.CARD_LOW if self._is_low else Space.CARD
        return self._theme.px(usual + (_LINE if self._is_tight else 0))

    @property
    def _is_tight(self) -> bool:
        return self.width() < self._theme.px(_TIGHT_BELOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for a second line of the reason where one is short."""
        super().resizeEvent(event)
        if self.height() != self._height:
            self._measure()

    def sizeHint(self) -> QSize:
        """Return an equal share's least width."""
        return QSize(self._theme.px(180), self._height)

    def minimumSizeHint(self) -> QSize:
        """Return the width under which the number would be cut."""
        return QSize(self._theme.px(130), self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        tokens = self._theme.tokens
        tone = tokens.unknown if self._tone is None else tokens.tone(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        left, width = _PADDING, self._theme.enlarge(painter, self.rect()).width() - 2 * _PADDING
        first, second, third = _LOW_BY if self._is_low else (0, 0, 0)
        label = QRect(left + 24, 14 - first, width - 24, 20)
        marks.draw(painter, QRectF(left, 16 - first, 16, 16), self._mark, tone)
        painter.setPen(QColor(tokens.muted))
        self._write(painter, self._fitted(self._label_font, self._label, label), self._label, label)
        painter.setPen(QColor(tokens.text))
        number = QRect(left, 36 - second, width, 38)
        font = self._fitted(self._number_font, self._number, number)
        self._write(painter, font, self._number, number)
        painter.setPen(QColor(tokens.muted if self._tone is None else tone.text))
        lines = _lines(self._reason_font, self._reason, width, 2 if self._is_tight else 1)
        for place, line in enumerate(lines):
            where = QRect(left, 75 - third + place * _LINE, width, _LINE)
            self._write(painter, self._reason_font, line, where)
        is_whole = all(_shortened(self._reason_font, it, where) == it for it in lines)
        self.setToolTip("" if is_whole else plain_tip(self._reason))

    def _paint_frame(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        ring = self.hasFocus()
        painter.setPen(QPen(QColor(tokens.focus if ring else tokens.line), 2 if ring else 1))
        lit = self.underMouse() or self.isDown()
        painter.setBrush(QColor(tokens.hover if lit else tokens.surface))
        edge = 1.0 if ring else 0.5
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), Radius.CARD, Radius.CARD
        )

    @staticmethod
    def _fitted(font: QFont, text: str, where: QRect) -> QFont:
        """Return a font in which a text is not cut: half a number is another number."""
        fitted, least = QFont(font), int(font.pixelSize() * _LEAST_SHARE)
        # Step by step: a smaller size is not narrower by the same share in every script.
        while _shortened(fitted, text, where) != text and fitted.pixelSize() > least:
            fitted.setPixelSize(fitted.pixelSize() - 1)
        return fitted

    @staticmethod
    def _write(painter: QPainter, font: QFont, text: str, where: QRect) -> None:
        painter.setFont(font)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, _shortened(font, text, where))


def _shortened(font: QFont, text: str, where: QRect) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())


def _lines(font: QFont, text: str, width: int, most: int) -> list[str]:
    """Return a text in at most so many lines, one or two, of which no one is much the longer."""
    advance, words = QFontMetrics(font).horizontalAdvance, text.split(" ")
    if most == 1 or len(words) == 1 or advance(text) <= width:
        return [text]
    breaks = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    whole = [pair for pair in breaks if max(map(advance, pair)) <= width]
    if whole:
        return list(min(whole, key=lambda pair: max(map(advance, pair))))
    # Something is shortened in any case: the first line holds what it can.
    return list(max((pair for pair in breaks if advance(pair[0]) <= width), default=breaks[0]))

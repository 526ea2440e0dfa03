"""The table of what became of alerts: time, endpoint, alert, channel, state, tries, reason.

The notifications page shows it over a model that answers DeliveryRole; newest first.
"""

from datetime import UTC, datetime

from PySide6.QtCore import (
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from backend.contract.vocabulary import DeliveryState
from widgets import channel_phrases, phrases
from widgets.channel_roles import DeliveryColumn, DeliveryRole
from widgets.column_heads import Columns
from widgets.parts import plain_tip
from widgets.style import assets, marks
from widgets.style.palette import Theme
from widgets.style.tokens import Tokens, Tone, Type
from widgets.table import ROW, Index, Table

_EDGE = 16
_MARK, _MARK_ROOM = 13, 20
_WIDTHS = {
    DeliveryColumn.TIME: 144,
    DeliveryColumn.ALERT: 92,
    DeliveryColumn.STATE: 132,
    DeliveryColumn.TRIES: 52,
}
_TIGHT = {DeliveryColumn.TIME: 112, DeliveryColumn.STATE: 108}
"""Enough for a time without its seconds, and for nearly every state."""
_SHARES = {DeliveryColumn.ENDPOINT: 0.28, DeliveryColumn.CHANNEL: 0.22}
"""How much of what is left these take; the reason takes the rest."""
_LEAST_NAME, _LEAST_REASON = 90, 72
_GOOD_WORDS = 460
_PLAIN = {
    DeliveryColumn.ENDPOINT: DeliveryRole.ENDPOINT_NAME,
    DeliveryColumn.CHANNEL: DeliveryRole.CHANNEL_NAME,
    DeliveryColumn.TRIES: DeliveryRole.TRIES,
}
"""Columns that say a value as it is."""
_RIGHT = frozenset({DeliveryColumn.TRIES})


class DeliveryLog(Table):
    """Rows of deliveries, to be read; Enter or a double click opens the endpoint.

    Signals:
        opened: Show this endpoint (its id).
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        columns = Columns(DeliveryColumn, _word, _pads, DeliveryColumn.ERROR, aligned_right=_RIGHT)
        super().__init__(theme, columns, parent)
        self.setItemDelegate(_DeliveryDelegate(theme, self))
        self.doubleClicked.connect(self._open)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(DeliveryRole.ENDPOINT_ID))

    def usual_widths(self, room: int) -> dict[int, int]:
        """Return the usual widths; the reason gets what the others leave.

        In little room names and reason say more than how often it was tried, of what it told, and
        the seconds of the time; in the least the endpoint and the reason more than the channel.
        """
        px = self._theme.px
        fixed: dict[int, int] = {column: px(width) for column, width in _WIDTHS.items()}
        for column in (DeliveryColumn.TRIES, DeliveryColumn.ALERT):
            if room - sum(fixed.values()) < px(_GOOD_WORDS):
                del fixed[column]
        if room - sum(fixed.values()) < px(_GOOD_WORDS):
            fixed |= {column: px(width) for column, width in _TIGHT.items()}
        left = room - sum(fixed.values())
        shared: dict[int, int] = {
            column: max(px(_LEAST_NAME), int(left * share)) for column, share in _SHARES.items()
        }
        if left - sum(shared.values()) < px(_LEAST_REASON):
            del shared[DeliveryColumn.CHANNEL]
        rest = left - sum(shared.values())
        return {**fixed, **shared, DeliveryColumn.ERROR: max(80, rest)}

    def table_name(self) -> str:
        """Return what a screen reader calls the table."""
        return self.tr("Delivery log")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter; all other keys move."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


def delivery_words(index: Index, now: datetime) -> str:
    """Return the words of one cell."""
    column, said = index.column(), index.data
    if column == DeliveryColumn.TIME:
        return phrases.moment_seconds(said(DeliveryRole.AT), now)
    if column == DeliveryColumn.ALERT:
        return channel_phrases.alert_word(said(DeliveryRole.KIND))
    if column == DeliveryColumn.STATE:
        return channel_phrases.state_word(said(DeliveryRole.STATE))
    if column == DeliveryColumn.ERROR:
        return channel_phrases.error_words(
            said(DeliveryRole.ERROR), said(DeliveryRole.NEXT_TRY_AT), now
        )
    return str(said(_PLAIN[DeliveryColumn(column)]))


def look_of(state: DeliveryState, tokens: Tokens) -> tuple[marks.Shape, Tone]:
    """Return the mark of a delivery's state; the word stands beside it."""
    match state:
        case DeliveryState.DELIVERED:
            return marks.Shape.CHECK, tokens.up
        case DeliveryState.MERGED:
            # Not green: the alert that it became a part of has a row and a fate of its own.
            return marks.Shape.DOTS, tokens.unknown
        case DeliveryState.FAILED:
            return marks.Shape.CROSS, tokens.down
        case DeliveryState.PENDING:
            return marks.Shape.RING, tokens.unknown
        case DeliveryState.DROPPED:
            return marks.Shape.BARS, tokens.unknown


class _DeliveryDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._font = assets.numbers(Type.TEXT - 1)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), self._theme.px(ROW))

    def _words(self, index: Index, room: float) -> tuple[str, bool]:
        """Return the words of a cell for so much room, and whether they are all there."""
        now, metrics = datetime.now(UTC), QFontMetrics(self._font)
        words = delivery_words(index, now)
        if metrics.horizontalAdvance(words) <= room:
            return words, True
        if index.column() == DeliveryColumn.TIME:
            words = phrases.moment(index.data(DeliveryRole.AT), now)
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room)), False

    def _room(self, column: int, width: float) -> float:
        """Return how much of a cell's width, at 100 % text, its words may take."""
        mark = _MARK_ROOM if column == DeliveryColumn.STATE else 0
        return width - sum(_pads(column)) - mark

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        words = delivery_words(index, datetime.now(UTC)) if index.isValid() else ""
        room = self._room(index.column(), option.rect.width() / self._theme.scale)
        fits = self._words(index, room)[1] if index.isValid() else True
        QToolTip.showText(event.globalPos(), "" if fits else plain_tip(words), view)
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        painter.save()
        rect = self._theme.enlarge(painter, option.rect)
        column = index.column()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, QColor(tokens.selection))
        left = _EDGE if column == DeliveryColumn.TIME else 0
        right = _EDGE if column == DeliveryColumn.ERROR else 0
        painter.fillRect(
            QRectF(rect.left() + left, rect.bottom(), rect.width() - left - right, 1),
            QColor(tokens.line),
        )
        inner = rect.adjusted(_EDGE, 0, -_pads(column)[1], 0)
        colour = tokens.text
        if column == DeliveryColumn.STATE:
            shape, tone = look_of(index.data(DeliveryRole.STATE), tokens)
            mark = QRectF(inner.left(), inner.center().y() - _MARK / 2 + 1, _MARK, _MARK)
            marks.draw(painter, mark, shape, tone)
            inner.setLeft(inner.left() + _MARK_ROOM)
            colour = tone.text
        elif column in {DeliveryColumn.TIME, DeliveryColumn.ERROR}:
            colour = tokens.muted
        if selected:
            colour = tokens.selection_text
        painter.setFont(self._font)
        painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
        fitting, _ = self._words(index, self._room(column, rect.width()))
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, fitting)
        painter.restore()


def _word(column: int) -> str:
    return channel_phrases.column_word(DeliveryColumn(column))


def _pads(column: int) -> tuple[int, int]:
    return _EDGE, _EDGE if column == DeliveryColumn.ERROR else 4

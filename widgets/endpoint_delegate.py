"""Paints the rows of the endpoint table: state pill, name over URL, strip, latency, uptime.

The endpoint view owns it. It reads roles only and keeps nothing but what the pointer is over.
"""

import time
from datetime import UTC, datetime

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from backend.contract.vocabulary import Status
from widgets import chart_phrases, heartbeat_strip, phrases, tag_pills
from widgets.heartbeat_strip import HeartbeatStrip
from widgets.roles import Column, Role
from widgets.style import assets, marks
from widgets.style.palette import Theme
from widgets.style.tokens import Radius, Tokens, Type
from widgets.uptime_bars import CELL_DAYS, CELL_HEIGHT, CELL_WIDTH, UptimeBars

TINT_MS = 600
EDGE = 16
_PILL = QSize(82, 24)

Index = QModelIndex | QPersistentModelIndex


class EndpointDelegate(QStyledItemDelegate):
    """The look of a row.

    Attributes:
        hovered_row: The row under the pointer, -1 for none.
        ring_row: The row that carries the keyboard's focus ring, -1 for none.
        tinted: Whether the last painting showed a row that still fades; the view asks for
            another painting then, and sets it back.
    """

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._strip = HeartbeatStrip(theme)
        self._bars = UptimeBars(theme)
        self._name_font = assets.font(Type.TEXT, QFont.Weight.DemiBold)
        self._small_font = assets.font(Type.SECONDARY)
        self._pill_font = assets.font(Type.SECONDARY, QFont.Weight.Bold)
        self._number_font = assets.numbers(Type.TEXT)
        self._name_metrics = QFontMetrics(self._name_font)
        self._small_metrics = QFontMetrics(self._small_font)
        self.hovered_row = -1
        self.ring_row = -1
        self.tinted = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of every row."""
        return QSize(option.rect.width(), self._theme.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell with its part of the row's ground."""
        painter.save()
        rect = self._theme.enlarge(painter, option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, rect, index, selected)
        match index.column():
            case Column.STATUS:
                self._paint_pill(painter, rect, index)
            case Column.ENDPOINT:
                self._paint_name(painter, rect, index, selected)
            case Column.HEARTBEATS:
                beats = index.data(Role.HEARTBEATS) or ()
                self._strip.paint(painter, strip_rect(rect), beats)
            case Column.LATENCY:
                words = phrases.latency(index.data(Role.LATENCY_MS))
                self._paint_number(painter, rect, words, selected)
            case Column.DAYS:
                self._bars.paint_cell(painter, bars_rect(rect), index.data(Role.DAYS) or ())
            case Column.UPTIME:
                words = phrases.uptime(index.data(Role.UPTIME_24H))
                self._paint_number(painter, rect, words, selected)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Say time, latency and reason of the check under the pointer, or the whole URL."""
        words = self.help_words(option.rect, event.pos(), index)
        QToolTip.showText(event.globalPos(), words, view)
        return True

    def help_words(self, rect: QRect, pos: QPoint, index: Index) -> str:
        """Return the tooltip at a point of a cell, "" for none."""
        scale = self._theme.scale
        rect = QRect(0, 0, round(rect.width() / scale), round(rect.height() / scale)).translated(
            round(rect.x() / scale), 0
        )
        pos = QPoint(round(pos.x() / scale), 0)
        match index.column():
            case Column.HEARTBEATS:
                beats = index.data(Role.HEARTBEATS) or ()
                beat = self._strip.beat_at(strip_rect(rect), pos.x(), beats)
                return heartbeat_strip.tooltip(beat, datetime.now(UTC)) if beat else ""
            case Column.DAYS:
                days = index.data(Role.DAYS) or ()
                day = UptimeBars.day_at(bars_rect(rect), pos.x(), days, CELL_DAYS)
                return chart_phrases.uptime_day(day) if day else ""
            case Column.STATUS:
                return phrases.failure_words(index.data(Role.MESSAGE))
            case Column.ENDPOINT:
                address = f"{index.data(Role.METHOD)} {index.data(Role.URL)}"
                tags = ", ".join(index.data(Role.TAGS) or ())
                return f"{address}\n{tags}" if tags else address
            case _:
                return ""

    def _paint_ground(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        tokens = self._theme.tokens
        width = self._view.viewport().width() / self._theme.scale
        row = QRectF(6, rect.top(), width - 12, rect.height())
        tint = self._tint(index)
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected or index.row() == self.hovered_row:
            painter.setBrush(QColor(tokens.selection if selected else tokens.hover))
            painter.drawRoundedRect(row.adjusted(0, 0, 0, -1), Radius.ROW, Radius.ROW)
        else:
            painter.fillRect(QRectF(EDGE, rect.bottom(), row.width() - 20, 1), QColor(tokens.line))
        if tint > 0:
            colour = QColor(tokens.tone(index.data(Role.STATUS), index.data(Role.PAUSED)).fill)
            colour.setAlphaF(0.28 * tint)
            painter.setBrush(colour)
            painter.drawRoundedRect(row.adjusted(0, 0, 0, -1), Radius.ROW, Radius.ROW)
        if index.row() == self.ring_row:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row.adjusted(1, 1, -1, -2), Radius.ROW, Radius.ROW)
        painter.restore()

    def _tint(self, index: Index) -> float:
        """Return how strongly the row is tinted, from 1 at the change down to 0."""
        changed_at: int | None = index.data(Role.CHANGED_AT_MS)
        if changed_at is None or self._theme.reduced_motion:
            return 0.0
        age = time.monotonic_ns() // 1_000_000 - changed_at
        if not 0 <= age < TINT_MS:
            return 0.0
        self.tinted = True
        return 1 - age / TINT_MS

    def _paint_pill(self, painter: QPainter, rect: QRect, index: Index) -> None:
        status: Status = index.data(Role.STATUS)
        paused = bool(index.data(Role.PAUSED))
        pill = QRectF(rect.left() + EDGE, 0, _PILL.width(), _PILL.height())
        pill.moveTop(rect.top() + (rect.height() - pill.height()) // 2)
        painter.setFont(self._pill_font)
        draw_pill(painter, pill, self._theme.tokens, status, paused)

    def _paint_name(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        tokens = self._theme.tokens
        width = rect.width() - 16
        painter.setFont(self._name_font)
        painter.setPen(QColor(tokens.selection_text if selected else tokens.text))
        name = self._name_metrics.elidedText(
            index.data(Role.NAME), Qt.TextElideMode.ElideRight, width
        )
        if self._theme.compact:
            # One line: the address stays in the tooltip.
            where = QRect(rect.left(), rect.top(), width, rect.height() - 1)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, name)
            return
        painter.drawText(
            QRect(rect.left(), rect.top() + 5, width, 18), Qt.AlignmentFlag.AlignVCenter, name
        )
        taken = self._name_metrics.horizontalAdvance(name) + 8
        behind = QRect(rect.left() + taken, rect.top() + 5, width - taken, 18)
        painter.setFont(self._small_font)
        tag_pills.paint(painter, behind, index.data(Role.TAGS) or (), tokens, selected=selected)
        painter.setPen(QColor(tokens.selection_muted if selected else tokens.muted))
        address = phrases.address(index.data(Role.METHOD), index.data(Role.URL))
        painter.drawText(
            QRect(rect.left(), rect.top() + 23, width, 15),
            Qt.AlignmentFlag.AlignVCenter,
            self._small_metrics.elidedText(address, Qt.TextElideMode.ElideRight, width),
        )

    def _paint_number(self, painter: QPainter, rect: QRect, words: str, selected: bool) -> None:
        tokens = self._theme.tokens
        painter.setFont(self._number_font)
        painter.setPen(QColor(tokens.selection_text if selected else tokens.text))
        painter.drawText(
            rect.adjusted(0, 0, -EDGE, 0),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            words,
        )


def strip_rect(cell: QRect) -> QRect:
    """Return where in its cell the strip lies."""
    return cell.adjusted(0, 0, -EDGE, 0)


def bars_rect(cell: QRect) -> QRectF:
    """Return where in its cell the bars of the last days stand."""
    top = cell.top() + (cell.height() - CELL_HEIGHT) // 2
    return QRectF(cell.right() - EDGE - CELL_WIDTH + 1, top, CELL_WIDTH, CELL_HEIGHT)


def draw_pill(
    painter: QPainter, pill: QRectF, tokens: Tokens, status: Status, paused: bool = False
) -> None:
    """Draw a state as mark and word on its soft ground, in the painter's font."""
    tone = tokens.tone(status, paused)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tone.soft))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    mark = QRectF(pill.left() + 7, pill.center().y() - 7, 14, 14)
    marks.draw_status(painter, mark, tokens, status, paused)
    painter.setPen(QColor(tone.text))
    painter.drawText(
        pill.adjusted(26, 0, -6, 0),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        phrases.status_word(status, paused),
    )
    painter.restore()


def row_of(model: QAbstractItemModel, endpoint_id: str) -> int:
    """Return the row of an endpoint, -1 when the model does not hold it."""
    exactly = Qt.MatchFlag.MatchExactly
    found = model.match(model.index(0, 0), Role.ENDPOINT_ID, endpoint_id, 1, exactly)
    return found[0].row() if found else -1

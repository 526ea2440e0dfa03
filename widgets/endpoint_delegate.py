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
    QPointF,
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

from widgets import chart_phrases, heartbeat_strip, phrases, state_pill, tag_pills
from widgets.heartbeat_strip import HeartbeatStrip
from widgets.parts import plain_tip
from widgets.roles import Column, Role, RowFacts
from widgets.state_pill import StatePills
from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Radius, Type
from widgets.uptime_bars import CELL_DAYS, CELL_HEIGHT, CELL_WIDTH, UptimeBars

TINT_MS = 600
EDGE = 16

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
        self._pills = StatePills(theme)
        self._name_font = assets.font(Type.TEXT, QFont.Weight.DemiBold)
        self._small_font = assets.font(Type.SECONDARY)
        self._number_font = assets.numbers(Type.TEXT)
        self._name_metrics = QFontMetrics(self._name_font)
        self._small_metrics = QFontMetrics(self._small_font)
        self.hovered_row = -1
        self.ring_row = -1
        self.tinted = False
        self._begun: dict[int, RowFacts] = {}

    def begin(self) -> None:
        """Begin a painting of the view: what is known of rows is asked for anew."""
        self.tinted = False
        self._begun.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of every row."""
        return QSize(option.rect.width(), self._theme.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; the first of a row in a painting brings the ground of all of them."""
        row = self._begun.get(index.row()) or index.data(Role.FACTS)
        if row is None:
            return  # it is gone, and the view has not heard yet
        painter.save()
        rect = self._theme.enlarge(painter, option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if index.row() not in self._begun:
            self._begun[index.row()] = row
            self._paint_ground(painter, rect, index.row(), row, selected)
        match index.column():
            case Column.STATUS:
                top = rect.top() + (rect.height() - state_pill.SIZE.height()) // 2
                at = QPointF(rect.left() + EDGE, top)
                self._pills.paint(painter, at, row.status, row.paused)
            case Column.ENDPOINT:
                self._paint_name(painter, rect, row, selected)
            case Column.HEARTBEATS:
                self._strip.paint(painter, strip_rect(rect), row.checks)
            case Column.LATENCY:
                self._paint_number(painter, rect, phrases.latency(row.latency_ms), selected)
            case Column.DAYS:
                self._bars.paint_cell(painter, bars_rect(rect), row.days)
            case Column.UPTIME:
                self._paint_number(painter, rect, phrases.uptime(row.uptime_24h), selected)
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
        QToolTip.showText(event.globalPos(), plain_tip(words), view)
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

    def _paint_ground(
        self, painter: QPainter, cell: QRect, number: int, row: RowFacts, selected: bool
    ) -> None:
        """Paint what lies under all cells of a row; the painter shows no more than is asked for."""
        tokens = self._theme.tokens
        width = self._view.viewport().width() / self._theme.scale
        where = QRectF(6, cell.top(), width - 12, cell.height())
        tint = self._tint(row.changed_at_ms)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected or number == self.hovered_row:
            painter.setBrush(QColor(tokens.selection if selected else tokens.hover))
            painter.drawRoundedRect(where.adjusted(0, 0, 0, -1), Radius.ROW, Radius.ROW)
        else:
            line = QRectF(EDGE, cell.bottom(), where.width() - 20, 1)
            painter.fillRect(line, QColor(tokens.line))
        if tint > 0:
            colour = QColor(tokens.tone(row.status, row.paused).fill)
            colour.setAlphaF(0.28 * tint)
            painter.setBrush(colour)
            painter.drawRoundedRect(where.adjusted(0, 0, 0, -1), Radius.ROW, Radius.ROW)
        if number == self.ring_row:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(where.adjusted(1, 1, -1, -2), Radius.ROW, Radius.ROW)
        painter.restore()

    def _tint(self, changed_at: int | None) -> float:
        """Return how strongly a row is tinted, from 1 at the change down to 0."""
        if changed_at is None or self._theme.reduced_motion:
            return 0.0
        age = time.monotonic_ns() // 1_000_000 - changed_at
        if not 0 <= age < TINT_MS:
            return 0.0
        self.tinted = True
        return 1 - age / TINT_MS

    def _paint_name(self, painter: QPainter, rect: QRect, row: RowFacts, selected: bool) -> None:
        tokens = self._theme.tokens
        width = rect.width() - 16
        painter.setFont(self._name_font)
        painter.setPen(QColor(tokens.selection_text if selected else tokens.text))
        name = self._name_metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, width)
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
        if row.tags:
            tag_pills.paint(painter, behind, row.tags, tokens, selected=selected)
        painter.setPen(QColor(tokens.selection_muted if selected else tokens.muted))
        address = phrases.address(row.method, row.url)
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


def row_of(model: QAbstractItemModel, endpoint_id: str) -> int:
    """Return the row of an endpoint, -1 when the model does not hold it."""
    exactly = Qt.MatchFlag.MatchExactly
    found = model.match(model.index(0, 0), Role.ENDPOINT_ID, endpoint_id, 1, exactly)
    return found[0].row() if found else -1

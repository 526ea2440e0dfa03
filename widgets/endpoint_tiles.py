"""The row of numbers on the detail page: uptimes, percentiles, last check, certificate.

The detail page owns it.
"""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from backend.contract.vocabulary import Period, Status
from widgets import chart_phrases, headings, phrases
from widgets.endpoint_detail import EndpointDetail, EndpointPast
from widgets.parts import MarkLabel, Tile
from widgets.style.palette import Theme

_GAP = 12
_REFRESH_MS = 1000
_UPTIMES = ("uptime_24h", "uptime_7d", "uptime_30d")
_PERCENTILES = ("p50", "p95", "p99")
_TILES = (*_UPTIMES, *_PERCENTILES, "checked")
_MARK = 12
_FEWER = (4, 2)
"""How many tiles stand in a row where there is no room for all of them."""
_SOON_DAYS = 14
"""With fewer days left a certificate is worth a look: most are renewed a month before."""


class EndpointTiles(QWidget):
    """Seven tiles, and one more for an endpoint that has a certificate."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = {key: Tile() for key in _TILES}
        self._tiles["certificate"] = Tile(mark=MarkLabel(theme, _MARK))
        self._is_secured = False
        self._past = EndpointPast()
        self._checked_at: datetime | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._columns = 0
        self._lay_out(len(self._tiles))
        # "4 s ago" grows while nothing else happens.
        self._tick = QTimer(self)
        self._tick.setInterval(_REFRESH_MS)
        self._tick.timeout.connect(self._show_checked)
        self._set_texts()

    def _lay_out(self, columns: int) -> None:
        """Put the tiles into rows of so many."""
        if columns == self._columns:
            return
        for place, tile in enumerate(self._tiles.values()):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(len(self._tiles)):
            self._grid.setColumnStretch(column, int(column < columns))
        self._columns = columns
        self.updateGeometry()

    def _width_of(self, tiles: int) -> int:
        """Return the width that so many tiles beside each other need."""
        widest = max(tile.minimumSizeHint().width() for tile in self._tiles.values())
        return tiles * (widest + _GAP) - _GAP

    def minimumSizeHint(self) -> QSize:
        """Return room for the shortest rows: the page is never wider than its window for them."""
        return QSize(self._width_of(_FEWER[-1]), super().minimumSizeHint().height())

    @property
    def past(self) -> EndpointPast:
        """The numbers of the past that are shown."""
        return self._past

    def tile(self, key: str) -> Tile:
        """Return a tile: uptime_24h, uptime_7d, uptime_30d, p50, p95, p99, checked, certificate."""
        return self._tiles[key]

    def show_endpoint(self, detail: EndpointDetail) -> None:
        """Show the numbers that live."""
        self._checked_at = detail.last_checked_at
        self._tiles["uptime_24h"].show_value(phrases.uptime(detail.uptime_24h))
        self._is_secured = detail.url.casefold().startswith("https:")
        self._show_checked()
        self._show_certificate()

    def show_past(self, past: EndpointPast) -> None:
        """Show the numbers that were asked for."""
        self._past = past
        self._set_texts()
        for key, percent in (("uptime_7d", past.uptime_7d), ("uptime_30d", past.uptime_30d)):
            self._tiles[key].show_value(phrases.uptime(percent))
        values = (past.p50_ms, past.p95_ms, past.p99_ms)
        for key, latency_ms in zip(_PERCENTILES, values, strict=True):
            self._tiles[key].show_value(phrases.latency(latency_ms))
        self._show_certificate()

    def _show_checked(self) -> None:
        at = self._checked_at
        words = phrases.UNKNOWN_VALUE if at is None else phrases.ago(at, datetime.now(UTC))
        self._tiles["checked"].show_value(words)

    def _show_certificate(self) -> None:
        tile, until = self._tiles["certificate"], self._past.certificate_until
        tile.setVisible(self._is_secured)
        if until is None:
            tile.show_value(phrases.UNKNOWN_VALUE)
            tile.show_tone(None)
            return
        left = (until - datetime.now(UTC)) // timedelta(days=1)
        date = f"{until:%Y-%m-%d}"
        if left < 0:
            tile.show_value(self.tr("expired"))
            tile.show_tone(Status.DOWN, self.tr("Expired on {date}").format(date=date))
        elif left < _SOON_DAYS:
            tile.show_value(chart_phrases.days_word(left))
            tile.show_tone(Status.DEGRADED, self.tr("Ends soon: {date}").format(date=date))
        else:
            tile.show_value(chart_phrases.days_word(left))
            tile.show_tone(None, self.tr("Valid until {date}").format(date=date))

    def _set_texts(self) -> None:
        for key, each in zip(_UPTIMES, (Period.DAY, Period.WEEK, Period.MONTH), strict=True):
            word = headings.period_word(each)
            self._tiles[key].show_name(self.tr("Uptime, {period}").format(period=word))
        period = headings.period_word(self._past.period)
        for key in _PERCENTILES:
            self._tiles[key].show_name(f"{key}, {period}")
        self._tiles["checked"].show_name(self.tr("Last check"))
        self._tiles["certificate"].show_name(self.tr("Certificate"))
        self._show_certificate()

    def _fit(self) -> None:
        """Take several rows where one has no room."""
        shown = sum(not tile.isHidden() for tile in self._tiles.values())
        fitting = (each for each in (shown, *_FEWER) if self._width_of(each) <= self.width())
        self._lay_out(next(fitting, _FEWER[-1]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Notice when tiles need another width: other words, another size of text, one more."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the time since the last check grow."""
        super().showEvent(event)
        self._show_checked()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._tick.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
            self._show_checked()

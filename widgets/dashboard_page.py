"""The dashboard: four cards, response times beside the incident timeline, the endpoint list.

The window owns it; presenters hand it an overview, models, and listen to its intents.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from backend.contract.vocabulary import Status
from widgets import parts, phrases
from widgets.endpoint_panel import EndpointPanel
from widgets.flow import EvenRows, stand_beside
from widgets.incident_panel import IncidentPanel
from widgets.response_panel import ResponsePanel
from widgets.roles import EndpointFilter
from widgets.status_card import StatusCard
from widgets.style.marks import Shape
from widgets.style.palette import Theme
from widgets.style.tokens import Space
from widgets.uptime_bars import WEAK_BELOW

_LEAST_LIST = 168
"""How low the list may become, in pixels: its heads and two rows. Then the page scrolls."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the cards say.

    Attributes:
        total: All endpoints.
        up: Endpoints that are UP.
        down: Endpoints that are DOWN.
        longest_down: Name of the one that is so for the longest time.
        slow: Endpoints that are DEGRADED.
        first_slow: Name of the first of them.
        waiting: Endpoints that are UNKNOWN and not paused.
        paused: Paused endpoints.
        uptime_24h: Percent over all endpoints, None when nothing was measured.
        incidents: Open incidents.
        newest_incident: Name of the endpoint with the newest of them.
        known: False until the first data came; every number is then "-".
    """

    total: int = 0
    up: int = 0
    down: int = 0
    longest_down: str = ""
    slow: int = 0
    first_slow: str = ""
    waiting: int = 0
    paused: int = 0
    uptime_24h: float | None = None
    incidents: int = 0
    newest_incident: str = ""
    known: bool = True


class DashboardPage(QWidget):
    """Everything at a glance.

    Signals:
        filter_requested: A card asks to narrow the list (EndpointFilter).
        incidents_requested: The card of incidents was pressed.

    Attributes:
        endpoints: The list with its chips.
        incidents: The timeline.
        response: The response times of all endpoints.
        up_card, down_card, uptime_card, incidents_card: The four cards.
    """

    filter_requested = Signal(object)
    incidents_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overview = Overview(known=False)
        self.up_card = StatusCard(theme, Shape.CHECK)
        self.down_card = StatusCard(theme, Shape.CROSS)
        self.uptime_card = StatusCard(theme, Shape.RING)
        self.incidents_card = StatusCard(theme, Shape.CROSS)
        self.endpoints = EndpointPanel(theme, titled=True)
        self.response = ResponsePanel(theme)
        self.incidents = IncidentPanel(theme)
        self._timeline_px = Space.TIMELINE
        self._cards = (self.up_card, self.down_card, self.uptime_card, self.incidents_card)
        self._is_low = False
        self._theme = theme
        cards = EvenRows(self._cards, (4, 2, 1), Space.GAP)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(Space.GAP)
        self._middle.addWidget(self.response, 1)
        self._middle.addWidget(self.incidents)
        content = QWidget()
        self._page = QVBoxLayout(content)
        self._page.addWidget(cards)
        # A smaller window takes from both, but the list keeps more: it is where one works.
        self._page.addLayout(self._middle, 9)
        self._page.addWidget(self.endpoints, 16)
        parts.let_scroll(self, content)
        theme.changed.connect(self._share_height)
        self._share_height()
        self._connect()
        self._set_texts()

    def show_overview(self, overview: Overview) -> None:
        """Show other numbers."""
        self._overview = overview
        self._show_state_cards()
        self._show_uptime_card()
        self._show_incident_card()

    def _share_height(self) -> None:
        """Let cards and chart take less in a low window, so that the list keeps some rows."""
        low, page, px = self._is_low, self._page, self._theme.px
        gap, foot = (Space.GAP_LOW, Space.GAP_LOW) if low else (Space.GAP, Space.MARGIN)
        page.setContentsMargins(Space.MARGIN, 4, Space.MARGIN, foot)
        page.setSpacing(gap)
        for card in self._cards:
            card.set_low(low)
        for panel in (self.response, self.incidents):
            panel.setMinimumHeight(px(Space.CHART_LOW))
            panel.setMaximumHeight(px(Space.CHART_LOW if low else Space.CHART))
        self.endpoints.setMinimumHeight(px(_LEAST_LIST))

    def set_timeline(self, width: int) -> None:
        """Let the timeline be so many pixels wide, where it stands beside the chart."""
        self._timeline_px = width
        self._share_width()

    def _share_width(self) -> None:
        room = self.width() - 2 * Space.MARGIN - self.response.minimumSizeHint().width()
        stand_beside(self._middle, self.incidents, self._timeline_px, room)

    def _connect(self) -> None:
        self.up_card.clicked.connect(lambda: self.filter_requested.emit(EndpointFilter.UP))
        self.down_card.clicked.connect(lambda: self.filter_requested.emit(EndpointFilter.DOWN))
        self.uptime_card.clicked.connect(lambda: self.filter_requested.emit(EndpointFilter.ALL))
        self.incidents_card.clicked.connect(self.incidents_requested)

    def _show_state_cards(self) -> None:
        told = self._overview
        if not told.known:
            self.up_card.show_value(phrases.UNKNOWN_VALUE, "", None)
            self.down_card.show_value(phrases.UNKNOWN_VALUE, "", None)
            return
        tone = Status.UP if told.up else None
        of_all = phrases.of_endpoints(told.total) if told.total else self.tr("no endpoints yet")
        self.up_card.show_value(f"{told.up:,}", of_all, tone)
        down = told.down
        reason = phrases.names(told.longest_down, down) if down else self.tr("all good")
        self.down_card.show_value(f"{down:,}", reason, Status.DOWN if down else None)

    def _show_uptime_card(self) -> None:
        told = self._overview
        number = phrases.uptime(told.uptime_24h if told.known else None)
        if told.uptime_24h is None or not told.known:
            self.uptime_card.set_mark(Shape.RING)
            self.uptime_card.show_value(number, "", None)
        elif told.slow:
            names = phrases.names(told.first_slow, told.slow)
            reason = self.tr("slow: {names}").format(names=names)
            self.uptime_card.set_mark(Shape.WARNING)
            self.uptime_card.show_value(number, reason, Status.DEGRADED)
        elif told.down or told.uptime_24h < WEAK_BELOW:
            # Which ones are down stands on the card beside it; what failed before is no good day.
            self.uptime_card.set_mark(Shape.RING)
            self.uptime_card.show_value(number, self.tr("all endpoints"), None)
        else:
            self.uptime_card.set_mark(Shape.CHECK)
            self.uptime_card.show_value(number, self.tr("all endpoints"), Status.UP)

    def _show_incident_card(self) -> None:
        told = self._overview
        if not told.known:
            self.incidents_card.show_value(phrases.UNKNOWN_VALUE, "", None)
            return
        count = told.incidents
        reason = phrases.names(told.newest_incident, count) if count else self.tr("all good")
        self.incidents_card.show_value(f"{count:,}", reason, Status.DOWN if count else None)

    def _set_texts(self) -> None:
        self.up_card.set_label(phrases.status_word(Status.UP))
        self.down_card.set_label(phrases.status_word(Status.DOWN))
        self.uptime_card.set_label(self.tr("Uptime, 24 h"))
        self.incidents_card.set_label(self.tr("Active incidents"))
        self.show_overview(self._overview)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Notice when there is little height, and when there is enough again."""
        super().resizeEvent(event)
        low = self.height() < self._theme.px(Space.LOW_BELOW - Space.HEADER)
        if low is not self._is_low:
            self._is_low = low
            self._share_height()
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()

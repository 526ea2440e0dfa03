"""The detail page of one endpoint: how it stands, its past, its last checks, its incidents.

The window owns it; presenters show it an endpoint and its past and listen to its intents.
"""

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from widgets import parts
from widgets.check_log import CheckLog
from widgets.endpoint_detail import EndpointDetail, EndpointPast
from widgets.endpoint_head import EndpointHead
from widgets.endpoint_tiles import EndpointTiles
from widgets.flow import stand_beside
from widgets.incident_panel import IncidentPanel
from widgets.pages import ViewState
from widgets.response_panel import ResponsePanel
from widgets.state_stack import StateStack, StateWords
from widgets.style.palette import Theme
from widgets.style.tokens import Space
from widgets.uptime_panel import UptimePanel
from widgets.window_keys import EDIT_KEY, key_of

_LEAST_LOG = (320, 200)
"""Width and height without which the log says little, at 100 % text, in pixels."""


class EndpointPage(QWidget):
    """One endpoint.

    Signals:
        check_requested: Check it now (its id).
        pause_requested: Pause or resume it (its id).
        edit_requested: Open the form (its id).
        delete_requested: Delete it (its id).
        acknowledge_requested: Somebody knows of its outage (its id).
        named: Another endpoint, or another name of it, is shown.
        switched: Another endpoint is shown (its id).

    Attributes:
        head: The sentence and the buttons.
        tiles: The numbers.
        days: Its last 90 days.
        response: Its response times.
        checks: The log of its last checks.
        incidents: The timeline of its incidents.
    """

    check_requested = Signal(str)
    pause_requested = Signal(str)
    edit_requested = Signal(str)
    delete_requested = Signal(str)
    acknowledge_requested = Signal(str)
    named = Signal()
    switched = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail: EndpointDetail | None = None
        self.head, self.tiles = EndpointHead(theme), EndpointTiles(theme)
        self.days, self.response = UptimePanel(theme), ResponsePanel(theme)
        self.response.set_subject(None)
        self.checks = CheckLog(theme)
        self.check_states = StateStack(self.checks, self._state_words)
        self.incidents = IncidentPanel(theme)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._timeline_px = Space.TIMELINE
        self._log_title = parts.label("section")
        self._log_card = parts.card()
        self._theme = theme
        theme.changed.connect(self._measure)
        self._measure()
        self._lay_out()
        for told, intent in (
            (self.head.check_requested, self.check_requested),
            (self.head.pause_requested, self.pause_requested),
            (self.head.edit_requested, self.edit_requested),
            (self.head.delete_requested, self.delete_requested),
            (self.head.acknowledge_requested, self.acknowledge_requested),
        ):
            told.connect(lambda to=intent: to.emit(self.endpoint_id))
        key_of(self, EDIT_KEY, self._edit)
        self._set_texts()

    def _edit(self) -> None:
        if self.endpoint_id:
            self.edit_requested.emit(self.endpoint_id)

    @property
    def endpoint_id(self) -> str:
        """The id of the endpoint shown, "" for none."""
        return self._detail.endpoint_id if self._detail else ""

    @property
    def name(self) -> str:
        """The name of the endpoint shown, "" for none."""
        return self._detail.name if self._detail else ""

    def show_endpoint(self, detail: EndpointDetail) -> None:
        """Show an endpoint, or its new standing."""
        renamed = detail.name != self.name
        switched = detail.endpoint_id != self.endpoint_id
        self._detail = detail
        self.head.show_endpoint(detail)
        self.tiles.show_endpoint(detail)
        if switched:
            self.tiles.show_past(EndpointPast(period=self.response.periods.period))
            self.days.forget()
            self.response.forget()
            self.switched.emit(detail.endpoint_id)
        if renamed or switched:
            self.named.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pause by Space and delete by Del, as in the list; acknowledge an outage by A."""
        if self.endpoint_id and event.matches(QKeySequence.StandardKey.Delete):
            self.delete_requested.emit(self.endpoint_id)
        elif self.endpoint_id and event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.pause_requested.emit(self.endpoint_id)
        elif event.key() == Qt.Key.Key_A and self.head.acknowledge_button.isVisible():
            self.head.acknowledge_requested.emit()
        else:
            super().keyPressEvent(event)

    def set_checks_model(self, model: QAbstractItemModel) -> None:
        """Show the checks of a model (CheckRole, newest first)."""
        self.checks.set_model(model)
        self.check_states.follow(model)

    def set_incidents_model(self, model: QAbstractItemModel) -> None:
        """Show the incidents of a model (IncidentRole, newest first)."""
        self.incidents.set_model(model)

    def _measure(self) -> None:
        """Give chart and log the height that text of its size asks for."""
        self.response.setFixedHeight(self._theme.px(Space.CHART - 20))
        self._log_card.setMinimumHeight(self._theme.px(_LEAST_LOG[1]))

    def set_timeline(self, width: int) -> None:
        """Let the timeline be so many pixels wide, where it stands beside the log."""
        self._timeline_px = width
        self._share_width()

    def _share_width(self) -> None:
        room = self.width() - 2 * Space.MARGIN - self._theme.px(_LEAST_LOG[0])
        stand_beside(self._below, self.incidents, self._timeline_px, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._share_width()

    def _lay_out(self) -> None:
        self._below.setSpacing(Space.GAP)
        self._below.addWidget(self._log(), 1)
        self._below.addWidget(self.incidents)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(Space.MARGIN, 4, Space.MARGIN, Space.MARGIN)
        column.setSpacing(Space.GAP)
        for part in (self.head, self.tiles, self.days, self.response):
            column.addWidget(part)
        column.addLayout(self._below, 1)
        parts.let_scroll(self, content)

    def _log(self) -> QFrame:
        card = self._log_card
        self._log_title.setContentsMargins(15, 0, 0, 0)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 15, 1, 6)
        column.setSpacing(4)
        column.addWidget(self._log_title)
        column.addWidget(self.check_states, 1)
        return card

    def _state_words(self, state: ViewState) -> StateWords:
        match state:
            case ViewState.LOADING:
                return StateWords(self.tr("Loading checks..."))
            case ViewState.ERROR:
                return StateWords(self.tr("The checks could not be loaded."))
            case _:
                return StateWords(self.tr("Not checked yet."))

    def _set_texts(self) -> None:
        self._log_title.setText(self.tr("Last checks"))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()

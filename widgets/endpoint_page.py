"""The detail page of one endpoint: a sentence, buttons, tiles, last checks, incidents.

The window owns it; the detail presenter shows it an endpoint and listens to its intents.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QAbstractItemModel, QEvent, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend.contract.vocabulary import Status
from widgets import parts, phrases
from widgets.check_log import CheckLog
from widgets.incident_panel import IncidentPanel
from widgets.mark_label import MarkLabel
from widgets.roles import ViewState
from widgets.state_stack import StateStack, StateWords
from widgets.style.palette import Theme
from widgets.style.tokens import Space
from widgets.tile import Tile

_REFRESH_MS = 1000


@dataclass(frozen=True, slots=True)
class EndpointDetail:
    """What the page says of an endpoint.

    Attributes:
        endpoint_id: Its id.
        name: Its name.
        method: How it is asked.
        url: Where it is asked.
        status: Its standing.
        paused: Whether it is paused.
        since: When this standing began, None when not known.
        message: The last error in the backend's words.
        latency_ms: Last response time, None when no answer came.
        uptime_24h: Percent, None when nothing was measured.
        last_checked_at: Time of the last check, None when never checked.
        failures: Failures in a row.
        failure_threshold: At how many of them it is down.
    """

    endpoint_id: str
    name: str
    method: str
    url: str
    status: Status
    paused: bool = False
    since: datetime | None = None
    message: str | None = None
    latency_ms: float | None = None
    uptime_24h: float | None = None
    last_checked_at: datetime | None = None
    failures: int = 0
    failure_threshold: int = 3


class EndpointPage(QWidget):
    """One endpoint.

    Signals:
        check_requested: Check it now (its id).
        pause_requested: Pause or resume it (its id).
        edit_requested: Open the form (its id).
        delete_requested: Delete it (its id).
        named: Another endpoint, or another name of it, is shown.

    Attributes:
        checks: The log of its last checks.
        incidents: The timeline of its incidents.
    """

    check_requested = Signal(str)
    pause_requested = Signal(str)
    edit_requested = Signal(str)
    delete_requested = Signal(str)
    named = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._detail: EndpointDetail | None = None
        self._mark = MarkLabel(theme, 22)
        self._sentence = parts.label("lead", wrap=True)
        self._address = parts.label("muted")
        self._check = parts.IconButton(theme, "rotate-cw")
        self._pause = parts.IconButton(theme, "pause")
        self._edit = parts.IconButton(theme, "pencil")
        self._delete = parts.IconButton(theme, "trash-2", "danger")
        self._tiles = {key: Tile() for key in ("uptime", "latency", "checked", "failures")}
        self.checks = CheckLog(theme)
        self.check_states = StateStack(self.checks, self._state_words)
        self.incidents = IncidentPanel(theme)
        self.incidents.setFixedWidth(Space.TIMELINE)
        self._log_title = parts.label("section")
        self._lay_out()
        self._connect()
        # "Down for 4 min" grows while nothing else happens.
        self._tick = QTimer(self)
        self._tick.setInterval(_REFRESH_MS)
        self._tick.timeout.connect(self._show_words)
        self._set_texts()

    @property
    def endpoint_id(self) -> str:
        """The id of the endpoint shown, "" for none."""
        return self._detail.endpoint_id if self._detail else ""

    @property
    def name(self) -> str:
        """The name of the endpoint shown, "" for none."""
        return self._detail.name if self._detail else ""

    @property
    def sentence(self) -> str:
        """The one sentence."""
        return self._sentence.text()

    def tile(self, key: str) -> Tile:
        """Return a tile: ``uptime``, ``latency``, ``checked`` or ``failures``."""
        return self._tiles[key]

    def show_endpoint(self, detail: EndpointDetail) -> None:
        """Show an endpoint, or its new standing."""
        renamed = detail.name != self.name
        self._detail = detail
        self._set_texts()
        if renamed:
            self.named.emit()

    def set_checks_model(self, model: QAbstractItemModel) -> None:
        """Show the checks of a model (CheckRole, newest first)."""
        self.checks.set_model(model)
        self.check_states.follow(model)

    def set_incidents_model(self, model: QAbstractItemModel) -> None:
        """Show the incidents of a model (IncidentRole, newest first)."""
        self.incidents.set_model(model)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._sentence)
        words.addWidget(self._address)
        top.addWidget(self._mark)
        top.addSpacing(4)
        top.addLayout(words, 1)
        for button in (self._check, self._pause, self._edit, self._delete):
            top.addWidget(button)
        head = parts.card()
        head_row = QVBoxLayout(head)
        head_row.setContentsMargins(18, 16, 16, 16)
        head_row.addLayout(top)
        tiles = QHBoxLayout()
        tiles.setSpacing(Space.GAP)
        for tile in self._tiles.values():
            tiles.addWidget(tile, 1)
        log = parts.card()
        log_column = QVBoxLayout(log)
        log_column.setContentsMargins(1, 18, 1, 6)
        log_column.setSpacing(4)
        self._log_title.setContentsMargins(15, 0, 0, 0)
        log_column.addWidget(self._log_title)
        log_column.addWidget(self.check_states, 1)
        below = QHBoxLayout()
        below.setSpacing(Space.GAP)
        below.addWidget(log, 1)
        below.addWidget(self.incidents)
        page = QVBoxLayout(self)
        page.setContentsMargins(Space.MARGIN, 4, Space.MARGIN, Space.MARGIN)
        page.setSpacing(Space.GAP)
        page.addWidget(head)
        page.addLayout(tiles)
        page.addLayout(below, 1)

    def _connect(self) -> None:
        for button, signal in (
            (self._check, self.check_requested),
            (self._pause, self.pause_requested),
            (self._edit, self.edit_requested),
            (self._delete, self.delete_requested),
        ):
            button.clicked.connect(lambda _=False, s=signal: s.emit(self.endpoint_id))

    def _show_words(self) -> None:
        told = self._detail
        if told is None:
            return
        now = datetime.now(UTC)
        self._sentence.setText(
            phrases.detail_sentence(
                told.status,
                told.paused,
                told.since,
                now,
                message=told.message,
                latency_ms=told.latency_ms,
            )
        )
        checked = told.last_checked_at
        ago = phrases.UNKNOWN_VALUE if checked is None else phrases.ago(checked, now)
        self._tiles["checked"].show_value(ago)

    def _show_facts(self, told: EndpointDetail) -> None:
        self._mark.show_status(told.status, told.paused)
        self._address.setText(f"{told.method} {told.url}")
        self._tiles["uptime"].show_value(phrases.uptime(told.uptime_24h))
        self._tiles["latency"].show_value(phrases.latency(told.latency_ms))
        self._tiles["failures"].show_value(
            self.tr("{count} of {threshold}").format(
                count=told.failures, threshold=told.failure_threshold
            )
            if 0 < told.failures < told.failure_threshold
            else f"{told.failures:,}"
        )
        self._pause.show_icon("play" if told.paused else "pause")
        self._pause.setText(self.tr("Resume") if told.paused else self.tr("Pause"))

    def _state_words(self, state: ViewState) -> StateWords:
        match state:
            case ViewState.LOADING:
                return StateWords(self.tr("Loading checks..."))
            case ViewState.ERROR:
                return StateWords(self.tr("The checks could not be loaded."))
            case _:
                return StateWords(self.tr("Not checked yet."))

    def _set_texts(self) -> None:
        self._check.setText(self.tr("Check now"))
        self._pause.setText(self.tr("Pause"))
        self._edit.setText(self.tr("Edit"))
        self._delete.setText(self.tr("Delete"))
        self._log_title.setText(self.tr("Last checks"))
        self._tiles["uptime"].show_name(self.tr("Uptime, 24 h"))
        self._tiles["latency"].show_name(self.tr("Last response"))
        self._tiles["checked"].show_name(self.tr("Last check"))
        self._tiles["failures"].show_name(self.tr("Failures in a row"))
        if self._detail is not None:
            self._show_facts(self._detail)
        self._show_words()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the durations grow."""
        super().showEvent(event)
        self._show_words()
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

"""The icon in the system's tray: worst state as a shape, count of the down, and its menu.

The tray presenter tells it the state and decides what a click does.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from backend.contract.vocabulary import Status
from widgets import phrases, quiet_phrases
from widgets.quiet_phrases import Pause
from widgets.style import assets, marks
from widgets.style.palette import Theme
from widgets.style.tokens import LIGHT, Tone

MOST_INCIDENTS = 5
_BADGE_END = 10
"""From this count on the badge says "9+"."""
_SIZES = (16, 22, 24, 32, 48, 64)


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An incident of the menu: whose it is and since when."""

    endpoint_id: str
    name: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class TrayState:
    """What the tray says.

    Attributes:
        worst: The worst state of all endpoints; UNKNOWN when there are none.
        down: How many are down; the badge.
        slow: How many are slow.
        up: How many are up, and not slow.
        connected: Whether the line to the backend stands.
        checked_at: Time of the last check (aware), None when there was none.
        incidents: The open incidents, newest first.
        quiet_until: When the pause of alerts ends (aware), None while there is none.
    """

    worst: Status = Status.UNKNOWN
    down: int = 0
    slow: int = 0
    up: int = 0
    connected: bool = False
    checked_at: datetime | None = None
    incidents: tuple[OpenIncident, ...] = field(default=())
    quiet_until: datetime | None = None


class TrayIcon(QSystemTrayIcon):
    """Icon, tooltip and menu.

    Signals:
        open_requested: Show the window.
        preferences_requested: Show the preferences.
        quit_requested: End the program.
        incident_requested: Show this endpoint (its id).
        pause_requested: Pause alerts (Pause).
        resume_requested: End the pause of alerts.
    """

    open_requested = Signal()
    preferences_requested = Signal()
    quit_requested = Signal()
    incident_requested = Signal(str)
    pause_requested = Signal(object)
    resume_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = TrayState()
        self._pictured: TrayState | None = None
        self._menu = QMenu()
        self._open = QAction(self._menu)
        self._line = QAction(self._menu)
        self._line.setEnabled(False)
        self._preferences = QAction(self._menu)
        self._quit = QAction(self._menu)
        # Made once, hidden while there are fewer: nothing is deleted while a tray shows the menu.
        self._incidents = [QAction(self._menu) for _ in range(MOST_INCIDENTS)]
        self._listed: tuple[OpenIncident, ...] = ()
        self._crossed_in: Tone | None = None
        self._after_incidents = QAction(self._menu)
        self._pauses = {pause: QAction(self._menu) for pause in Pause}
        self._resume = QAction(self._menu)
        self._build_menu()
        self.activated.connect(self._activate)
        self.show_state(self._state)

    @property
    def state(self) -> TrayState:
        """The state last shown."""
        return self._state

    @property
    def menu(self) -> QMenu:
        """The menu."""
        return self._menu

    def show_state(self, state: TrayState) -> None:
        """Show another state."""
        self._state = state
        pictured = _pictured(state)
        if pictured != self._pictured:
            self._pictured = pictured
            self.setIcon(tray_picture(state))
        self._set_texts()

    def _build_menu(self) -> None:
        bold = assets.font(weight=QFont.Weight.Bold)
        self._open.setFont(bold)
        self._open.triggered.connect(self.open_requested)
        self._preferences.triggered.connect(self.preferences_requested)
        self._quit.triggered.connect(self.quit_requested)
        self._menu.addAction(self._open)
        self._menu.setDefaultAction(self._open)
        self._menu.addAction(self._line)
        for place, action in enumerate(self._incidents):
            action.setVisible(False)
            action.triggered.connect(lambda _=False, place=place: self._open_incident(place))
            self._menu.addAction(action)
        self._after_incidents.setSeparator(True)
        self._menu.addAction(self._after_incidents)
        for pause, action in self._pauses.items():
            action.triggered.connect(lambda _=False, pause=pause: self.pause_requested.emit(pause))
            self._menu.addAction(action)
        self._resume.triggered.connect(self.resume_requested)
        self._menu.addAction(self._resume)
        self._menu.addSeparator()
        self._menu.addAction(self._preferences)
        self._menu.addSeparator()
        self._menu.addAction(self._quit)
        self.setContextMenu(self._menu)

    def _set_texts(self) -> None:
        state = self._state
        words = phrases.tray_tooltip(
            state.down, state.slow, state.up, state.checked_at, state.connected
        )
        self._line.setText(words)
        if state.quiet_until is not None:
            paused = quiet_phrases.paused_until(state.quiet_until, datetime.now(UTC))
            words = f"{words}\n{paused}"
        self.setToolTip(words)
        self._open.setText(self.tr("Open Vigil"))
        self._preferences.setText(self.tr("Preferences"))
        self._quit.setText(self.tr("Quit"))
        self._list_incidents()
        self._offer_pauses()

    def _offer_pauses(self) -> None:
        until = self._state.quiet_until
        for pause, action in self._pauses.items():
            action.setText(quiet_phrases.pause_offer(pause))
            action.setVisible(until is None)
        self._resume.setVisible(until is not None)
        if until is not None:
            self._resume.setText(quiet_phrases.resume_offer(until, datetime.now(UTC)))

    def _list_incidents(self) -> None:
        self._listed = self._state.incidents[:MOST_INCIDENTS]
        now = datetime.now(UTC)
        self._cross_incidents()
        for action, incident in zip(self._incidents, self._listed, strict=False):
            length = phrases.rough_span((now - incident.started_at).total_seconds())
            # A single & would underline the next letter of a name.
            name = incident.name.replace("&", "&&")
            action.setText(f"{name} - {length}")
        for place, action in enumerate(self._incidents):
            action.setVisible(place < len(self._listed))

    def _cross_incidents(self) -> None:
        """Draw the cross before them, once a theme: a panel is sent each picture anew."""
        tone = self._theme.tokens.down
        if tone != self._crossed_in:
            self._crossed_in = tone
            picture = QIcon(marks.pixmap(marks.Shape.CROSS, tone, 16, 2.0))
            for action in self._incidents:
                action.setIcon(picture)

    def _open_incident(self, place: int) -> None:
        if place < len(self._listed):
            self.incident_requested.emit(self._listed[place].endpoint_id)

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        }:
            self.open_requested.emit()

    def event(self, event: QEvent) -> bool:
        """Say everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
        return super().event(event)


def _pictured(state: TrayState) -> TrayState:
    """Return the part of a state that the picture shows: six sizes are dear to draw."""
    return TrayState(worst=state.worst, down=min(state.down, _BADGE_END), connected=state.connected)


def tray_picture(state: TrayState) -> QIcon:
    """Return the icon of a state in the sizes trays ask for."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_draw(state, size))
    return made


def _draw(state: TrayState, size: int) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = size / 16
    square = QRectF(inset, inset, size - 2 * inset, size - 2 * inset)
    # The light tones carry an outline and so stand on light and dark panels alike.
    if not state.connected:
        marks.draw(painter, square, marks.shape_of(state.worst), LIGHT.unknown)
        _slash(painter, size)
    else:
        marks.draw_status(painter, square, LIGHT, state.worst)
        if state.down:
            _badge(painter, size, state.down)
    painter.end()
    return picture


def _slash(painter: QPainter, size: int) -> None:
    for colour, width in ((LIGHT.surface, size / 4.5), (LIGHT.unknown.glyph, size / 9)):
        pen = QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        near, far = round(size * 0.14), round(size * 0.86)
        painter.drawLine(near, far, far, near)


def _badge(painter: QPainter, size: int, count: int) -> None:
    words = str(count) if count < _BADGE_END else f"{_BADGE_END - 1}+"
    edge = size * 0.56
    where = QRectF(size - edge, size - edge, edge, edge)
    painter.setPen(QPen(QColor(LIGHT.surface), size / 22))
    painter.setBrush(QColor(LIGHT.down.outline))
    painter.drawEllipse(where.adjusted(size / 44, size / 44, -size / 44, -size / 44))
    pixels = size * (0.42 if len(words) == 1 else 0.32)
    painter.setFont(assets.numbers(max(6, round(pixels)), QFont.Weight.Bold))
    painter.setPen(QColor(LIGHT.surface))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)

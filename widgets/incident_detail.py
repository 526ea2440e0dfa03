"""The chosen incident beside the list: how it stands, what was said, its checks, how it began.

The incidents page owns it; a presenter gives it the incident at once and the rest when it came.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from backend.contract.vocabulary import Resolution, Status
from widgets import incident_phrases, parts, phrases
from widgets.evidence_view import EvidenceView
from widgets.incident_actions import IncidentActions
from widgets.incident_values import CheckLine, Evidence, Incident
from widgets.pages import ViewState
from widgets.state_stack import StateStack, StateWords
from widgets.style import assets, marks
from widgets.style.palette import Theme
from widgets.style.tokens import Type

_LINE = 22
_MARGIN = 16
_REFRESH_MS = 1000
LINES = 20
"""How many checks are shown at most."""


class IncidentDetail(QFrame):
    """One incident.

    Signals:
        retry_requested: Load again what could not be loaded.

    Attributes:
        answers: What can be said of it; its signals are the intents.
        checks: Its last checks.
        evidence: How it began.
        states: What is said while checks and evidence are not there.
    """

    retry_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._incident: Incident | None = None
        self._mark = parts.MarkLabel(theme, 20)
        self._title, self._times = parts.label("lead", wrap=True), parts.label("muted", wrap=True)
        self._cause = parts.label(wrap=True)
        self.answers = IncidentActions(theme)
        self.checks, self.evidence = CheckLines(theme), EvidenceView(theme)
        self._checks_title, self._evidence_title = parts.label("section"), parts.label("section")
        self._no_evidence = parts.label("muted", wrap=True)
        self.states = StateStack(self._lay_out_story(), self._state_words)
        self._scroller = self._lay_out()
        self.states.chosen.connect(lambda _: self.retry_requested.emit())
        # "open for 4 min" grows while nothing else happens.
        self._tick = QTimer(self)
        self._tick.setInterval(_REFRESH_MS)
        self._tick.timeout.connect(self._show_head)
        self.show_incident(None)
        self._set_texts()

    @property
    def incident(self) -> Incident | None:
        """What is shown."""
        return self._incident

    @property
    def title(self) -> str:
        """The bold sentence."""
        return self._title.text()

    def show_incident(self, incident: Incident | None) -> None:
        """Show an incident, or its new standing; None for none."""
        before = "" if self._incident is None else self._incident.incident_id
        self._incident = incident
        self._scroller.setVisible(incident is not None)
        self._nothing.setVisible(incident is None)
        if incident is None:
            return
        anew = incident.incident_id != before
        is_open = incident.resolved_at is None
        self.answers.show_said(incident.incident_id, incident.said, is_open)
        self.answers.open_button.setVisible(incident.is_watched)
        if anew:
            self._scroller.verticalScrollBar().setValue(0)
            self.states.show_state(ViewState.LOADING)
            # What is hidden still takes room in a stack.
            self.evidence.hide()
            self.checks.show_checks(())
        self._show_head()

    def show_story(self, checks: Sequence[CheckLine], evidence: Evidence | None) -> None:
        """Show its checks, newest first, and how it began; None where that is not kept."""
        self.checks.show_checks(checks[:LINES])
        self.evidence.setVisible(evidence is not None)
        self._no_evidence.setVisible(evidence is None)
        if evidence is not None:
            self.evidence.show_evidence(evidence)
        self.states.show_state(ViewState.NORMAL)

    def fail(self, why: str) -> None:
        """Say that checks and evidence could not be loaded; those that are shown stay."""
        if self.states.state is not ViewState.NORMAL:
            self.states.show_state(ViewState.ERROR, why)

    def _lay_out_story(self) -> QWidget:
        story = QWidget()
        column = QVBoxLayout(story)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        for part in (
            self._evidence_title,
            self._no_evidence,
            self.evidence,
            self._checks_title,
            self.checks,
        ):
            column.addWidget(part)
        column.addStretch(1)
        return story

    def _lay_out(self) -> QScrollArea:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(3)
        for part in (self._title, self._cause, self._times):
            words.addWidget(part)
        head.addLayout(words, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.answers)
        column.addWidget(parts.rule())
        column.addWidget(self.states, 1)
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setWidget(content)
        # Else the area paints its own ground over the card's.
        scroller.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self._nothing = parts.label("muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = QVBoxLayout(self)
        card.setContentsMargins(1, 1, 1, 1)
        card.addWidget(scroller, 1)
        card.addWidget(self._nothing, 1)
        return scroller

    def _show_head(self) -> None:
        told = self._incident
        if told is None:
            return
        now = datetime.now(UTC)
        self._mark.show_status(_status_of(told))
        self._title.setText(
            incident_phrases.incident_title(told.name, told.resolved_at, told.resolution)
        )
        self._cause.setText(incident_phrases.incident_cause(told.message, told.failures))
        began = phrases.moment_seconds(told.started_at, now)
        length = incident_phrases.incident_length(told.started_at, told.resolved_at, now)
        self._times.setText(self.tr("Began {when} - {length}").format(when=began, length=length))
        self.setAccessibleName(f"{self._title.text()}, {self._cause.text()}, {self._times.text()}")

    def _state_words(self, state: ViewState) -> StateWords:
        if state is ViewState.ERROR:
            return StateWords(
                self.tr("The incident could not be loaded."), (("retry", self.tr("Try again")),)
            )
        return StateWords(self.tr("Loading the incident..."))

    def _set_texts(self) -> None:
        self._nothing.setText(self.tr("Choose an incident to see how it began."))
        self._evidence_title.setText(self.tr("How it began"))
        self._checks_title.setText(self.tr("Last checks"))
        self._no_evidence.setText(self.tr("What was seen at the first failure is no longer kept."))
        self._show_head()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the buttons as many lines as they need."""
        super().resizeEvent(event)
        self.answers.fit(self.width() - 2 * _MARGIN)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the duration grow."""
        super().showEvent(event)
        self._show_head()
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


class CheckLines(QWidget):
    """Checks as lines: mark, time, and why one failed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._checks: Sequence[CheckLine] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        """Take the size of the text."""
        self.setFont(assets.numbers(self._theme.px(Type.TEXT - 1)))
        self.updateGeometry()
        self.update()

    @property
    def lines(self) -> list[str]:
        """What the lines say."""
        now = datetime.now(UTC)
        return [
            f"{phrases.moment_seconds(each.at, now)}  "
            f"{phrases.failure_words(each.message) or phrases.check_word(each.status)}"
            for each in self._checks
        ]

    def show_checks(self, checks: Sequence[CheckLine]) -> None:
        """Show these, in this order."""
        self._checks = checks
        self.setAccessibleName("; ".join(self.lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for one line per check."""
        return QSize(200, max(1, len(self._checks)) * self._theme.px(_LINE))

    def minimumSizeHint(self) -> QSize:
        """Return the same height: a line that is cut says nothing."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line for each check."""
        tokens, painter = self._theme.tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, px = QFontMetrics(self.font()), self._theme.px
        line, mark = px(_LINE), px(14)
        for number, (check, words) in enumerate(zip(self._checks, self.lines, strict=True)):
            top = number * line
            where = QRectF(0, top + px(4), mark, mark)
            marks.draw_status(painter, where, tokens, check.status)
            painter.setPen(QColor(tokens.text))
            room = self.width() - mark - 8
            fitting = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            where = QRectF(mark + 8, top, room, line)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, fitting)


def _status_of(incident: Incident) -> Status:
    if incident.resolved_at is None:
        return Status.DOWN
    recovered = incident.resolution in {None, Resolution.RECOVERED}
    return Status.UP if recovered else Status.UNKNOWN

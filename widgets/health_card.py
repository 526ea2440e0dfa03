"""The card "Health of Vigil": is it in time, can it store, are its data safe.

The preferences page owns it; the health presenter fills it while it is looked at.
"""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backend.contract.vocabulary import Status
from widgets import health_facts, parts, phrases
from widgets.health_facts import HealthFacts
from widgets.pages import ViewState
from widgets.state_stack import StateStack, StateWords
from widgets.style import marks
from widgets.style.marks import Shape
from widgets.style.palette import Theme

_ROWS = ("loop", "window", "checks", "data", "alerts", "backup", "secrets", "line", "runs")


class HealthCard(QFrame):
    """The health of both halves of the program.

    Signals:
        looked_at: Whether somebody can see it now.
        retry_requested: Ask for it again.
    """

    looked_at = Signal(bool)
    retry_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._theme = theme
        self._facts: HealthFacts | None = None
        self._title = parts.label("section")
        self._names = {key: parts.label("muted") for key in _ROWS}
        self._values = {key: parts.label() for key in _ROWS}
        self._verdicts = QVBoxLayout()
        self._restored = parts.label("secondary", wrap=True)
        self._restored.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.states = StateStack(self._made_view(), self._words)
        self.states.chosen.connect(lambda _: self.retry_requested.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 18)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self.states)
        self.states.show_state(ViewState.LOADING)
        self._set_texts()

    @property
    def verdicts(self) -> list[str]:
        """The sentences at its top: the warnings, or that all is well."""
        return [row.words for row in self.findChildren(_Verdict) if not row.isHidden()]

    def value(self, key: str) -> str:
        """Return what a row says: loop, window, checks, data, alerts, backup, secrets...."""
        return self._values[key].text()

    def show_facts(self, facts: HealthFacts) -> None:
        """Show how it stands."""
        self._facts = facts
        self._set_texts()
        self.states.show_state(ViewState.NORMAL)

    def show_failure(self, why: str) -> None:
        """Say that it could not be asked for, unless there is something to show."""
        if self._facts is None:
            self.states.show_state(ViewState.ERROR, why)

    def _made_view(self) -> QWidget:
        view = QWidget()
        self._verdicts.setSpacing(6)
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(1, 1)
        for place, key in enumerate(_ROWS):
            grid.addWidget(self._names[key], place, 0)
            grid.addWidget(self._values[key], place, 1, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._verdicts)
        column.addLayout(grid)
        column.addWidget(self._restored)
        return view

    def _words(self, state: ViewState) -> StateWords:
        if state is ViewState.ERROR:
            sentence = self.tr("The backend does not say how it is")
            return StateWords(sentence, (("retry", self.tr("Try again")),))
        return StateWords(self.tr("Asking the backend..."))

    def _set_texts(self) -> None:
        self._title.setText(self.tr("Health of Vigil"))
        for key, words in (
            ("loop", self.tr("Delay in the backend")),
            ("window", self.tr("Delay in the window")),
            ("checks", self.tr("Checks")),
            ("data", self.tr("Data")),
            ("alerts", self.tr("Alerts")),
            ("backup", self.tr("Last backup")),
            ("secrets", self.tr("Secrets")),
            ("line", self.tr("Connection")),
            ("runs", self.tr("Running for")),
        ):
            self._names[key].setText(words)
        if self._facts is not None:
            self._say(self._facts)

    def _say(self, facts: HealthFacts) -> None:
        for key, words in self._sentences(facts).items():
            self._values[key].setText(words)
            self._values[key].setAccessibleName(f"{self._names[key].text()}: {words}")
        warnings = health_facts.warnings(facts)
        self._show_verdicts(warnings or [self.tr("All is well")], is_well=not warnings)
        restored = facts.restored
        self._restored.setVisible(restored is not None)
        if restored is not None:
            sentence = health_facts.restored_sentence(restored, facts.now)
            self._restored.setText(f"{sentence}. {health_facts.kept_at(restored)}")

    def _sentences(self, facts: HealthFacts) -> dict[str, str]:
        lag = self.tr("usually {p50}, rarely {p99}")
        return {
            "loop": lag.format(
                p50=phrases.latency(facts.loop_p50_ms), p99=phrases.latency(facts.loop_p99_ms)
            ),
            "window": lag.format(
                p50=phrases.latency(facts.window_p50_ms), p99=phrases.latency(facts.window_p99_ms)
            ),
            "checks": self.tr(
                "{now} under way, {waiting} waiting, {late} of {all} began late"
            ).format(
                now=facts.under_way,
                waiting=facts.waiting,
                late=f"{facts.late:,}",
                all=f"{facts.begun:,}",
            ),
            "data": self.tr("{size}, {free} of the disk free").format(
                size=health_facts.size(facts.database_bytes),
                free=health_facts.size(facts.free_bytes),
            ),
            "alerts": self.tr("{waiting} waiting, {failed} given up in 24 h").format(
                waiting=facts.alerts_waiting, failed=facts.alerts_failed
            ),
            "backup": self._backup(facts),
            "secrets": health_facts.places_of_secrets(facts),
            "line": self.tr("reconnected: {reconnects}, gaps mended: {gaps}").format(
                reconnects=facts.reconnects, gaps=facts.gaps
            ),
            "runs": phrases.rough_span((facts.now - facts.started_at).total_seconds()),
        }

    def _backup(self, facts: HealthFacts) -> str:
        if facts.backup_at is None:
            return self.tr("None yet: the first is made soon")
        return self.tr("{time}, verified; {count} kept").format(
            time=phrases.moment(facts.backup_at, facts.now), count=facts.backups
        )

    def _show_verdicts(self, sentences: list[str], *, is_well: bool) -> None:
        while self._verdicts.count() < len(sentences):
            self._verdicts.addWidget(_Verdict(self._theme))
        for place in range(self._verdicts.count()):
            item = self._verdicts.itemAt(place)
            row = None if item is None else item.widget()
            if isinstance(row, _Verdict):
                row.setVisible(place < len(sentences))
                if place < len(sentences):
                    row.say(sentences[place], is_well=is_well)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for it while it can be seen."""
        super().showEvent(event)
        self.looked_at.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self.looked_at.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


class _Verdict(QWidget):
    """A mark and a sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._mark = _Mark(theme)
        self._label: QLabel = parts.label(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)

    @property
    def words(self) -> str:
        """What it says."""
        return self._label.text()

    def say(self, words: str, *, is_well: bool) -> None:
        """Say a sentence."""
        self._label.setText(words)
        self.setAccessibleName(words)
        self._mark.show_well(is_well)


class _Mark(QWidget):
    """The sign of a state: up, or the warning triangle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._is_well = theme, True
        self.setFixedSize(16, 16)
        theme.changed.connect(self.update)

    def show_well(self, is_well: bool) -> None:
        """Show which it is."""
        self._is_well = is_well
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        painter, area = QPainter(self), QRectF(self.rect())
        if self._is_well:
            marks.draw_status(painter, area, self._theme.tokens, Status.UP, False)
        else:
            marks.draw(painter, area, Shape.WARNING, self._theme.tokens.connecting)

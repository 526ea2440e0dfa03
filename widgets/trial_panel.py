"""What a test of the draft brought, live in the sheet: mark, sentence, timings, body.

The endpoint form shows it under the main fields. Nothing here was saved.
"""

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backend.contract.vocabulary import FindingResult, Status
from widgets import parts, phrases
from widgets.body_view import BodyView
from widgets.parts import MarkLabel
from widgets.phase_chart import PhaseChart
from widgets.style import assets
from widgets.style.palette import Theme
from widgets.trial_values import Trial

_MARK = 18


class TrialPanel(QFrame):
    """A card: nothing yet, a test under way, its result, or why there is none.

    Signals:
        picked: A JSON value of the body was chosen: its JSONPath and the value.
    """

    picked = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._trial: Trial | None = None
        self._problem = ""
        self._is_testing = False
        self._mark = MarkLabel(theme, _MARK)
        self._lead, self._numbers = parts.label("section"), parts.label("figures")
        self._numbers.setFont(assets.numbers())
        self._message = parts.label("", wrap=True)
        self._way = parts.label("secondary", wrap=True)
        self._chart = PhaseChart(theme)
        self._held = parts.label("secondary", wrap=True)
        self._body_name = parts.label("secondary", wrap=True)
        self.body = BodyView()
        self.body.picked.connect(self.picked)
        self._lay_out()
        self.clear()

    @property
    def sentence(self) -> str:
        """What is said now, "" when nothing is."""
        return self._message.text()

    @property
    def lead(self) -> str:
        """The one word before the sentence."""
        return self._lead.text()

    @property
    def is_testing(self) -> bool:
        """Whether a test is under way."""
        return self._is_testing

    def clear(self) -> None:
        """Show nothing: no test was made."""
        self._become(None)

    def show_testing(self) -> None:
        """Say that a test is under way."""
        self._become(None, is_testing=True)

    def show_problem(self, words: str) -> None:
        """Say why no test could be made."""
        self._become(None, problem=words)

    def show_trial(self, trial: Trial) -> None:
        """Show what a test brought."""
        self._become(trial)

    def say_picked(self, path: str) -> None:
        """Say that a value of the body became a condition."""
        self._say(self._body_name, self.tr("Added to the conditions: {path}").format(path=path))

    def _become(self, trial: Trial | None, is_testing: bool = False, problem: str = "") -> None:
        self._trial, self._is_testing, self._problem = trial, is_testing, problem
        self._chart.show_phases(() if trial is None else trial.phases)
        has_body = trial is not None and bool(trial.body)
        self.body.setVisible(has_body)
        self.body.show_body(trial.body if trial is not None else "")
        status = Status.UNKNOWN if trial is None else trial.status
        self._mark.show_status(status)
        self._set_texts()
        # Nothing is shown while it is built: without a parent it would be a window of its own.
        self.setVisible(trial is not None or is_testing or bool(problem))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._mark)
        head.addWidget(self._lead)
        head.addStretch(1)
        head.addWidget(self._numbers)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addLayout(head)
        for part in (
            self._message,
            self._way,
            self._chart,
            self._held,
            self._body_name,
            self.body,
        ):
            column.addWidget(part)

    def _set_texts(self) -> None:
        trial = self._trial
        self._numbers.setText("" if trial is None else _numbers(trial))
        if trial is not None:
            self._lead.setText(phrases.check_word(trial.status))
        elif self._is_testing:
            self._lead.setText(self.tr("Testing..."))
        else:
            self._lead.setText(self.tr("Not tested") if self._problem else "")
        self._say(self._message, self._problem if trial is None else self._judgement(trial))
        self._say(self._way, "" if trial is None else self._way_words(trial))
        self._say(self._held, "" if trial is None else self._held_words(trial))
        has_body = trial is not None and bool(trial.body)
        self._say(self._body_name, self._body_words(trial) if trial and has_body else "")
        self.body.setAccessibleName(self.tr("Beginning of the body"))
        self._chart.retell()
        spoken = (self._lead.text(), self._numbers.text(), self._message.text())
        self.setAccessibleName(", ".join(words for words in spoken if words))

    def _judgement(self, trial: Trial) -> str:
        if trial.message:
            return phrases.failure_words(trial.message)
        warnings = [each for each in trial.findings if each.result is FindingResult.WARNS]
        if warnings:
            return phrases.failure_words(warnings[0].message)
        match trial.status:
            case Status.UP:
                return self.tr("It answers as expected.")
            case Status.DEGRADED:
                return self.tr("It answers, but slowly.")
            case _:
                return ""

    def _way_words(self, trial: Trial) -> str:
        if not trial.redirects:
            return ""
        return self.tr("Redirected to {url}").format(url=trial.url)

    def _held_words(self, trial: Trial) -> str:
        if not trial.findings:
            return ""
        held = sum(each.result is FindingResult.HOLDS for each in trial.findings)
        return self.tr("{held} of {all} conditions hold").format(held=held, all=len(trial.findings))

    def _body_words(self, trial: Trial) -> str:
        size = QLocale().formattedDataSize(
            trial.body_bytes, 0, QLocale.DataSizeFormat.DataSizeSIFormat
        )
        words = (
            self.tr("Beginning of the body, {size} in all")
            if trial.body_is_cut
            else self.tr("Body, {size}")
        ).format(size=size)
        if self.body.offers_values:
            words += " - " + self.tr("click a value to make it a condition")
        return words

    def _say(self, label: QLabel, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


def _numbers(trial: Trial) -> str:
    shown = [] if trial.status_code is None else [str(trial.status_code)]
    if trial.latency_ms is not None:
        shown.append(phrases.latency(trial.latency_ms))
    return "   ".join(shown)

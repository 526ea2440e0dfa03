"""Pausing alerts and trying one out: what the preferences offer about desktop notifications.

The preferences page shows it; the composition root wires what it emits.
"""

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets import parts, quiet_phrases
from widgets.quiet_phrases import Pause


class QuietPanel(QWidget):
    """Three pauses, or the end of the one that is on; and a notification to try.

    Signals:
        pause_requested: Pause alerts (Pause).
        resume_requested: End the pause.
        test_requested: Send a notification to see whether one appears.
    """

    pause_requested = Signal(object)
    resume_requested = Signal()
    test_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._until: datetime | None = None
        self._state, self._meaning = parts.label(), parts.label("secondary", wrap=True)
        self._pauses = {pause: parts.button() for pause in Pause}
        self._resume, self._test = parts.button(), parts.button()
        self._answer = parts.label("secondary", wrap=True)
        self._answer.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._state, 1)
        for pause, button in self._pauses.items():
            button.clicked.connect(lambda _=False, p=pause: self.pause_requested.emit(p))
            row.addWidget(button)
        row.addWidget(self._resume)
        self._resume.clicked.connect(self.resume_requested)
        self._test.clicked.connect(self.test_requested)
        trial = QHBoxLayout()
        trial.setSpacing(12)
        trial.addWidget(self._test)
        trial.addWidget(self._answer, 1)
        trial.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self._meaning)
        column.addLayout(trial)
        self.show_until(None)

    def show_until(self, until: datetime | None) -> None:
        """Show until when alerts are paused (aware); None for not at all."""
        had_focus = any(button.hasFocus() for button in (*self._pauses.values(), self._resume))
        self._until = until
        self._set_texts()
        for button in self._pauses.values():
            button.setVisible(until is None)
        self._resume.setVisible(until is not None)
        if had_focus:
            # What the keyboard was on is gone: stay beside it.
            (self._resume if until is not None else self._pauses[Pause.HALF_HOUR]).setFocus()

    def show_answer(self, words: str) -> None:
        """Show what came of the test."""
        self._answer.setText(words)
        self._answer.setVisible(bool(words))

    def _set_texts(self) -> None:
        self._state.setText(
            self.tr("Pause alerts")
            if self._until is None
            else quiet_phrases.paused_until(self._until, datetime.now(UTC))
        )
        self._meaning.setText(quiet_phrases.meaning())
        for pause, button in self._pauses.items():
            button.setText(quiet_phrases.pause_word(pause))
            button.setAccessibleName(quiet_phrases.pause_offer(pause))
        self._resume.setText(self.tr("Resume alerts"))
        self._test.setText(self.tr("Send a test notification"))
        self._answer.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()

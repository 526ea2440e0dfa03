"""A card with the last 90 days of an endpoint: title, the day in words, bars.

The detail page shows it; its presenter gives it the days.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from widgets import chart_phrases, parts
from widgets.series import UptimeDay
from widgets.style.palette import Theme
from widgets.uptime_bars import DAYS, UptimeBar


class UptimePanel(QFrame):
    """Ninety days at a glance.

    Signals:
        retry_requested: Load again.

    Attributes:
        bar: The bars.
    """

    retry_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.bar = UptimeBar(theme)
        self._title = parts.label("section")
        self._words = parts.ElidedLabel("secondary")
        self._retry = parts.button("flat")
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 4, 0)
        head.addWidget(self._title)
        head.setSpacing(12)
        head.addStretch(1)
        head.addWidget(self._words)
        head.addWidget(self._retry)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 10)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.bar)
        self.bar.pointed.connect(lambda _: self._show_words())
        self._retry.clicked.connect(self.retry_requested)
        self._is_filled = False
        self._failure = ""
        self._set_texts()
        self.forget()

    @property
    def words(self) -> str:
        """The day, or the summary, in words."""
        return self._words.text()

    def show_days(self, days: Sequence[UptimeDay]) -> None:
        """Show days, oldest first."""
        self._is_filled, self._failure = True, ""
        self.bar.show_days(days)
        self._show_words()

    def forget(self) -> None:
        """Say that days are loading: those shown were of something else."""
        self._is_filled, self._failure = False, ""
        self.bar.show_days(())
        self._show_words()

    def fail(self, why: str) -> None:
        """Say that days could not be loaded; days that are shown stay."""
        if not self._is_filled:
            self._failure = why
            self._show_words()

    def _show_words(self) -> None:
        day = self.bar.day
        self._retry.setVisible(bool(self._failure))
        self._words.setToolTip(self._failure)
        if self._failure:
            self._words.setText(self.tr("The days could not be loaded."))
        elif day is not None:
            self._words.setText(chart_phrases.uptime_day(day))
        elif self._is_filled:
            self._words.setText(chart_phrases.uptime_summary(self.bar.days))
        else:
            self._words.setText(self.tr("Loading days..."))

    def _set_texts(self) -> None:
        days = chart_phrases.days_word(DAYS)
        self._title.setText(self.tr("Uptime, {days}").format(days=days))
        self._retry.setText(self.tr("Try again"))
        self._show_words()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()

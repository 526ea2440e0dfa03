"""A card with the last 90 days of an endpoint: title, the day in words, bars.

The detail page shows it; its presenter gives it the days.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from widgets import chart_phrases, parts
from widgets.series import UptimeDay
from widgets.style.palette import Theme
from widgets.uptime_bars import DAYS, UptimeBar

_MARGINS = 2 * (12 + 4)
"""Left and right of the head, in pixels."""


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
        self._words = parts.label("secondary")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._retry = parts.button("flat")
        head = self._head = QHBoxLayout()
        head.setContentsMargins(4, 0, 4, 0)
        head.addWidget(self._title)
        head.setSpacing(12)
        head.addWidget(self._words, 1)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words under the title where they have no room beside it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Share the head out; the words of a day never move the bars under the pointer."""
        summary = self._told()
        needed = self._words.fontMetrics().horizontalAdvance(summary)
        inside = self.contentsRect().width() - _MARGINS
        beside = self._title.sizeHint().width() + self._head.spacing() + needed <= inside
        direction, sides = QHBoxLayout.Direction, Qt.AlignmentFlag
        self._head.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._words.setAlignment(
            sides.AlignRight | sides.AlignVCenter if beside else sides.AlignLeft | sides.AlignTop
        )
        self._words.setWordWrap(not beside)
        lines = -(-needed // max(1, inside)) if not beside else 1
        self._words.setMinimumHeight(lines * self._words.fontMetrics().height())

    def _told(self) -> str:
        """Return what stands there while no day is pointed at."""
        if self._failure:
            return self.tr("The days could not be loaded.")
        if self._is_filled:
            return chart_phrases.uptime_summary(self.bar.days)
        return self.tr("Loading days...")

    def _show_words(self) -> None:
        day = self.bar.day
        self._retry.setVisible(bool(self._failure))
        self._words.setToolTip(parts.plain_tip(self._failure))
        told = self._told() if day is None or self._failure else chart_phrases.uptime_day(day)
        self._words.setText(told)
        self._arrange()

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

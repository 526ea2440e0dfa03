"""The chips that choose a period: 24 hours, 7 days, 30 days.

Panels of statistics put it in their head and pass ``period_changed`` on.
"""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from backend.contract.vocabulary import Period
from widgets import headings
from widgets.filter_bar import Chip
from widgets.style.palette import Theme

PERIODS = (Period.DAY, Period.WEEK, Period.MONTH)


class PeriodPicker(QWidget):
    """One chip per period, one of them chosen.

    Signals:
        period_changed: The user chose another period (Period).
    """

    period_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = {period: Chip(theme) for period in PERIODS}
        self._period = Period.DAY
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for period, chip in self._chips.items():
            self._group.addButton(chip)
            row.addWidget(chip)
            chip.toggled.connect(lambda on, p=period: self._choose(p) if on else None)
        self._chips[Period.DAY].setChecked(True)
        self._set_texts()

    @property
    def period(self) -> Period:
        """The chosen period."""
        return self._period

    def chip(self, period: Period) -> Chip:
        """Return one chip."""
        return self._chips[period]

    def set_period(self, period: Period) -> None:
        """Choose a period without emitting."""
        self._period = period
        self._chips[period].setChecked(True)

    def _choose(self, period: Period) -> None:
        # Arrow keys check a chip without a click, so this listens to the chip's state.
        if period is not self._period:
            self._period = period
            self.period_changed.emit(period)

    def _set_texts(self) -> None:
        self.setAccessibleName(self.tr("Period"))
        for period, chip in self._chips.items():
            chip.show_words(headings.period_word(period))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()

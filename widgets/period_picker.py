"""The chips that choose a period: 24 hours, 7 days, 30 days, or from one time to another.

Panels of statistics put it in their head and pass ``period_changed`` on. The last chip asks for
the two times in a small window under it; until they are given, the period before stays.
"""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from backend.contract.vocabulary import Period
from widgets import chart_phrases, headings, parts
from widgets.filter_bar import Chip, OneOf
from widgets.inputs import Moment
from widgets.style.palette import Theme

PERIODS = (Period.DAY, Period.WEEK, Period.MONTH, Period.CUSTOM)
_FIRST_SPAN = timedelta(days=1)

Span = tuple[datetime, datetime]


class PeriodPicker(QWidget):
    """One chip per period, one of them chosen.

    Signals:
        period_changed: The user chose another period (Period), or another span of the custom one.

    Attributes:
        asking: Asks for the two times of the custom period.
    """

    period_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = {period: Chip(theme) for period in PERIODS}
        self._period = Period.DAY
        self._span: Span | None = None
        self._group = OneOf(self._chips.values(), self)
        self.asking = SpanPopup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for period, chip in self._chips.items():
            row.addWidget(chip)
            chip.toggled.connect(lambda on, p=period: self._choose(p) if on else None)
        self._chips[Period.DAY].setChecked(True)
        # It is checked already when another span is wanted.
        self._chips[Period.CUSTOM].clicked.connect(self._ask)
        self.asking.chosen.connect(self._take)
        self.asking.given_up.connect(self._go_back)
        self._set_texts()

    @property
    def period(self) -> Period:
        """The chosen period."""
        return self._period

    @property
    def span(self) -> Span | None:
        """From when to when (both aware), None unless the period is the custom one."""
        return self._span if self._period is Period.CUSTOM else None

    @property
    def words(self) -> str:
        """The chosen period in words."""
        return self._chips[self._period].text()

    def chip(self, period: Period) -> Chip:
        """Return one chip."""
        return self._chips[period]

    def set_period(self, period: Period) -> None:
        """Choose a period without emitting."""
        self._period = period
        self._chips[period].setChecked(True)

    def _choose(self, period: Period) -> None:
        # Arrow keys check a chip without a click, so this listens to the chip's state.
        if period is self._period:
            return
        if period is Period.CUSTOM:
            self._ask()
        else:
            self._period = period
            self.period_changed.emit(period)

    def _ask(self) -> None:
        if not self.asking.isVisible():
            self.asking.ask(self._chips[Period.CUSTOM], self._span)

    def _take(self, start: datetime, end: datetime) -> None:
        self._span, self._period = (start, end), Period.CUSTOM
        self._set_texts()
        self._chips[Period.CUSTOM].setChecked(True)
        self._chips[Period.CUSTOM].setFocus(Qt.FocusReason.OtherFocusReason)
        self.period_changed.emit(Period.CUSTOM)

    def _go_back(self) -> None:
        self._chips[self._period].setChecked(True)
        self._chips[self._period].setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_texts(self) -> None:
        self.setAccessibleName(self.tr("Period"))
        for period, chip in self._chips.items():
            chip.show_words(headings.period_word(period))
        if self._span is not None:
            self._chips[Period.CUSTOM].show_words(chart_phrases.span_words(*self._span))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


class SpanPopup(QFrame):
    """From when to when.

    Signals:
        chosen: Both times (aware), the first before the second.
        given_up: It was closed without them.

    Attributes:
        start, end: The editors.
    """

    chosen = Signal(object, object)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", True)
        self._is_chosen = False
        self.start, self.end = Moment(), Moment()
        self.apply_button = parts.button("primary")
        self._names = (parts.label("secondary"), parts.label("secondary"))
        self._problem = parts.label("error")
        form = QGridLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        for line, editor in enumerate((self.start, self.end)):
            editor.setMinimumWidth(170)
            form.addWidget(self._names[line], line, 0)
            form.addWidget(editor, line, 1)
            editor.dateTimeChanged.connect(self._judge)
        foot = QHBoxLayout()
        foot.addWidget(self._problem, 1)
        foot.addWidget(self.apply_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(12)
        column.addLayout(form)
        column.addLayout(foot)
        self.apply_button.clicked.connect(self._apply)
        self._set_texts()

    @property
    def problem(self) -> str:
        """What is wrong with the two times, "" for nothing."""
        return self._problem.text()

    def ask(self, under: QWidget, span: Span | None) -> None:
        """Ask under a widget, beginning with a span or with the last day."""
        now = datetime.now(UTC)
        start, end = span or (now - _FIRST_SPAN, now)
        for editor, at in ((self.start, start), (self.end, end)):
            editor.setMaximumDateTime(QDateTime.currentDateTime().addSecs(60))
            editor.show_moment(at)
        self._is_chosen = False
        self.adjustSize()
        corner = under.mapToGlobal(QPoint(under.width() - self.width(), under.height() + 4))
        self.move(corner)
        self.show()
        self.start.setFocus(Qt.FocusReason.PopupFocusReason)

    def _judge(self) -> None:
        wrong = self.start.moment >= self.end.moment
        self._problem.setText(self.tr("It must end after it begins") if wrong else "")
        self.apply_button.setEnabled(not wrong)

    def _apply(self) -> None:
        if self.start.moment < self.end.moment:
            self._is_chosen = True
            self.hide()
            self.chosen.emit(self.start.moment, self.end.moment)

    def _set_texts(self) -> None:
        for editor, label, words in zip(
            (self.start, self.end), self._names, (self.tr("From"), self.tr("To")), strict=True
        ):
            label.setText(words)
            editor.setAccessibleName(words)
        self.apply_button.setText(self.tr("Show"))
        self._judge()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the span by Enter; Qt itself closes it by Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._apply()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say so when it was closed without an answer."""
        super().hideEvent(event)
        if not self._is_chosen:
            self.given_up.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()

"""One condition of an endpoint: what is looked at, how it compares, and what a test found.

The condition rows are made of these. Its values have the wire's names.
"""

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from backend.contract.vocabulary import AssertionKind, Comparison, FindingResult, Limits, Status
from widgets import condition_phrases as words
from widgets import condition_values as values_of
from widgets import parts, phrases
from widgets.inputs import Choice, Number
from widgets.parts import MarkLabel
from widgets.style.palette import Theme
from widgets.trial_values import Finding

_MARK = 14
_FIRST_WIDTH = 164
_MARKS = {
    FindingResult.HOLDS: Status.UP,
    FindingResult.WARNS: Status.DEGRADED,
    FindingResult.FAILS: Status.DOWN,
}
_NUMBERS = {
    AssertionKind.RESPONSE_TIME: (1, Limits.TIMEOUT_MS[1], 1000),
    AssertionKind.CERTIFICATE: (*Limits.CERTIFICATE_DAYS, 14),
}
"""Least, most and usual value of the kinds that are one number."""

_SUBJECTS = {AssertionKind.JSON: "path", AssertionKind.HEADER: "name"}


class ConditionRow(QWidget):
    """The editors of one condition.

    Signals:
        edited: Something about it was changed.
        removed: It is to be taken away.
    """

    edited = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self._measure)
        self.kind, self.comparison = Choice(theme), Choice(theme)
        self.subject, self.value, self.number = QLineEdit(), QLineEdit(), Number()
        self.remove_button = parts.IconButton(theme, "x", "flat", 14)
        self._mark, self._outcome = MarkLabel(theme, _MARK), parts.label("secondary", wrap=True)
        self._error = parts.label("error", wrap=True)
        for kind in AssertionKind:
            self.kind.addItem("", kind.value)
        self.number.setGroupSeparatorShown(True)
        for line in (self.subject, self.value):
            line.setMaxLength(Limits.EXPRESSION_LENGTH)
        self._lay_out()
        self._connect()
        self._show_kind()

    @property
    def chosen_kind(self) -> AssertionKind:
        """What it looks at."""
        return tuple(AssertionKind)[self.kind.currentIndex()]

    @property
    def chosen_comparison(self) -> Comparison:
        """How it compares; only for kinds that have a choice."""
        return Comparison(self.comparison.currentData())

    @property
    def error(self) -> str:
        """What is wrong with it, "" for nothing."""
        return self._error.text()

    @property
    def outcome(self) -> str:
        """What a test found, "" for nothing."""
        return self._outcome.text()

    def values(self) -> dict[str, object]:
        """Return the condition under its wire names."""
        kind = self.chosen_kind
        made: dict[str, object] = {"kind": kind.value}
        match kind:
            case AssertionKind.STATUS:
                made["codes"] = values_of.codes_of(self.subject.text())
            case AssertionKind.RESPONSE_TIME:
                made["maxMs"] = self.number.value()
            case AssertionKind.CERTIFICATE:
                made["minDays"] = self.number.value()
            case AssertionKind.BODY:
                made |= {"comparison": self.chosen_comparison.value, "value": self.value.text()}
            case AssertionKind.JSON | AssertionKind.HEADER:
                made[_SUBJECTS[kind]] = self.subject.text().strip()
                made |= {"comparison": self.chosen_comparison.value, "value": self._wanted()}
        return made

    def show_values(self, given: Mapping[str, object]) -> None:
        """Show a condition given under its wire names."""
        kind = AssertionKind(str(given["kind"]))
        self.kind.setCurrentIndex(tuple(AssertionKind).index(kind))
        self._show_kind()
        match kind:
            case AssertionKind.STATUS:
                self.subject.setText(", ".join(cast("list[str]", given["codes"])))
            case AssertionKind.RESPONSE_TIME:
                self.number.setValue(cast("int", given["maxMs"]))
            case AssertionKind.CERTIFICATE:
                self.number.setValue(cast("int", given["minDays"]))
            case _:
                self.subject.setText(str(given.get(_SUBJECTS.get(kind, ""), "")))
                self._show_comparison(Comparison(str(given["comparison"])), given.get("value"))

    def problem(self) -> str:
        """Return what is plainly wrong with it, "" for nothing; the rest the backend knows."""
        kind, text = self.chosen_kind, self.subject.text().strip()
        if kind is AssertionKind.STATUS and not values_of.are_codes(text):
            return words.not_codes() if text else words.needed()
        if kind in _SUBJECTS and not text:
            return words.needed()
        if not self.value.isVisibleTo(self):
            return ""
        if kind is not AssertionKind.JSON and not self.value.text():
            return words.needed()
        is_order = self.chosen_comparison in values_of.ORDERS
        if is_order and not values_of.is_number(self.value.text()):
            return words.not_a_number()
        return ""

    def show_error(self, error: str) -> None:
        """Say what is wrong with it, "" for nothing."""
        self._error.setText(error)
        self._error.setVisible(bool(error))
        self.kind.setAccessibleDescription(error)

    def show_finding(self, finding: Finding | None) -> None:
        """Show what a test found of it, None for nothing yet."""
        said = "" if finding is None else phrases.failure_words(finding.message)
        self._outcome.setText(said)
        for part in (self._mark, self._outcome):
            part.setVisible(finding is not None)
        if finding is not None:
            self._mark.show_status(_MARKS[finding.result])
            self._mark.setAccessibleName(phrases.check_word(_MARKS[finding.result]))

    def set_texts(self, remove: str) -> None:
        """Say everything in the language in use."""
        for place, kind in enumerate(AssertionKind):
            self.kind.setItemText(place, words.kind_word(kind))
        self.kind.setAccessibleName(self.tr("What is looked at"))
        self.comparison.setAccessibleName(self.tr("Comparison"))
        self.value.setAccessibleName(self.tr("Value"))
        self.value.setPlaceholderText(self.tr("Value"))
        self.remove_button.setAccessibleName(remove)
        self.remove_button.setToolTip(parts.plain_tip(remove))
        self._name_kind()

    def _wanted(self) -> values_of.Scalar:
        comparison, text = self.chosen_comparison, self.value.text()
        if comparison in values_of.PRESENCE:
            return None
        if self.chosen_kind is AssertionKind.HEADER or comparison in values_of.TEXTUAL:
            return text
        return values_of.typed(text)

    def _show_comparison(self, comparison: Comparison, value: object) -> None:
        self.comparison.setCurrentIndex(self.comparison.findData(comparison.value))
        as_typed = self.chosen_kind is AssertionKind.JSON and comparison not in values_of.TEXTUAL
        if comparison in values_of.PRESENCE:
            text = ""
        elif as_typed:
            text = values_of.shown(cast("values_of.Scalar", value))
        else:
            text = str(value or "")
        self.value.setText(text)
        self._show_value()

    def _show_kind(self) -> None:
        kind = self.chosen_kind
        self.number.setVisible(kind in _NUMBERS)
        self.subject.setVisible(kind is AssertionKind.STATUS or kind in _SUBJECTS)
        if kind in _NUMBERS:
            least, most, usual = _NUMBERS[kind]
            self.number.setRange(least, most)
            self.number.setValue(usual)
        self.comparison.clear()
        for comparison in values_of.comparisons_of(kind):
            self.comparison.addItem("", comparison.value)
        self.comparison.setVisible(self.comparison.count() > 0)
        self._show_value()
        self._name_kind()

    def _show_value(self) -> None:
        has_choice = self.comparison.count() > 0
        self.value.setVisible(has_choice and self.chosen_comparison not in values_of.PRESENCE)

    def _name_kind(self) -> None:
        kind = self.chosen_kind
        said = words.subject_word(kind)
        self.subject.setPlaceholderText(said)
        self.subject.setAccessibleName(said)
        self.number.setAccessibleName(said)
        self.number.setPrefix(said + " " if kind in _NUMBERS else "")
        days = self.tr(" days")
        self.number.setSuffix(days if kind is AssertionKind.CERTIFICATE else " ms")
        for place in range(self.comparison.count()):
            comparison = Comparison(self.comparison.itemData(place))
            self.comparison.setItemText(place, words.comparison_word(comparison))

    def _measure(self) -> None:
        """Make the first column as wide as that of every row, so that fields stand in line."""
        width = self._theme.px(_FIRST_WIDTH)
        self._grid.setColumnMinimumWidth(0, width)
        self.kind.setFixedWidth(width)
        self.comparison.setFixedWidth(width)

    def _lay_out(self) -> None:
        self._grid, found = QGridLayout(), QHBoxLayout()
        grid = self._grid
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.kind, 0, 0)
        grid.addWidget(self.subject, 0, 1)
        grid.addWidget(self.number, 0, 1)
        grid.addWidget(self.remove_button, 0, 2)
        grid.addWidget(self.comparison, 1, 0)
        grid.addWidget(self.value, 1, 1)
        self._measure()
        grid.setColumnStretch(1, 1)
        found.setSpacing(6)
        found.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        found.addWidget(self._outcome, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(grid)
        column.addWidget(self._error)
        column.addLayout(found)
        for part in (self._mark, self._outcome, self._error):
            part.hide()

    def _connect(self) -> None:
        self.kind.activated.connect(self._show_kind)
        self.comparison.activated.connect(self._show_value)
        self.kind.activated.connect(self.edited)
        self.comparison.activated.connect(self.edited)
        self.subject.textEdited.connect(self.edited)
        self.value.textEdited.connect(self.edited)
        self.number.valueChanged.connect(self.edited)
        self.remove_button.clicked.connect(self.removed)

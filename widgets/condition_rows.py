"""The conditions of an endpoint, one under the other: all must hold.

The endpoint form shows them under "More". They know no endpoint; a test's findings are shown
beside the rows they were found for.
"""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend.contract.vocabulary import AssertionKind, Comparison, Limits
from widgets import parts
from widgets.condition_row import ConditionRow
from widgets.style.palette import Theme
from widgets.trial_values import Finding


class ConditionRows(QWidget):
    """The rows and a button that adds one.

    Signals:
        changed: A row was edited, added or removed.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[ConditionRow] = []
        # What the test under way was asked for; a row edited since then has no finding.
        self._tested: list[ConditionRow | None] = []
        self._words = ("", "")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.add_button = parts.IconButton(theme, "plus")
        self.add_button.clicked.connect(self._add_empty)
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def rows(self) -> tuple[ConditionRow, ...]:
        """The rows, first on top."""
        return tuple(self._rows)

    def values(self) -> list[dict[str, object]]:
        """Return every condition under its wire names."""
        return [row.values() for row in self._rows]

    def set_values(self, conditions: Iterable[Mapping[str, object]]) -> None:
        """Show these conditions."""
        for row in self.rows:
            self._take_away(row)
        for each in conditions:
            self._add().show_values(each)
        self._show_room()

    def add_equal(self, path: str, value: object) -> bool:
        """Add the condition that a JSON value stays what it is; return whether there was room.

        One that is there already is not added again.
        """
        wanted = {
            "kind": AssertionKind.JSON.value,
            "path": path,
            "comparison": Comparison.EQUALS.value,
            "value": value,
        }
        if wanted in self.values():
            return True
        if len(self._rows) >= Limits.ASSERTIONS:
            return False
        self._add().show_values(wanted)
        self._show_room()
        self.changed.emit()
        return True

    def problems(self) -> dict[int, str]:
        """Return what is plainly wrong, by the place of the row."""
        found = {place: row.problem() for place, row in enumerate(self._rows)}
        return {place: problem for place, problem in found.items() if problem}

    def show_errors(self, errors: Mapping[int, str]) -> None:
        """Say beside each row what is wrong with it; nothing beside the others."""
        for place, row in enumerate(self._rows):
            row.show_error(errors.get(place, ""))

    def begin_test(self) -> None:
        """Remember which rows a test is asked for, and take away what an earlier one found."""
        self._tested = list(self._rows)
        for row in self._rows:
            row.show_finding(None)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what the test found beside the rows it was asked for; none was judged if empty."""
        for row, finding in zip(self._tested, findings, strict=False):
            if row is not None:
                row.show_finding(finding)

    def show_words(self, add: str, remove: str) -> None:
        """Name its parts."""
        self._words = (add, remove)
        self.add_button.setText(add)
        for row in self._rows:
            row.set_texts(remove)

    def _add(self) -> ConditionRow:
        row = ConditionRow(self._theme)
        row.set_texts(self._words[1])
        row.edited.connect(lambda: self._on_edited(row))
        row.removed.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)
        before = self.add_button.previousInFocusChain()
        if before is not None:
            QWidget.setTabOrder(before, row.kind)
        for one, other in zip(_stops(row), (*_stops(row)[1:], self.add_button), strict=True):
            QWidget.setTabOrder(one, other)
        return row

    def _add_empty(self) -> None:
        row = self._add()
        row.show_values({"kind": "json", "path": "", "comparison": "equals", "value": ""})
        self._show_room()
        row.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _on_edited(self, row: ConditionRow) -> None:
        row.show_error("")
        row.show_finding(None)
        self._forget(row)
        self.changed.emit()

    def _remove(self, row: ConditionRow) -> None:
        place = self._rows.index(row)
        self._take_away(row)
        self._show_room()
        near = self._rows[min(place, len(self._rows) - 1)].remove_button if self._rows else None
        (near or self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _take_away(self, row: ConditionRow) -> None:
        self._rows.remove(row)
        self._forget(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _forget(self, row: ConditionRow) -> None:
        self._tested = [None if each is row else each for each in self._tested]

    def _show_room(self) -> None:
        self.add_button.setEnabled(len(self._rows) < Limits.ASSERTIONS)


def _stops(row: ConditionRow) -> tuple[QWidget, ...]:
    return (row.kind, row.subject, row.number, row.comparison, row.value, row.remove_button)

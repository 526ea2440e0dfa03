"""The rows of a dry run for the import sheet: what is told of each, and which are chosen.

The import presenter fills it and asks it what is chosen. It changes nothing but the choice.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from app.models.keyed_table import NO_PARENT, Index, heading
from widgets import import_words
from widgets.import_words import CHOOSABLE, ImportColumn, ImportRole, ImportStep

_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@dataclass(slots=True)
class ImportLine:
    """One row as it is shown."""

    name: str
    address: str
    step: ImportStep
    why: str
    is_chosen: bool


class ImportTableModel(QAbstractTableModel):
    """Rows of a dry run.

    Signals:
        choice_changed: Other rows are chosen, or rows became something else.
    """

    choice_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[ImportLine] = []

    def show_lines(self, lines: Sequence[ImportLine]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()
        self.choice_changed.emit()

    def chosen(self) -> list[int]:
        """Return the rows that are chosen, from the top."""
        return [row for row, line in enumerate(self._lines) if _is_chosen(line)]

    def choose_all(self, chosen: bool) -> None:
        """Choose every row that can be, or none."""
        for line in self._lines:
            line.is_chosen = chosen
        self._tell(0, len(self._lines) - 1)
        self.choice_changed.emit()

    def show_outcome(self, row: int, step: ImportStep, why: str) -> None:
        """Show what became of a row; one that failed stays chosen, to be tried again."""
        line = self._lines[row]
        line.step, line.why, line.is_chosen = step, why, step is ImportStep.FAILED
        self._tell(row, row)

    def counts(self) -> dict[ImportStep, int]:
        """Return how many rows there are of each step."""
        return Counter(line.step for line in self._lines)

    def chosen_counts(self) -> dict[ImportStep, int]:
        """Return how many of each step are chosen."""
        return Counter(line.step for line in self._lines if _is_chosen(line))

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(ImportColumn)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column, which a screen reader says; rows have none."""
        return heading(section, orientation, role, ImportColumn, import_words.column_word)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one value of a row; every role answers on every column."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return _spoken(line, index.column())
        answer = _ANSWERS.get(role)
        return None if answer is None else answer(line)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Choose a row, or leave it out."""
        line = self._lines[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or line.step not in CHOOSABLE:
            return False
        line.is_chosen = value == _CHECKED
        self._tell(index.row(), index.row())
        self.choice_changed.emit()
        return True

    def _tell(self, first: int, last: int) -> None:
        if last >= first:
            edge = len(ImportColumn) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, edge))


def _is_chosen(line: ImportLine) -> bool:
    return line.is_chosen and line.step in CHOOSABLE


_ANSWERS: dict[int, Callable[[ImportLine], Any]] = {
    ImportRole.NAME: lambda line: line.name,
    ImportRole.ADDRESS: lambda line: line.address,
    ImportRole.STEP: lambda line: line.step,
    ImportRole.WHY: lambda line: line.why,
    Qt.ItemDataRole.CheckStateRole: lambda line: _CHECKED if _is_chosen(line) else _UNCHECKED,
}


def _spoken(line: ImportLine, column: int) -> str:
    match column:
        case ImportColumn.NAME:
            return f"{line.name}, {line.address}"
        case ImportColumn.STEP:
            return import_words.step_word(line.step)
        case _:
            return line.why

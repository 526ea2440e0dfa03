"""Rows known by a key, brought from one order to another by the least that views must hear.

The base of every model here. It tells views of removals, insertions and moves by spans, so that
selection and scroll position survive; it knows nothing of what a row holds.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

Key = TypeVar("Key", bound=Hashable)
Column = TypeVar("Column", bound=IntEnum)
Index = QModelIndex | QPersistentModelIndex

_MOST_SPANS = 64
"""Beyond this many spans one reset is cheaper than telling each."""

NO_PARENT = QModelIndex()
_AS_QT_DOES = Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchWrap


class KeyedTable(QAbstractTableModel, Generic[Key]):
    """A flat table whose rows are keys; subclasses answer ``data`` and ``columnCount``."""

    _KEY_ROLE = -1
    """The role under which a subclass shows a row's key, if it does."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Key] = []
        self._places: dict[Key, int] | None = {}

    @property
    def keys(self) -> Sequence[Key]:
        """The keys from the top; not to be altered."""
        return self._rows

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def row_of(self, key: Key) -> int:
        """Return the row of a key, -1 when it is not shown."""
        if self._places is None:
            self._places = {key: row for row, key in enumerate(self._rows)}
        return self._places.get(key, -1)

    def match(
        self,
        start: Index,
        role: int,
        value: Any,
        hits: int = 1,
        flags: Qt.MatchFlag = _AS_QT_DOES,
    ) -> list[QModelIndex]:
        """Find rows; one by its key without looking at the others."""
        if role != self._KEY_ROLE or flags != Qt.MatchFlag.MatchExactly:
            return super().match(start, role, value, hits, flags)
        row = self.row_of(value)
        return [self.index(row, start.column())] if row >= start.row() >= 0 else []

    def _arrange(self, wanted: Sequence[Key]) -> None:
        """Show these keys in this order."""
        if wanted == self._rows:
            return
        kept = set(wanted)
        gone = spans(row for row, key in enumerate(self._rows) if key not in kept)
        shown = set(self._rows)
        fresh = spans(row for row, key in enumerate(wanted) if key not in shown)
        if len(gone) + len(fresh) > _MOST_SPANS:
            self._reset(wanted)
            return
        for first, last in reversed(gone):
            self._remove(first, last)
        self._reorder([key for key in wanted if key in shown])
        for first, last in fresh:
            self._insert(first, wanted[first : last + 1])

    def _reset(self, wanted: Sequence[Key]) -> None:
        self.beginResetModel()
        self._rows[:] = wanted
        self._places = None
        self.endResetModel()

    def _insert(self, row: int, keys: Sequence[Key]) -> None:
        self.beginInsertRows(NO_PARENT, row, row + len(keys) - 1)
        self._rows[row:row] = keys
        self._places = None
        self.endInsertRows()

    def _remove(self, first: int, last: int) -> None:
        self.beginRemoveRows(NO_PARENT, first, last)
        del self._rows[first : last + 1]
        self._places = None
        self.endRemoveRows()

    def _remove_all(self, keys: Collection[Key]) -> None:
        """Take keys out, as few times as can be: a view looks at all that is selected each time."""
        found = spans(sorted(row for key in keys if (row := self.row_of(key)) >= 0))
        if len(found) > _MOST_SPANS:
            leaving = set(keys)
            self._reset([key for key in self._rows if key not in leaving])
            return
        for first, last in reversed(found):
            self._remove(first, last)

    def _move(self, row: int, to: int) -> None:
        """Move one row; ``to`` is its place once it has moved."""
        if row == to:
            return
        # Qt names the row before which it lands, counted while it is still in its old place.
        self.beginMoveRows(NO_PARENT, row, row, NO_PARENT, to + 1 if to > row else to)
        self._rows.insert(to, self._rows.pop(row))
        self._places = None
        self.endMoveRows()

    def _reorder(self, wanted: list[Key]) -> None:
        """Put the same keys in another order, in one step."""
        if wanted == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._rows[index.row()] for index in before]
        self._rows[:] = wanted
        self._places = None
        after = [
            self.index(self.row_of(key), index.column())
            for key, index in zip(keys, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _repaint(self, keys: Iterable[Key], first_column: int, last_column: int) -> None:
        """Tell views that these keys look different."""
        rows = sorted(row for key in keys if (row := self.row_of(key)) >= 0)
        for first, last in spans(rows):
            # The rows are there, so that asking the model whether they are costs for nothing.
            self.dataChanged.emit(
                self.createIndex(first, first_column), self.createIndex(last, last_column)
            )


def heading(
    section: int,
    orientation: Qt.Orientation,
    role: int,
    columns: type[Column],
    word: Callable[[Column], str],
) -> Any:
    """Answer ``headerData``: the word of a column, "" for rows, None for any other role."""
    if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
        return None
    is_column = orientation is Qt.Orientation.Horizontal and 0 <= section < len(columns)
    return word(columns(section)) if is_column else ""


def spans(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Return ascending rows as (first, last) of each unbroken run."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found

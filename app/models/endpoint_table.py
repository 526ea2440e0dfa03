"""The endpoints of a list: sorted, worst first unless asked, searched and filtered, over the store.

Pages show one each; the bridge hands it what changed. It sorts itself, because a dynamic proxy
re-sorts everything for every batch. While the pointer is over the rows none of them moves.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from app.models import row_answers
from app.models.keyed_table import NO_PARENT, Index, KeyedTable, heading
from app.models.row_answers import DaysOf
from app.models.row_order import RowOrder
from app.models.row_standing import SortKey, Standing, Standings
from app.models.search import Search
from app.state.change import Change, Part
from app.state.record import EndpointRecord
from app.state.store import Store
from widgets import headings
from widgets.roles import Column, EndpointFilter, Role
from widgets.series import UptimeDay

_MOST_MOVES = 64
_ORDERING = Part.SETTINGS | Part.STATUS
_PAINTED_EVERYWHERE = Part.SETTINGS | Part.STATUS
_LAST = max(Column)
RESORTED_MS = 5000
"""Rows that stand by what checks alter move so often at most: one wants to read them, too."""


def _no_days(_: str) -> tuple[UptimeDay, ...]:
    return ()


class EndpointTableModel(KeyedTable[str]):
    """Rows of endpoints for an ``EndpointView``.

    Args:
        store: What the rows are of.
        standings: What is known of rows; shared by all tables over one store.
    """

    _KEY_ROLE = Role.ENDPOINT_ID

    def __init__(
        self, store: Store, parent: QObject | None = None, standings: Standings | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._keys: dict[str, SortKey] = {}
        self._standings = Standings() if standings is None else standings
        self._is_watched = True
        self._in_sight: Callable[[], slice] = lambda: slice(None)
        self._days_of: DaysOf = _no_days
        self._filter = EndpointFilter.ALL
        self._search = Search()
        self._order = RowOrder()
        self._resorting = QTimer(self)
        self._resorting.setSingleShot(True)
        self._resorting.setInterval(RESORTED_MS)
        self._resorting.timeout.connect(self._resort)
        self._held = False
        self._overdue = False
        self.refresh()

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter leaves rows out."""
        return bool(self._search) or self._filter is not EndpointFilter.ALL

    def set_filter(self, choice: EndpointFilter) -> None:
        """Show only endpoints of one state."""
        if choice is not self._filter:
            self._filter = choice
            self._narrow()

    def set_search(self, words: str) -> None:
        """Show only endpoints whose name, URL or tags contain every word, see ``Search``."""
        asked = Search.of(words)
        if asked != self._search:
            self._search = asked
            self._narrow()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by none (-1) they stand worst first again."""
        asked = RowOrder.of(column, order)
        if asked != self._order:
            self._order = asked
            self._narrow()

    def show_days(self, days_of: DaysOf) -> None:
        """Show the last days of every endpoint, from now on by this function."""
        self._days_of = days_of
        self._repaint_all(Column.DAYS)
        if self._order.column is Column.DAYS:
            self._narrow()

    def watch(self, watched: bool) -> None:
        """Say whether somebody sees the rows: a hidden view need not hear what looks different.

        It paints itself anew when it is shown, and is searched then; rows come, go and move at all
        times.
        """
        self._is_watched = watched
        if watched and self._overdue:
            self._show_order()

    def look_through(self, in_sight: Callable[[], slice]) -> None:
        """Tell of checks only where a view shows them: it asks for all else when it shows it.

        Args:
            in_sight: Returns the rows that the view shows now.
        """
        self._in_sight = in_sight

    def hold(self, held: bool) -> None:
        """Keep every row where it is while the pointer is over them."""
        self._held = held
        if not held and self._overdue:
            self.refresh()

    def refresh(self) -> None:
        """Bring rows and order up to date with the store."""
        self._standings.unsettle()
        self._show_order()

    def _narrow(self) -> None:
        """Show what is asked for now; where nobody looks, once somebody does."""
        self._overdue = True
        if self._is_watched:
            self._show_order()

    def _show_order(self) -> None:
        self._overdue = False
        records = self._store.records
        found: Iterable[Standing] = self._standings.in_order(records)
        if self._filter is not EndpointFilter.ALL:
            found = (each for each in found if _passes(records, each, self._passes_filter))
        # Word by word over all: to call a function for each of ten thousand takes twice as long.
        for word in self._search.words:
            found = [each for each in found if word in each.text]
        if self._search.tags:
            fits = self._search.finds_tags_of
            found = (each for each in found if _passes(records, each, lambda it: fits(it.view)))
        self._keys = {each.sort_key.endpoint_id: each.sort_key for each in found}
        self._arrange(self._order.arranged(list(self._keys), records, self._days_of))

    def apply(self, change: Change) -> None:
        """Show what the store altered."""
        if change.everything:
            self.refresh()
            self._repaint_all(0)
            return
        self._take_out(change.removed)
        by_parts = change.by_parts()
        moving = [key for parts in by_parts if parts & _ORDERING for key in by_parts[parts]]
        if change.added or change.removed or moving:
            self._standings.unsettle()
        moves = len(change.added) + len(moving)
        if self._held:
            self._hold_back(change.added, moving)
        elif moves > _MOST_MOVES or (moves and not self._order.is_worst_first):
            self.refresh()
        else:
            for key in (*change.added, *moving):
                self._place(key)
        self._repaint_parts(by_parts)
        if self._order.follows_checks and not self._resorting.isActive():
            self._resorting.start()

    def _resort(self) -> None:
        """Let rows stand by what checks have altered; while they are held or hidden, that waits."""
        self._overdue = True
        if self._is_watched and not self._held:
            self._show_order()

    def _shows(self, record: EndpointRecord) -> bool:
        text = self._standings.of(record).text
        return self._passes_filter(record) and self._search.matches(record.view, text)

    def _passes_filter(self, record: EndpointRecord) -> bool:
        match self._filter:
            case EndpointFilter.ALL:
                return True
            case EndpointFilter.PAUSED:
                return record.is_paused
            case _:
                wanted = self._filter.name == record.status.name
                return wanted and not record.is_paused

    def _sort_key(self, record: EndpointRecord) -> SortKey:
        return self._standings.of(record).sort_key

    def _take_out(self, keys: Collection[str]) -> None:
        self._standings.forget(keys)
        self._remove_all(keys)
        for key in keys:
            self._keys.pop(key, None)

    def _drop(self, key: str) -> None:
        row = self.row_of(key)
        if row >= 0:
            self._remove(row, row)
        self._keys.pop(key, None)

    def _hold_back(self, added: Iterable[str], moving: list[str]) -> None:
        """Put new rows below the others; what should move or leave waits."""
        records = self._store.records
        for key in (*added, *moving):
            record = records.get(key)
            if record is None:
                continue
            if key not in self._keys and self._shows(record):
                self._keys[key] = self._sort_key(record)
                self._insert(len(self._rows), [key])
                self._overdue = True
            elif key in self._keys:
                leaves, moves = not self._shows(record), self._keys[key] != self._sort_key(record)
                self._overdue = self._overdue or leaves or moves

    def _place(self, key: str) -> None:
        """Insert, move or take out one row; the others stand sorted by their keys."""
        record = self._store.records.get(key)
        if record is None or not self._shows(record):
            self._drop(key)
            return
        wanted, before = self._sort_key(record), self._keys.get(key)
        if before == wanted:
            return
        at = bisect_left(self._rows, wanted, key=self._keys.__getitem__)
        if before is None:
            self._keys[key] = wanted
            self._insert(at, [key])
            return
        # Where it stands is found by its order, too: to number all rows anew for each that moves
        # is most of what a hundred of them take.
        row = bisect_left(self._rows, before, key=self._keys.__getitem__)
        self._keys[key] = wanted
        # Its own row, still above, does not count once it has left.
        self._move(row, at - 1 if at > row else at)

    def _repaint_all(self, first_column: int) -> None:
        if self._is_watched and self._rows:
            last = self.index(len(self._rows) - 1, _LAST)
            self.dataChanged.emit(self.index(0, first_column), last)

    def _repaint_parts(self, by_parts: dict[Part, list[str]]) -> None:
        if not self._is_watched:
            return
        shown = self._rows[self._in_sight()]
        for parts, keys in by_parts.items():
            if parts & _PAINTED_EVERYWHERE:
                self._repaint(keys, 0, _LAST)
            else:
                self._repaint(set(shown).intersection(keys), Column.HEARTBEATS, _LAST)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column, which a screen reader says; rows have none."""
        return heading(section, orientation, role, Column, headings.column_word)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one value of a row; every role answers on every column."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        record = self._store.records.get(self._rows[index.row()])
        if record is None:
            return None  # it left the store and the bridge has not told yet
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row_answers.spoken(record, index.column(), self._days_of)
        return self._value(record, role)

    def _value(self, record: EndpointRecord, role: int) -> Any:
        if role == Role.FACTS:
            return row_answers.facts(record, self._days_of)
        if role == Role.DAYS:
            return self._days_of(record.id)
        answer = row_answers.PLAIN.get(role)
        return None if answer is None else answer(record)


def _passes(
    records: Mapping[str, EndpointRecord],
    each: Standing,
    fits: Callable[[EndpointRecord], bool],
) -> bool:
    """Whether an endpoint fits; one that is gone and of which nobody has told yet does not."""
    record = records.get(each.sort_key.endpoint_id)
    return record is not None and fits(record)

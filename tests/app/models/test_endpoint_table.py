"""The endpoint table equals the sorted, filtered store after whatever happened to it."""

import gc
from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication

from app.models.endpoint_table import EndpointTableModel
from app.models.row_standing import Standings, standing
from app.state.change import Change
from app.state.store import Store
from backend.contract.resources import EndpointView
from backend.contract.vocabulary import Status
from tests.app.state.builders import (
    became,
    checked,
    created,
    deleted,
    recent,
    snapshot,
    state,
    updated,
)
from widgets.roles import Column, EndpointFilter, Role
from widgets.series import UptimeDay

KEYS = "abcdefgh"
STATUSES = list(Status)


class Bench:
    """A store and a table over it, watched by Qt's own tester."""

    def __init__(self) -> None:
        self.store = Store(lambda: 1000)
        self.table = EndpointTableModel(self.store)
        self.tester = QAbstractItemModelTester(
            self.table, QAbstractItemModelTester.FailureReportingMode.Warning
        )
        self.seq = 0
        self.second = 0
        self.filter, self.words = EndpointFilter.ALL, ""

    def fill(self, *states: object) -> None:
        self.table.apply(self.store.replace(snapshot(*states, seq=self.seq)))

    def step(self, what: str, key: str, number: int) -> Change:
        """Let something happen to the store; the model is not told yet."""
        self.second += 1
        if what == "check":
            return self.store.apply(checked(key, self.second, ok=bool(number % 3)))
        self.seq += 1
        status = STATUSES[number % 4]
        if what == "anew":
            states = [state(each) for each in KEYS[: number % len(KEYS)]]
            return self.store.replace(snapshot(*states, seq=self.seq, epoch=f"e{self.seq}"))
        events = {
            "create": lambda: created(self.seq, key, name=f"N{number}"),
            "rename": lambda: updated(self.seq, key, name=f"N{number}", current_status=status),
            "pause": lambda: updated(self.seq, key, is_active=bool(number % 2)),
            "status": lambda: became(status, self.seq, key),
            "delete": lambda: deleted(self.seq, key),
        }
        return self.store.apply(events[what]())

    def wanted(self) -> list[str]:
        def shows(record) -> bool:
            if self.words.casefold() not in f"{record.view.name}\n{record.view.url}".casefold():
                return False
            if self.filter is EndpointFilter.ALL:
                return True
            if self.filter is EndpointFilter.PAUSED:
                return record.is_paused
            return not record.is_paused and record.status.name == self.filter.name

        return sorted(
            (key for key, record in self.store.records.items() if shows(record)),
            key=lambda key: standing(self.store.records[key]).sort_key,
        )


STEPS = st.tuples(
    st.sampled_from(["create", "rename", "pause", "status", "status", "delete", "check", "anew"]),
    st.sampled_from(KEYS),
    st.integers(0, 30),
)
DEEDS = st.one_of(
    st.lists(STEPS, min_size=1, max_size=6),
    st.sampled_from(list(EndpointFilter)),
    st.sampled_from(["", "n1", "n2", "nothing"]),
    st.booleans(),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(DEEDS, max_size=25))
def test_the_rows_equal_the_sorted_and_filtered_store(qapp: QApplication, deeds: list) -> None:
    bench = Bench()
    held = False
    for deed in deeds:
        match deed:
            case bool():
                held = deed
                bench.table.hold(deed)
            case EndpointFilter():
                bench.filter = deed
                bench.table.set_filter(deed)
            case str():
                bench.words = deed
                bench.table.set_search(deed)
            case list():
                bench.table.apply(Change.merged([bench.step(*step) for step in deed]))
        if not held:
            assert list(bench.table.keys) == bench.wanted()
        assert set(bench.table.keys) <= set(bench.store.records)
    bench.table.hold(False)
    assert list(bench.table.keys) == bench.wanted()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, max_size=30))
def test_a_selected_row_stays_the_same_endpoint(qapp: QApplication, steps: list) -> None:
    bench = Bench()
    bench.fill(*(state(key) for key in KEYS))
    kept = {
        QPersistentModelIndex(bench.table.index(row, 0)): key
        for row, key in enumerate(bench.table.keys)
    }
    for what, key, number in steps:
        if what in {"anew", "delete", "create"}:
            continue
        bench.table.apply(bench.step(what, key, number))
    for index, key in kept.items():
        assert index.isValid()
        assert index.data(Role.ENDPOINT_ID) == key


def test_the_worst_stand_first_and_the_paused_last(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(
        state("p", name="A paused", is_active=False),
        state("u", name="B up", current_status=Status.UP),
        state("w", name="C waiting"),
        state("s", name="D slow", current_status=Status.DEGRADED),
        state("d", name="E down", current_status=Status.DOWN),
        state("e", name="a down", current_status=Status.DOWN),
    )
    assert list(bench.table.keys) == ["e", "d", "s", "w", "u", "p"]


def test_no_row_moves_under_the_pointer(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(state("a", current_status=Status.UP), state("b", current_status=Status.UP))
    bench.table.hold(True)
    bench.table.apply(bench.step("status", "b", STATUSES.index(Status.DOWN)))
    assert list(bench.table.keys) == ["a", "b"]
    assert bench.table.index(1, 0).data(Role.STATUS) == Status.DOWN
    bench.table.hold(False)
    assert list(bench.table.keys) == ["b", "a"]


def test_one_check_repaints_one_span_of_one_row(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(*(state(key, current_status=Status.UP) for key in KEYS))
    painted, moved = QSignalSpy(bench.table.dataChanged), QSignalSpy(bench.table.rowsMoved)
    bench.table.apply(bench.step("check", "c", 1))
    assert painted.count() == 1
    first, last = painted.at(0)[0], painted.at(0)[1]
    assert (first.row(), last.row()) == (2, 2)
    assert (first.column(), last.column()) == (Column.HEARTBEATS, Column.UPTIME)
    assert moved.count() == 0


def test_neighbouring_rows_share_a_span(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(*(state(key, current_status=Status.UP) for key in KEYS))
    painted = QSignalSpy(bench.table.dataChanged)
    bench.table.apply(Change.merged([bench.step("check", key, 1) for key in "bcdg"]))
    assert [(each[0].row(), each[1].row()) for each in (painted.at(0), painted.at(1))] == [
        (1, 3),
        (6, 6),
    ]


def leave(bench: Bench, leaving: list[int]) -> Change:
    """Have endpoints leave the store at once; the model is not told yet."""
    gone = [bench.store.apply(deleted(seq, f"e{n:03}")) for seq, n in enumerate(leaving, 1)]
    return Change.merged(gone)


def test_those_that_leave_together_are_taken_out_at_once(qapp: QApplication) -> None:
    """All that is selected is looked at for every span: one by one, a thousand froze the window."""
    bench = Bench()
    bench.fill(*(state(f"e{n:03}") for n in range(200)))
    removed = QSignalSpy(bench.table.rowsRemoved)
    bench.table.apply(leave(bench, [*range(10, 90), *range(120, 150)]))
    assert [signal[1:] for signal in map(removed.at, range(removed.count()))] == [
        [120, 149],
        [10, 89],
    ]
    assert list(bench.table.keys) == bench.wanted()


def test_many_that_leave_here_and_there_are_one_reset(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(*(state(f"e{n:03}") for n in range(200)))
    removed, reset = QSignalSpy(bench.table.rowsRemoved), QSignalSpy(bench.table.modelReset)
    bench.table.apply(leave(bench, list(range(0, 200, 2))))
    assert (removed.count(), reset.count()) == (0, 1)
    assert list(bench.table.keys) == bench.wanted()


def test_a_change_of_status_moves_only_its_row(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(*(state(key, current_status=Status.UP) for key in KEYS))
    reset, moved = QSignalSpy(bench.table.modelReset), QSignalSpy(bench.table.rowsMoved)
    bench.table.apply(bench.step("status", "f", STATUSES.index(Status.DOWN)))
    assert bench.table.keys[0] == "f"
    assert (reset.count(), moved.count()) == (0, 1)


@pytest.mark.parametrize("words", ["shop", "SHOP", "example shop", "money"])
def test_the_search_looks_at_name_url_and_tags(qapp: QApplication, words: str) -> None:
    bench = Bench()
    bench.fill(
        state("a", name="Shop", url="http://shop.example.test/", tags=("money",)),
        state("b", name="Blog", url="http://blog.test/"),
    )
    bench.table.set_search(words)
    assert list(bench.table.keys) == ["a"]
    assert bench.table.is_narrowed


def test_every_role_answers_on_every_column(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(state("a", name="Shop", checks=(recent(1), recent(2, ok=False)), total=4))
    for column in Column:
        index = bench.table.index(0, column)
        assert index.data(Role.NAME) == "Shop"
        assert index.data(Role.UPTIME_24H) == 100.0
        assert [beat.status for beat in index.data(Role.HEARTBEATS)] == [Status.UP, Status.DOWN]
    spoken = bench.table.index(0, Column.ENDPOINT).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Shop, Waiting")


def test_what_is_painted_of_a_row_is_what_its_roles_say(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(state("a", name="Shop", tags=("money",), checks=(recent(1),), total=4))
    bench.table.show_days(lambda key: (UptimeDay(date(2026, 11, 23), 99.5),))
    bench.table.apply(bench.step("check", "a", 3))
    bench.table.apply(bench.step("status", "a", STATUSES.index(Status.DOWN)))
    index = bench.table.index(0, Column.ENDPOINT)
    painted = asdict(index.data(Role.FACTS))
    assert painted.pop("checks") == tuple(beat.status for beat in index.data(Role.HEARTBEATS))
    assert index.data(Role.DAYS) == bench.table.index(0, 0).data(Role.FACTS).days
    del painted["days"]
    assert painted == {name: index.data(Role[name.upper()]) for name in painted}
    assert painted["status"] is Status.DOWN
    assert painted["changed_at_ms"] == 1000


TAGGED = {"a": ("payments", "second floor"), "b": ("Payroll",), "c": ()}


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("tag:payments", ["a"]),
        ("tag:pay", ["a", "b"]),
        ("TAG:PAYROLL", ["b"]),
        ('tag:"second floor"', ["a"]),
        ("tag:second tag:pay", ["a"]),
        ("tag:floor", []),
        ("tag:", ["a", "b", "c"]),
        ("endpoint tag:pay b", ["b"]),
        ("payroll", ["b"]),
    ],
)
def test_tags_are_searched_from_their_beginning(
    qapp: QApplication, typed: str, left: list[str]
) -> None:
    bench = Bench()
    bench.fill(*(state(key, tags=tags, url="http://x.test") for key, tags in TAGGED.items()))
    bench.table.set_search(typed)
    assert list(bench.table.keys) == left
    assert bench.table.is_narrowed is (typed != "tag:")


def test_an_endpoint_that_gets_the_tag_that_is_searched_appears(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(state("a"), state("b"))
    bench.table.set_search("tag:shop")
    assert list(bench.table.keys) == []
    bench.table.apply(bench.store.apply(updated(1, "b", tags=("shop",))))
    assert list(bench.table.keys) == ["b"]
    index = bench.table.index(0, Column.ENDPOINT)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith(", shop")


def test_a_list_nobody_sees_keeps_its_rows_but_tells_of_no_looks(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(state("a"), state("b"))
    looks = QSignalSpy(bench.table.dataChanged)
    bench.table.watch(False)
    bench.table.apply(bench.step("check", "a", 1))
    bench.table.apply(bench.step("status", "b", STATUSES.index(Status.DOWN)))
    assert looks.count() == 0
    assert list(bench.table.keys) == ["b", "a"]
    bench.table.watch(True)
    bench.table.apply(bench.step("check", "a", 1))
    assert looks.count() == 1


def test_checks_are_told_of_rows_in_sight_only_and_standings_of_all(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(state("a"), state("b"), state("c"))
    bench.table.look_through(lambda: slice(1, 3))
    looks = QSignalSpy(bench.table.dataChanged)
    bench.table.apply(bench.step("check", "a", 1))
    assert looks.count() == 0
    bench.table.apply(bench.step("check", "a", 1) | bench.step("check", "b", 1))
    assert [looks.at(0)[0].row(), looks.at(0)[1].row(), looks.count()] == [1, 1, 1]
    bench.table.apply(bench.step("rename", "a", 7))
    assert looks.count() == 2


def test_a_list_nobody_sees_is_searched_once_somebody_does(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(state("a", name="Shop"), state("b", name="Blog"))
    bench.table.watch(False)
    bench.table.set_search("shop")
    bench.table.apply(bench.store.apply(created(1, "c", name="Shop too")))
    assert bench.table.is_narrowed
    assert "b" in bench.table.keys
    bench.table.watch(True)
    assert list(bench.table.keys) == ["a", "c"]


def test_the_order_stands_until_something_unsettles_it() -> None:
    store, standings = Store(lambda: 0), Standings()
    store.replace(snapshot(state("a"), state("b")))
    before = standings.in_order(store.records)
    store.apply(checked("b", 1))
    assert standings.in_order(store.records) is before
    store.apply(became(Status.DOWN, 99, "b"))
    standings.unsettle()
    assert [each.sort_key.endpoint_id for each in standings.in_order(store.records)] == ["b", "a"]


def test_the_record_that_a_check_replaced_lives_on_nowhere(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(state("a"), state("b"))
    bench.store.apply(checked("b", 1))
    bench.table.refresh()
    gone = id(bench.store.records["b"].view)
    bench.table.apply(bench.store.apply(checked("b", 2)))
    assert gone not in {id(it) for it in gc.get_objects() if isinstance(it, EndpointView)}


def test_a_snapshot_that_tells_the_same_words_again_makes_no_new_standing() -> None:
    store, standings = Store(lambda: 0), Standings()
    store.replace(snapshot(state("a", name="".join(["Sh", "op"]))))
    before = standings.of(store.records["a"])
    store.replace(snapshot(state("a", name="".join(["Sho", "p"]), last_error="other"), seq=11))
    assert standings.of(store.records["a"]) is before


def test_a_renamed_endpoint_is_found_by_its_new_name_only(qapp: QApplication) -> None:
    bench = Bench()
    bench.fill(state("a", name="Shop"), state("b", name="Blog"))
    bench.table.set_search("shop")
    bench.table.apply(bench.step("rename", "a", 7))
    assert list(bench.table.keys) == []
    bench.table.set_search("n7")
    assert list(bench.table.keys) == ["a"]


def test_an_endpoint_is_found_by_its_id_without_looking_at_the_others(qapp: QApplication) -> None:
    class Watched(EndpointTableModel):
        looked_at = 0

        def data(self, index, role=Qt.ItemDataRole.DisplayRole):
            Watched.looked_at += 1
            return super().data(index, role)

    store = Store(lambda: 0)
    store.replace(snapshot(*(state(key) for key in "abc")))
    table = Watched(store)
    exactly = Qt.MatchFlag.MatchExactly
    found = table.match(table.index(0, 0), Role.ENDPOINT_ID, "c", 1, exactly)
    assert [index.row() for index in found] == [2]
    assert table.match(table.index(0, 0), Role.ENDPOINT_ID, "gone", 1, exactly) == []
    assert Watched.looked_at == 0


class AskedTable(EndpointTableModel):
    """Counts how often it looks where an endpoint stands."""

    asked = 0

    def row_of(self, key: str) -> int:
        self.asked += 1
        return super().row_of(key)


def test_that_days_are_known_is_told_in_one_span_without_looking_rows_up(
    qapp: QApplication,
) -> None:
    store = Store(lambda: 1000)
    store.replace(snapshot(*map(state, KEYS)))
    table = AskedTable(store)
    told = QSignalSpy(table.dataChanged)
    table.show_days(lambda key: (UptimeDay(date(2026, 11, 23), 99.5),))
    assert (told.count(), table.asked) == (1, 0)
    first, last = told.at(0)[:2]
    assert (first.row(), last.row()) == (0, len(KEYS) - 1)
    assert first.column() == Column.DAYS

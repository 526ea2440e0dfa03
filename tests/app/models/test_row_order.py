"""A list of endpoints that is sorted by a column, whatever happens to it meanwhile."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.row_order import RowOrder
from app.state.change import Change
from backend.contract.vocabulary import Status
from tests.app.models.test_endpoint_table import STEPS, Bench
from tests.app.state.builders import became, checked, state
from widgets.endpoint_view import EndpointView
from widgets.roles import Column
from widgets.series import UptimeDay
from widgets.style.palette import Theme
from widgets.table_look import TableLook

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
ORDERS = st.tuples(st.sampled_from([-1, *Column]), st.sampled_from([UP, DOWN]))
DEEDS = st.one_of(st.lists(STEPS, min_size=1, max_size=6), ORDERS, st.booleans())


@pytest.fixture
def bench(qapp: QApplication) -> Bench:
    """Three endpoints that answered in 30, 10 and, being down, never."""
    made = Bench()
    made.fill(
        state("a", name="b", current_status=Status.UP, last_response_time=30.0),
        state("b", name="C", current_status=Status.UP, last_response_time=10.0),
        state("c", name="a", current_status=Status.DOWN, last_response_time=None),
    )
    return made


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(DEEDS, max_size=25))
def test_the_rows_are_those_of_the_store_in_the_order_that_was_asked_for(
    qapp: QApplication, deeds: list
) -> None:
    bench, order = Bench(), RowOrder()
    for deed in deeds:
        match deed:
            case bool():
                bench.table.hold(deed)
            case list():
                bench.table.apply(Change.merged([bench.step(*step) for step in deed]))
            case (column, direction):
                order = RowOrder.of(column, direction)
                bench.table.sort(column, direction)
        assert set(bench.table.keys) == set(bench.store.records)
    bench.table.hold(False)
    bench.table.refresh()
    assert list(bench.table.keys) == order.arranged(
        bench.wanted(), bench.store.records, lambda _: ()
    )


@pytest.mark.parametrize(
    ("column", "order", "rows"),
    [
        (-1, UP, "cab"),
        (Column.STATUS, UP, "cab"),
        (Column.STATUS, DOWN, "bac"),
        (Column.ENDPOINT, UP, "cab"),
        (Column.ENDPOINT, DOWN, "bac"),
        (Column.LATENCY, UP, "bac"),
        (Column.LATENCY, DOWN, "abc"),
        (Column.HEARTBEATS, UP, "acb"),
        (Column.UPTIME, DOWN, "cba"),
        (Column.DAYS, UP, "cba"),
    ],
)
def test_each_column_sorts_and_what_is_not_known_comes_last(
    bench: Bench, column: int, order: Qt.SortOrder, rows: str
) -> None:
    if column in (Column.HEARTBEATS, Column.UPTIME):
        bench.table.apply(bench.store.apply(checked("a", 1, ok=False)))
        bench.table.apply(bench.store.apply(checked("b", 1)))
        bench.table.apply(bench.store.apply(checked("c", 1)))
        bench.table.apply(bench.store.apply(checked("b", 2, ok=column != Column.UPTIME)))
    bench.table.sort(column, order)
    days = {"a": 100.0, "b": 50.0, "c": 10.0}
    bench.table.show_days(lambda key: (UptimeDay(date(2026, 11, 1), days[key]),))
    assert "".join(bench.table.keys) == rows


def test_by_name_a_change_of_status_moves_no_row(bench: Bench) -> None:
    bench.table.sort(Column.ENDPOINT, DOWN)
    bench.table.apply(bench.store.apply(became(Status.DOWN, 1, "a")))
    assert list(bench.table.keys) == ["b", "a", "c"]
    bench.table.sort(-1)
    assert list(bench.table.keys) == ["c", "a", "b"]


def test_rows_follow_what_checks_alter_a_little_later_but_not_under_the_pointer(
    qtbot: QtBot, bench: Bench
) -> None:
    later = bench.table.findChild(QTimer)
    assert isinstance(later, QTimer)
    assert later.interval() >= 1000
    later.setInterval(1)
    bench.table.sort(Column.LATENCY, UP)
    bench.table.apply(bench.store.apply(checked("b", 1, response_time=90.0)))
    assert list(bench.table.keys) == ["b", "a", "c"]
    qtbot.waitUntil(lambda: list(bench.table.keys) == ["a", "b", "c"])
    bench.table.hold(True)
    bench.table.apply(bench.store.apply(checked("a", 2, response_time=100.0)))
    qtbot.waitUntil(lambda: not later.isActive())
    assert list(bench.table.keys) == ["a", "b", "c"]
    bench.table.hold(False)
    assert list(bench.table.keys) == ["b", "a", "c"]
    bench.table.watch(False)
    bench.table.apply(bench.store.apply(checked("b", 3, response_time=200.0)))
    qtbot.waitUntil(lambda: not later.isActive())
    assert list(bench.table.keys) == ["b", "a", "c"], "nobody looks"
    bench.table.watch(True)
    assert list(bench.table.keys) == ["a", "b", "c"]


def test_a_third_press_on_a_heading_lets_the_worst_stand_first_again(
    qtbot: QtBot, bench: Bench
) -> None:
    view = EndpointView(Theme())
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.set_model(bench.table)
    assert view.heads.words_of(Column.STATUS) == "Status", "untouched it has no mark"
    rows = []
    for _ in range(3):
        at = view.heads.sectionViewportPosition(Column.LATENCY) + 30
        qtbot.mouseClick(view.heads.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 10))
        rows.append("".join(bench.table.keys))
    assert rows == ["bac", "abc", "cab"]
    view.heads.setFocus()
    qtbot.keyClick(view.heads, Qt.Key.Key_Right)
    rows.clear()
    for _ in range(3):
        qtbot.keyClick(view.heads, Qt.Key.Key_Space)
        rows.append("".join(bench.table.keys))
    assert rows == ["cab", "bac", "cab"]
    assert view.heads.accessibleName() == "Status"


def test_how_a_list_was_sorted_is_part_of_its_look(qtbot: QtBot, bench: Bench) -> None:
    views = EndpointView(Theme()), EndpointView(Theme())
    for view in views:
        qtbot.addWidget(view)
        view.set_model(bench.table)
    assert views[0].look().sorted_by == ""
    views[0].heads.setSortIndicator(Column.LATENCY, DOWN)
    views[1].take_look(views[0].look())
    assert views[1].look() == views[0].look() == TableLook({}, "latency", is_descending=True)
    assert views[1].heads.words_of(Column.LATENCY).endswith("↓")
    assert list(bench.table.keys) == ["a", "b", "c"]

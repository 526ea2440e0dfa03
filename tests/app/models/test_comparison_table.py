"""The comparison as a model: order, what is unknown, headings, days."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from app.models.check_log import CheckLogModel
from app.models.comparison_table import ComparisonTableModel
from app.models.endpoint_table import EndpointTableModel
from app.state.store import Store
from backend.contract.statistics import ComparisonRow
from widgets.roles import ComparisonColumn, ComparisonRole
from widgets.series import UptimeDay

TODAY = date(2026, 11, 23)
ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def row(name: str, rank: int, score: float | None, uptime: float | None = 100) -> ComparisonRow:
    return ComparisonRow(
        endpoint_id=f"id-{name}",
        name=name,
        uptime24h=None,
        uptime=uptime,
        avg_response_time=None if score is None else 1000 - score,
        incident_count=rank,
        stability_score=score,
        rank=rank,
    )


@pytest.fixture
def table() -> ComparisonTableModel:
    days = {"id-b": 99.0, "id-a": 90.0}
    made = ComparisonTableModel(
        lambda key: (UptimeDay(TODAY, days[key]),) if key in days else (),
    )
    made.show_rows([row("b", 1, 99), row("a", 2, 80), row("C", 3, None, None)])
    return made


def names(table: ComparisonTableModel) -> list[str]:
    return [table.index(at, 0).data(ComparisonRole.NAME) for at in range(table.rowCount())]


def test_it_is_a_proper_model(table: ComparisonTableModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(table)


@pytest.mark.parametrize("column", [ComparisonColumn.SCORE, ComparisonColumn.UPTIME])
def test_what_is_unknown_comes_last_in_either_order(
    table: ComparisonTableModel, column: ComparisonColumn
) -> None:
    table.sort(column, ASCENDING)
    assert names(table)[-1] == "C"
    table.sort(column, DESCENDING)
    assert names(table)[-1] == "C"


def test_it_sorts_by_every_column(table: ComparisonTableModel) -> None:
    orders = {}
    for column in ComparisonColumn:
        table.sort(column, ASCENDING)
        orders[column] = names(table)
    assert orders[ComparisonColumn.RANK] == ["b", "a", "C"]
    assert orders[ComparisonColumn.NAME] == ["a", "b", "C"]
    assert orders[ComparisonColumn.SCORE] == ["a", "b", "C"]
    assert orders[ComparisonColumn.LATENCY] == ["b", "a", "C"]
    assert orders[ComparisonColumn.DAYS] == ["a", "b", "C"]


def test_a_new_ranking_keeps_the_order_that_was_chosen(table: ComparisonTableModel) -> None:
    table.sort(ComparisonColumn.NAME, DESCENDING)
    table.show_rows([row("a", 1, 99), row("d", 2, 50)])
    assert names(table) == ["d", "a"]
    assert table.index(1, 0).data(ComparisonRole.RANK) == 1


def test_values_are_said_in_words(table: ComparisonTableModel) -> None:
    said = [table.index(0, column).data() for column in ComparisonColumn]
    assert said[:6] == ["1", "b", "99.0", "100.00 %", "901 ms", "1"]
    assert "1 day" in said[6]
    assert table.index(2, ComparisonColumn.SCORE).data() == "-"


def test_every_table_answers_its_headings_in_words(table: ComparisonTableModel) -> None:
    store = Store(lambda: 0)
    for model in (table, EndpointTableModel(store), CheckLogModel(store)):
        words = [
            model.headerData(column, Qt.Orientation.Horizontal)
            for column in range(model.columnCount())
        ]
        assert all(isinstance(word, str) and not word.isdigit() and word for word in words)
        assert model.headerData(0, Qt.Orientation.Vertical) == ""

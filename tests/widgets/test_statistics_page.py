"""The statistics page: whom it shows, its numbers, the table that is sorted and chosen from."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import Period
from widgets import headings
from widgets.comparison_view import ComparisonView
from widgets.pages import ViewState
from widgets.roles import ComparisonColumn, ComparisonRole
from widgets.statistics_page import LatencyFigures, StatisticsPage
from widgets.style.palette import Theme


class Ranking(QStandardItemModel):
    """Three endpoints; it remembers how it was asked to be sorted."""

    def __init__(self) -> None:
        super().__init__(0, len(ComparisonColumn))
        self.sorted_by: tuple[int, Qt.SortOrder] | None = None
        for name in ("Shop", "Blog", "Mail"):
            self.appendRow([_item(name) for _ in ComparisonColumn])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.sorted_by = (column, order)


def _item(name: str) -> QStandardItem:
    item = QStandardItem("x")
    item.setData(f"id-{name}", ComparisonRole.ENDPOINT_ID)
    item.setData(name, ComparisonRole.NAME)
    item.setData(97.4, ComparisonRole.SCORE)
    item.setData((), ComparisonRole.DAYS)
    return item


@pytest.fixture
def ranking() -> Ranking:
    return Ranking()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, ranking: Ranking) -> StatisticsPage:
    made = StatisticsPage(theme)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show_subjects([("id-Blog", "Blog"), ("id-Shop", "Shop")])
    made.set_model(ranking)
    made.show()
    return made


def head(page: StatisticsPage) -> tuple[int, Qt.SortOrder]:
    heads = page.comparison.horizontalHeader()
    return heads.sortIndicatorSection(), heads.sortIndicatorOrder()


def test_it_begins_with_all_endpoints_and_a_day(page: StatisticsPage) -> None:
    assert page.subject == ""
    assert page.response.title == "Response time - all endpoints"
    assert page.response.periods.period is Period.DAY


def test_choosing_an_endpoint_tells_it_and_forgets_the_numbers(
    qtbot: QtBot, page: StatisticsPage
) -> None:
    page.show_figures(LatencyFigures(171, 116, 414, 743, 3, 1840))
    assert page.tile("slowest").value == "1,840 ms"
    with qtbot.waitSignal(page.subject_changed) as told:
        page.choose("id-Shop")
    assert told.args == ["id-Shop"]
    assert page.response.title == "Response time - Shop"
    assert page.tile("slowest").value == "-"
    assert page.response.states.state is ViewState.LOADING


def test_a_row_of_the_comparison_chooses_its_endpoint(qtbot: QtBot, page: StatisticsPage) -> None:
    with qtbot.waitSignal(page.subject_changed) as told:
        page.comparison.selectRow(1)
    assert told.args == ["id-Blog"]


def test_enter_opens_the_endpoint_of_a_row(qtbot: QtBot, page: StatisticsPage) -> None:
    page.comparison.selectRow(0)
    with qtbot.waitSignal(page.opened) as told:
        qtbot.keyClick(page.comparison, Qt.Key.Key_Return)
    assert told.args == ["id-Shop"]


def test_an_endpoint_that_is_gone_gives_way_to_all(qtbot: QtBot, page: StatisticsPage) -> None:
    page.choose("id-Shop")
    with qtbot.waitSignal(page.subject_changed) as told:
        page.show_subjects([("id-Blog", "Blog")])
    assert told.args == [""]


def test_more_endpoints_leave_the_chosen_one(qtbot: QtBot, page: StatisticsPage) -> None:
    page.choose("id-Shop")
    with qtbot.assertNotEmitted(page.subject_changed):
        page.show_subjects([("id-A", "A"), ("id-Blog", "Blog"), ("id-Shop", "Shop")])
    assert page.subject == "id-Shop"


def test_a_press_on_a_heading_sorts(qtbot: QtBot, page: StatisticsPage, ranking: Ranking) -> None:
    heads = page.comparison.horizontalHeader()
    at = heads.sectionViewportPosition(ComparisonColumn.SCORE) + 10
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 10))
    assert head(page)[0] == ComparisonColumn.SCORE
    assert ranking.sorted_by is not None
    assert ranking.sorted_by[0] == ComparisonColumn.SCORE


def test_the_keyboard_sorts_and_turns_the_order_round(
    qtbot: QtBot, page: StatisticsPage, ranking: Ranking
) -> None:
    heads = page.comparison.horizontalHeader()
    heads.setFocus()
    qtbot.keyClick(heads, Qt.Key.Key_Right)
    qtbot.keyClick(heads, Qt.Key.Key_Right)
    qtbot.keyClick(heads, Qt.Key.Key_Space)
    assert ranking.sorted_by == (ComparisonColumn.SCORE, Qt.SortOrder.AscendingOrder)
    assert heads.accessibleName() == "Stability, sorted upwards"
    qtbot.keyClick(heads, Qt.Key.Key_Space)
    assert ranking.sorted_by == (ComparisonColumn.SCORE, Qt.SortOrder.DescendingOrder)


def test_nothing_to_compare_is_one_sentence(
    qtbot: QtBot, page: StatisticsPage, ranking: Ranking
) -> None:
    ranking.setRowCount(0)
    assert page.states.state is ViewState.EMPTY
    page.states.show_state(ViewState.ERROR, "no answer")
    with qtbot.waitSignal(page.retry_requested):
        page.states.empty_state.buttons()[0].click()


def test_a_narrow_table_goes_without_the_days(qtbot: QtBot, page: StatisticsPage) -> None:
    view: ComparisonView = page.comparison
    assert not view.isColumnHidden(ComparisonColumn.DAYS)
    page.resize(800, 800)
    qtbot.waitUntil(lambda: view.isColumnHidden(ComparisonColumn.DAYS))
    assert view.columnWidth(ComparisonColumn.NAME) >= 80


def test_every_column_has_a_heading() -> None:
    assert all(headings.comparison_column_word(column) for column in ComparisonColumn)

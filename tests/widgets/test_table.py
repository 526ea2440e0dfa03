"""A table's columns: drawn by mouse and by keyboard, shared out again, reset, remembered."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from widgets.check_log import CheckLog
from widgets.comparison_view import ComparisonView
from widgets.endpoint_view import EndpointView
from widgets.roles import CheckColumn, Column, ComparisonColumn
from widgets.style.palette import Theme
from widgets.table import Table
from widgets.table_look import TableLook

WIDE = 1000


def shown(table: Table, columns: int, qtbot: QtBot, width: int = WIDE) -> Table:
    qtbot.addWidget(table)
    table.set_model(QStandardItemModel(0, columns, table))
    table.resize(width, 300)
    table.show()
    return table


@pytest.fixture
def log(theme: Theme, qtbot: QtBot) -> CheckLog:
    return shown(CheckLog(theme), len(CheckColumn), qtbot)


def draw(table: Table, column: int, by: int, qtbot: QtBot) -> None:
    """Draw the edge at the right of a column by mouse."""
    heads = table.heads
    edge = QPoint(heads.sectionViewportPosition(column) + heads.sectionSize(column), 10)
    qtbot.mousePress(heads.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    qtbot.mouseMove(heads.viewport(), edge + QPoint(by // 2, 0))
    qtbot.mouseMove(heads.viewport(), edge + QPoint(by, 0))
    qtbot.mouseRelease(heads.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(by, 0))


def widths(table: Table) -> list[int]:
    return [table.columnWidth(column) for column in range(table.model().columnCount())]


def test_a_column_left_of_the_rest_grows_and_the_rest_gives(log: CheckLog, qtbot: QtBot) -> None:
    before = widths(log)
    draw(log, CheckColumn.RESULT, 40, qtbot)
    after = widths(log)
    assert after[CheckColumn.RESULT] == before[CheckColumn.RESULT] + 40
    assert after[CheckColumn.MESSAGE] == before[CheckColumn.MESSAGE] - 40
    assert sum(after) == log.viewport().width()


def test_the_edge_follows_the_pointer_right_of_the_rest_too(theme: Theme, qtbot: QtBot) -> None:
    table = shown(ComparisonView(theme), len(ComparisonColumn), qtbot)
    before = widths(table)
    edge = table.columnViewportPosition(ComparisonColumn.SCORE) + before[ComparisonColumn.SCORE]
    draw(table, ComparisonColumn.SCORE, -30, qtbot)
    after = widths(table)
    now = table.columnViewportPosition(ComparisonColumn.SCORE) + after[ComparisonColumn.SCORE]
    assert now == edge - 30
    assert after[ComparisonColumn.UPTIME] == before[ComparisonColumn.UPTIME] + 30
    assert sum(after) == table.viewport().width()


def test_what_cannot_be_shortened_never_gets_narrower(theme: Theme, qtbot: QtBot) -> None:
    table = shown(EndpointView(theme), len(Column), qtbot)
    usual = table.columnWidth(Column.STATUS)
    draw(table, Column.STATUS, -60, qtbot)
    assert table.columnWidth(Column.STATUS) == usual
    draw(table, Column.STATUS, 5000, qtbot)
    assert table.columnWidth(Column.ENDPOINT) >= 80
    assert sum(widths(table)) == table.viewport().width()


def test_an_edge_that_is_drawn_does_not_sort(theme: Theme, qtbot: QtBot) -> None:
    table = shown(ComparisonView(theme), len(ComparisonColumn), qtbot)
    draw(table, ComparisonColumn.RANK, 30, qtbot)
    assert table.heads.sortIndicatorSection() == ComparisonColumn.RANK
    assert table.heads.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
    assert table.columnWidth(ComparisonColumn.RANK) == 76 + 30


def test_a_double_click_on_an_edge_gives_the_usual_width(log: CheckLog, qtbot: QtBot) -> None:
    usual = widths(log)
    draw(log, CheckColumn.TIME, 50, qtbot)
    draw(log, CheckColumn.RESULT, 20, qtbot)
    heads = log.heads
    edge = QPoint(heads.sectionViewportPosition(1), 10)
    qtbot.mouseDClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    assert log.columnWidth(CheckColumn.TIME) == usual[CheckColumn.TIME]
    assert log.columnWidth(CheckColumn.RESULT) == usual[CheckColumn.RESULT] + 20


def test_the_menu_of_the_heads_resets_all_columns(log: CheckLog, qtbot: QtBot) -> None:
    usual = widths(log)
    draw(log, CheckColumn.TIME, 50, qtbot)
    draw(log, CheckColumn.CODE, 20, qtbot)
    at = QPoint(20, 10)
    reason = QContextMenuEvent.Reason.Mouse
    heads = log.heads
    QApplication.sendEvent(
        heads.viewport(), QContextMenuEvent(reason, at, heads.viewport().mapToGlobal(at))
    )
    (menu,) = heads.findChildren(QMenu)
    (action,) = menu.actions()
    action.trigger()
    menu.close()
    assert widths(log) == usual


def test_the_keyboard_makes_a_column_wider_and_narrower(log: CheckLog, qtbot: QtBot) -> None:
    usual = widths(log)
    log.heads.setFocus(Qt.FocusReason.TabFocusReason)
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(log.heads, Qt.Key.Key_Right)
    for _ in range(3):
        qtbot.keyClick(log.heads, Qt.Key.Key_Right, shift)
    assert log.columnWidth(CheckColumn.RESULT) == usual[CheckColumn.RESULT] + 24
    qtbot.keyClick(log.heads, Qt.Key.Key_Left, shift)
    assert log.columnWidth(CheckColumn.RESULT) == usual[CheckColumn.RESULT] + 16


def test_chosen_widths_give_way_where_there_is_no_room_and_come_back(
    log: CheckLog, qtbot: QtBot
) -> None:
    draw(log, CheckColumn.TIME, 400, qtbot)
    chosen = log.columnWidth(CheckColumn.TIME)
    assert chosen > 500
    log.resize(600, 300)
    assert log.columnWidth(CheckColumn.TIME) == 124
    assert sum(widths(log)) == log.viewport().width()
    log.resize(WIDE, 300)
    assert log.columnWidth(CheckColumn.TIME) == chosen


def test_a_chosen_width_grows_with_the_text(log: CheckLog, theme: Theme, qtbot: QtBot) -> None:
    draw(log, CheckColumn.TIME, 36, qtbot)
    try:
        theme.measure(1.5, False)
        theme.changed.emit()
        assert log.columnWidth(CheckColumn.TIME) == (124 + 36) * 1.5
    finally:
        theme.measure(1.0, False)


def test_another_table_can_take_the_look(theme: Theme, qtbot: QtBot) -> None:
    table = shown(ComparisonView(theme), len(ComparisonColumn), qtbot)
    draw(table, ComparisonColumn.RANK, 30, qtbot)
    table.heads.setSortIndicator(ComparisonColumn.UPTIME, Qt.SortOrder.DescendingOrder)
    look = table.look()
    assert look == TableLook({"rank": 106}, "uptime", is_descending=True)
    other = ComparisonView(theme)
    other.take_look(look)
    shown(other, len(ComparisonColumn), qtbot)
    assert other.columnWidth(ComparisonColumn.RANK) == 106
    assert other.heads.sortIndicatorSection() == ComparisonColumn.UPTIME
    assert other.heads.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder


def test_a_look_of_other_columns_is_left_alone(log: CheckLog) -> None:
    usual = widths(log)
    log.take_look(TableLook({"nowhere": 300, "message": 20}, "nowhere"))
    assert widths(log) == usual
    assert log.look() == TableLook()


def test_in_little_room_the_message_of_a_check_outlives_its_code(
    theme: Theme, qtbot: QtBot
) -> None:
    log = shown(CheckLog(theme), len(CheckColumn), qtbot)
    log.resize(900, 200)
    qtbot.waitUntil(lambda: not log.isColumnHidden(CheckColumn.CODE))
    log.resize(520, 200)
    qtbot.waitUntil(lambda: log.isColumnHidden(CheckColumn.CODE))
    assert log.columnWidth(CheckColumn.MESSAGE) >= 150


def test_home_and_end_go_to_the_first_and_the_last_row_of_any_table(
    log: CheckLog, qtbot: QtBot
) -> None:
    log.hide()  # rows that say nothing cannot be painted
    log.model().insertRows(0, 20)
    log.selectRow(3)
    rows = []
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(log, key)
        rows += [index.row() for index in log.selectionModel().selectedRows()]
    assert rows == [19, 0]

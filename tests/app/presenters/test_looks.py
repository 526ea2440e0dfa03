"""What the window looked like comes back with the next start."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.arguments import parse
from app.host import paths
from app.host.window_memory import WindowMemory
from app.stage import Stage, furnish, raise_curtain, set_stage
from tests.helpers.painted_words import ShownWindows
from widgets.pages import Page
from widgets.roles import ComparisonColumn
from widgets.table_look import TableLook


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path) -> Iterator:
    """Start the program's window over one profile, as often as asked."""
    made: list[Stage] = []

    def stage(*arguments: str) -> Stage:
        profile = paths.prepare(tmp_path / "profile")
        begun = set_stage(qapp, parse(arguments), profile, None, None)
        raise_curtain(begun)
        furnish(begun)
        made.append(begun)
        return begun

    yield stage
    for each in made:
        each.window.hide()
        each.window.deleteLater()
    qapp.setStyleSheet("")


def test_page_place_columns_and_order_come_back_after_a_restart(start) -> None:
    first = start()
    assert first.window.page == Page.DASHBOARD
    first.window.resize(960, 700)
    first.window.show_page(Page.STATISTICS)
    comparison = first.window.statistics.comparison
    comparison.take_look(TableLook({"rank": 120}, "latency", is_descending=True))
    first.window.endpoints.endpoints.view.take_look(TableLook({"latency": 130}))
    first.looks.keep()
    second = start()
    window = second.window
    assert window.page == Page.STATISTICS
    assert (window.width(), window.height()) == (960, 700)
    assert window.statistics.comparison.look() == comparison.look()
    assert comparison.look().widths == {"rank": 120}
    heads = window.statistics.comparison.heads
    assert heads.sortIndicatorSection() == ComparisonColumn.LATENCY
    assert heads.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
    assert window.endpoints.endpoints.view.look() == TableLook({"latency": 130})
    assert window.dashboard.endpoints.view.look() == TableLook()


def test_the_columns_of_an_import_come_back_once_there_is_one(start) -> None:
    first, look = start(), TableLook({"step": 130})
    first.window.files.imports.view.take_look(look)
    first.looks.keep()
    second = start()
    second.looks.keep()  # without having imported: what is kept stays
    assert second.window.sheets.imports.built is None
    assert start().window.files.imports.view.look() == look


def test_a_page_that_is_asked_for_is_opened_instead(start) -> None:
    first = start("--page", "incidents")
    first.looks.keep()
    assert start().window.page == Page.INCIDENTS
    assert start("--page", "preferences").window.page == Page.PREFERENCES


def test_an_endpoints_page_is_not_come_back_to(start) -> None:
    first = start()
    first.window.show_page(Page.ENDPOINTS)
    first.window.show_page(Page.ENDPOINT)
    first.looks.keep()
    assert start().window.page == Page.ENDPOINTS


def test_a_picture_knows_of_no_last_time(start, tmp_path: Path) -> None:
    first = start()
    first.window.show_page(Page.INCIDENTS)
    first.window.dashboard.endpoints.view.take_look(TableLook({"latency": 130}))
    first.looks.keep()
    picture = start("--screenshot", str(tmp_path / "p.png"))
    assert picture.window.page == Page.DASHBOARD
    assert picture.window.dashboard.endpoints.view.look() == TableLook()


def test_a_damaged_memory_counts_as_none(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    file.write_text(
        '[window]\npage=nowhere\ngeometry=7\n[tables]\nchecks=not json\nimport="[1]"\n'
        'deliveries="{\\"widths\\": {\\"time\\": -4, \\"state\\": true, \\"tries\\": 90}, '
        '\\"sorted_by\\": 5}"\n'
    )
    memory = WindowMemory(file)
    assert memory.recall() is None
    assert memory.recall_table("checks") == TableLook()
    assert memory.recall_table("import") == TableLook()
    assert memory.recall_table("never kept") == TableLook()
    assert memory.recall_table("deliveries") == TableLook({"tries": 90})


def test_the_window_opens_minimized_where_that_is_wished_but_not_for_a_picture(start) -> None:
    first = start()
    assert first.window.isVisible()
    assert not first.window.isMinimized()
    first.settings.change("start_minimized", True)
    assert start().window.isMinimized(), "without a tray it stays in the task bar"
    pictured = start("--screenshot", "x.png").window
    assert pictured.isVisible()
    assert not pictured.isMinimized()


def test_no_other_window_is_shown_on_the_way_to_the_first(qapp: QApplication, start) -> None:
    shown = ShownWindows(qapp)
    first = start()
    qapp.removeEventFilter(shown)
    assert shown.titles == [first.window.windowTitle()]

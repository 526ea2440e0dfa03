"""Several endpoints selected in a list: the bar over it, by keys and by mouse; tags in the rows."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QStandardItemModel
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import Status
from tests.widgets.conftest import endpoint_row, endpoint_rows
from widgets import tag_pills
from widgets.endpoint_panel import EndpointPanel
from widgets.roles import Column, Role
from widgets.style import assets
from widgets.style.palette import Theme

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BOTH = ["id-a", "id-b"]


@pytest.fixture(params=[True, False], ids=["dashboard", "endpoints"])
def panel(qtbot: QtBot, theme: Theme, request: pytest.FixtureRequest) -> EndpointPanel:
    made = EndpointPanel(theme, titled=request.param)
    qtbot.addWidget(made)
    rows = (endpoint_row("a", Status.DOWN, TAGS=("payments",)), endpoint_row("b"))
    made.set_model(endpoint_rows(*rows, endpoint_row("c")))
    made.resize(900, 400)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.view.setFocus()
    return made


def choose_two(qtbot: QtBot, panel: EndpointPanel) -> None:
    panel.view.selectRow(0)
    qtbot.keyClick(panel.view, Qt.Key.Key_Down, SHIFT)


def click_row(qtbot: QtBot, panel: EndpointPanel, row: int, *keys: Qt.KeyboardModifier) -> None:
    where = panel.view.visualRect(panel.view.model().index(row, 1)).center()
    modifier = keys[0] if keys else Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(panel.view.viewport(), LEFT, modifier, where)


def test_it_comes_with_the_second_row_goes_with_it_and_nothing_moves(
    qtbot: QtBot, panel: EndpointPanel
) -> None:
    before = panel.states.geometry()
    panel.view.selectRow(0)
    assert not panel.bulk.isVisible()
    qtbot.keyClick(panel.view, Qt.Key.Key_Down, SHIFT)
    assert panel.bulk.isVisible()
    assert panel.bulk.words == "2 selected"
    assert not panel.filters.isVisible()
    assert panel.states.geometry() == before
    qtbot.keyClick(panel.view, Qt.Key.Key_Up, SHIFT)
    assert panel.filters.isVisible()
    assert panel.states.geometry() == before


def add(panel: EndpointPanel, name: str) -> None:
    """Put a row below the others."""
    model, more = panel.view.model(), endpoint_rows(endpoint_row(name))
    assert isinstance(model, QStandardItemModel)
    model.appendRow(more.takeRow(0))


def test_an_endpoint_that_is_not_there_yet_is_selected_when_it_comes(panel: EndpointPanel) -> None:
    panel.select("id-new")
    assert panel.view.selected_ids() == []
    for name in (*"defghijklm", "new"):
        add(panel, name)
    assert panel.view.selected_ids() == ["id-new"]
    assert panel.view.rows_in_sight().stop == panel.view.row_count(), "it was scrolled to"


def test_what_one_selects_meanwhile_stays_selected(panel: EndpointPanel) -> None:
    panel.select("id-new")
    panel.view.select("id-b")
    add(panel, "new")
    assert panel.view.selected_ids() == ["id-b"]
    panel.select("id-new")
    assert panel.view.selected_ids() == ["id-new"]


def test_rows_are_gathered_by_ctrl_and_shift_with_the_mouse(
    qtbot: QtBot, panel: EndpointPanel
) -> None:
    click_row(qtbot, panel, 0)
    click_row(qtbot, panel, 2, CTRL)
    assert panel.view.selected_ids() == ["id-a", "id-c"]
    click_row(qtbot, panel, 0)
    click_row(qtbot, panel, 1, SHIFT)
    assert panel.view.selected_ids() == BOTH
    assert panel.bulk.words == "2 selected"
    qtbot.keyClick(panel.view, Qt.Key.Key_A, CTRL)
    assert panel.bulk.words == "3 selected"


def test_pause_and_delete_speak_of_all_that_is_selected(qtbot: QtBot, panel: EndpointPanel) -> None:
    choose_two(qtbot, panel)
    with qtbot.waitSignal(panel.view.pause_requested) as told:
        qtbot.mouseClick(panel.bulk.pause_button, LEFT)
    assert told.args == [BOTH]
    panel.bulk.delete_button.setFocus()
    with qtbot.waitSignal(panel.view.delete_requested) as told:
        qtbot.keyClick(panel.bulk.delete_button, Qt.Key.Key_Space)
    assert told.args == [BOTH]


def test_it_offers_to_resume_when_all_are_paused_by_whomever(
    qtbot: QtBot, panel: EndpointPanel
) -> None:
    choose_two(qtbot, panel)
    assert panel.bulk.pause_button.text() == "Pause"
    model = panel.view.model()
    for row in (0, 1):
        for column in range(model.columnCount()):
            model.setData(model.index(row, column), True, Role.PAUSED)
    qtbot.waitUntil(lambda: panel.bulk.pause_button.text() == "Resume")


def test_a_tag_is_added_by_keyboard_alone_and_completed_from_those_known(
    qtbot: QtBot, panel: EndpointPanel
) -> None:
    panel.bulk.tags_wanted.connect(lambda: panel.bulk.show_known_tags(["payments", "tier-1"]))
    choose_two(qtbot, panel)
    qtbot.keyClick(panel.view, Qt.Key.Key_T)
    assert panel.window().focusWidget() is panel.bulk.tag
    qtbot.keyClicks(panel.bulk.tag, "TIER")
    completer = panel.bulk.tag.completer()
    assert completer.currentCompletion() == "tier-1"
    popup = completer.popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.tag_requested) as told:
        qtbot.keyClick(popup, Qt.Key.Key_Return)
        if panel.bulk.tag.isVisible():
            qtbot.keyClick(panel.bulk.tag, Qt.Key.Key_Return)
    assert told.args == [BOTH, "tier-1", True]
    assert panel.window().focusWidget() is panel.view
    assert panel.bulk.words == "2 selected"


def test_a_tag_is_taken_away_by_mouse(qtbot: QtBot, panel: EndpointPanel) -> None:
    choose_two(qtbot, panel)
    qtbot.mouseClick(panel.bulk.tag_button, LEFT)
    panel.bulk.tag.setText("  payments ")
    with qtbot.waitSignal(panel.tag_requested) as told:
        qtbot.mouseClick(panel.bulk.remove_button, LEFT)
    assert told.args == [BOTH, "payments", False]


def test_no_tag_is_no_tag_and_esc_leads_back(qtbot: QtBot, panel: EndpointPanel) -> None:
    choose_two(qtbot, panel)
    qtbot.keyClick(panel.view, Qt.Key.Key_T)
    with qtbot.assertNotEmitted(panel.tag_requested):
        qtbot.keyClick(panel.bulk.tag, Qt.Key.Key_Return)
    assert panel.bulk.tag.isVisible()
    qtbot.keyClick(panel.bulk.tag, Qt.Key.Key_Escape)
    assert panel.bulk.pause_button.isVisible()
    assert panel.window().focusWidget() is panel.view


def test_an_interval_is_typed(qtbot: QtBot, panel: EndpointPanel) -> None:
    choose_two(qtbot, panel)
    qtbot.keyClick(panel.view, Qt.Key.Key_I)
    qtbot.keyClicks(panel.bulk.interval, "300")
    with qtbot.waitSignal(panel.interval_requested) as told:
        qtbot.keyClick(panel.bulk.interval, Qt.Key.Key_Return)
    assert told.args == [BOTH, 300]
    qtbot.mouseClick(panel.bulk.interval_button, LEFT)
    with qtbot.waitSignal(panel.interval_requested) as told:
        qtbot.mouseClick(panel.bulk.apply_button, LEFT)
    assert told.args == [BOTH, 300]


def test_the_keys_of_the_bar_mean_nothing_for_one_row(qtbot: QtBot, panel: EndpointPanel) -> None:
    panel.view.selectRow(0)
    with qtbot.assertNotEmitted(panel.bulk.tags_wanted):
        qtbot.keyClick(panel.view, Qt.Key.Key_T)
    assert not panel.bulk.isVisible()
    assert panel.window().focusWidget() is panel.view


def test_progress_is_said_also_when_nothing_is_selected_any_more(panel: EndpointPanel) -> None:
    panel.show_progress("Pausing: 310 of 1,000")
    assert panel.bulk.isVisible()
    assert panel.bulk.words == "Pausing: 310 of 1,000"
    panel.show_progress("")
    assert panel.filters.isVisible()


def test_the_bar_speaks_korean(qtbot: QtBot, korean: None, panel: EndpointPanel) -> None:
    choose_two(qtbot, panel)
    assert panel.bulk.words == "2개 선택됨"


def test_tags_are_shown_as_far_as_there_is_room_and_the_others_counted(qapp: object) -> None:
    assets.load_fonts()
    metrics = QFontMetrics(assets.font(11))
    tags = ("payments", "tier-1", "eu-west")
    assert [words for words, _ in tag_pills.fitting(tags, metrics, 1000)] == list(tags)
    assert [words for words, _ in tag_pills.fitting(tags, metrics, 100)][-1].startswith("+")
    assert tag_pills.fitting(tags, metrics, 10) == []
    for room in range(0, 300, 7):
        found = tag_pills.fitting(tags, metrics, room)
        assert sum(width for _, width in found) + 4 * max(0, len(found) - 1) <= room


def test_a_rows_tags_are_painted_and_named_in_its_tooltip(panel: EndpointPanel) -> None:
    view = panel.view
    index = view.model().index(0, 1)
    before = view.grab().toImage()
    words = view.itemDelegate().help_words(QRect(), view.rect().center(), index)
    assert words.splitlines()[-1] == "payments"
    for column in Column:
        view.model().setData(index.siblingAtColumn(column), (), Role.TAGS)
    assert view.grab().toImage() != before

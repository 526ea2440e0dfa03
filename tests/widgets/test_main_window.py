"""The window: pages, keys, intents, languages, themes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import Period, Status
from tests.widgets.conftest import NOW, endpoint_row, endpoint_rows, incident_row, incident_rows
from widgets.endpoint_detail import EndpointDetail, EndpointPast
from widgets.furniture import furnish
from widgets.incident_filters import IncidentFilter
from widgets.incident_values import Acknowledgement
from widgets.main_window import MainWindow
from widgets.pages import Page, ViewState
from widgets.sidebar import Entry
from widgets.style import assets
from widgets.style.palette import Theme, apply_theme, styled_when_built
from widgets.style.tokens import DARK, LIGHT
from widgets.toast import Toast

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, theme: Theme) -> MainWindow:
    with styled_when_built(qapp):
        made = furnish(MainWindow(theme))
    qtbot.addWidget(made, before_close_func=lambda w: w.close_for_good())
    model = endpoint_rows(endpoint_row("a", Status.DOWN), endpoint_row("b"))
    made.dashboard.endpoints.set_model(model)
    made.endpoints.endpoints.set_model(model)
    made.incidents.set_model(incident_rows(incident_row("a"), incident_row("b", resolved=True)))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_it_opens_at_1280_by_880_and_never_gets_too_small(window: MainWindow) -> None:
    assert (window.width(), window.height()) == (1280, 880)
    assert (window.minimumWidth(), window.minimumHeight()) == (960, 640)


def test_the_frame_leads_to_pages_before_they_are_there(qtbot: QtBot, theme: Theme) -> None:
    frame = MainWindow(theme)
    qtbot.addWidget(frame, before_close_func=lambda w: w.close_for_good())
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    assert frame.stack.currentWidget().text() == "Loading..."
    frame.sidebar.entry(Page.STATISTICS).click()
    frame.close()
    assert frame.isVisible(), "whether closing ends the program is not the window's to say"
    frame.header.search_field.setFocus()
    furnish(frame)
    assert frame.header.title == "Statistics"
    assert frame.stack.currentWidget() is frame.statistics
    assert frame.header.search_field.hasFocus(), "who writes already may go on"
    assert not [it for it in frame.stack.findChildren(QLabel) if it.text() == "Loading..."][1:]


@pytest.mark.parametrize("page", [Page.DASHBOARD, Page.INCIDENTS])
def test_who_searches_before_there_are_pages_writes_in_the_header(
    page: Page, qtbot: QtBot, theme: Theme
) -> None:
    frame = MainWindow(theme)
    qtbot.addWidget(frame, before_close_func=lambda w: w.close_for_good())
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    frame.show_page(page)
    qtbot.keyClick(frame, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert frame.header.search_field.hasFocus()
    assert frame.page == page


def test_a_narrow_window_folds_the_sidebar(window: MainWindow) -> None:
    assert window.sidebar.width() == 208
    window.resize(1000, 700)
    assert window.sidebar.width() == 56
    assert window.sidebar.entry(Page.ENDPOINTS).toolTip() == "Endpoints"


@pytest.mark.parametrize(
    ("key", "page"),
    [
        (Qt.Key.Key_2, "endpoints"),
        (Qt.Key.Key_3, "incidents"),
        (Qt.Key.Key_4, "statistics"),
        (Qt.Key.Key_Comma, "preferences"),
    ],
)
def test_keys_lead_to_pages(qtbot: QtBot, window: MainWindow, key: Qt.Key, page: str) -> None:
    with qtbot.waitSignal(window.page_changed) as told:
        qtbot.keyClick(window, key, CTRL)
    assert told.args == [page]
    assert window.page == page
    assert window.sidebar.entry(Page(page)).isChecked()


def test_keys_ask_to_add_to_check_all_and_to_quit(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.add_requested):
        qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    with qtbot.waitSignal(window.check_all_requested):
        qtbot.keyClick(window, Qt.Key.Key_F5)
    with qtbot.waitSignal(window.quit_requested):
        qtbot.keyClick(window, Qt.Key.Key_Q, CTRL)


def test_ctrl_r_checks_the_selected_endpoints(qtbot: QtBot, window: MainWindow) -> None:
    window.dashboard.endpoints.view.selectRow(1)
    with qtbot.waitSignal(window.check_requested) as told:
        qtbot.keyClick(window, Qt.Key.Key_R, CTRL)
    assert told.args == [["id-b"]]


def test_ctrl_r_on_the_detail_page_checks_its_endpoint(qtbot: QtBot, window: MainWindow) -> None:
    window.endpoint.show_endpoint(EndpointDetail("id-x", "X", "GET", "https://x", Status.UP))
    window.show_page("endpoint")
    with qtbot.waitSignal(window.check_requested) as told:
        qtbot.keyClick(window, Qt.Key.Key_R, CTRL)
    assert told.args == [["id-x"]]


def test_ctrl_f_leads_into_the_search_field(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("statistics")
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert window.focusWidget() is window.header.search_field
    assert window.page == "endpoints"
    with qtbot.waitSignal(window.search_changed) as told:
        qtbot.keyClicks(window.header.search_field, "p")
    assert told.args == ["p"]


def test_esc_empties_the_search_field_only_where_the_keyboard_is_in_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.header.search_field.setText("pay")
    window.dashboard.endpoints.view.setFocus()
    qtbot.keyClick(window.dashboard.endpoints.view, Qt.Key.Key_Escape)
    assert window.header.search_field.text() == "pay"
    window.header.focus_search()
    qtbot.keyClick(window.header.search_field, Qt.Key.Key_Escape)
    assert window.header.search_field.text() == ""


def test_ctrl_f_on_the_incidents_page_leads_into_its_own_search_field(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_page("incidents")
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert window.focusWidget() is window.incidents.filters.search
    assert window.page == "incidents"


def test_an_outage_is_acknowledged_from_the_detail_page(qtbot: QtBot, window: MainWindow) -> None:
    page, down = window.endpoint, EndpointDetail("id-x", "X", "GET", "https://x", Status.DOWN)
    page.show_endpoint(down)
    window.show_page("endpoint")
    assert not page.head.acknowledge_button.isVisible()
    page.show_endpoint(replace(down, is_incident_open=True))
    with qtbot.waitSignal(page.acknowledge_requested) as told:
        qtbot.mouseClick(page.head.acknowledge_button, Qt.MouseButton.LeftButton)
    assert told.args == ["id-x"]
    with qtbot.waitSignal(page.acknowledge_requested):
        qtbot.keyClick(page, Qt.Key.Key_A)
    page.show_endpoint(replace(down, is_incident_open=True, said=Acknowledgement(NOW)))
    assert not page.head.acknowledge_button.isVisible()
    assert "Acknowledged" in page.head.address


def test_closing_only_asks(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.close_requested):
        window.close()
    assert window.isVisible()


def test_the_detail_page_takes_the_name_as_title_and_leads_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_page("incidents")
    window.endpoint.show_endpoint(EndpointDetail("id-x", "Payments", "GET", "https://x", Status.UP))
    window.show_page("endpoint")
    assert window.header.title == "Payments"
    window.go_back()
    assert window.page == "incidents"
    assert window.header.title == "Incidents"


def test_the_detail_page_says_one_sentence_and_seven_numbers(window: MainWindow) -> None:
    page = window.endpoint
    page.show_endpoint(
        EndpointDetail(
            "id-x",
            "X",
            "GET",
            "https://x",
            Status.DOWN,
            message="Connection refused",
            uptime_24h=98.21,
            last_checked_at=NOW,
            failures=2,
        )
    )
    assert page.head.sentence == "Down - Connection refused"
    assert page.head.address == "GET https://x  -  2 of 3 failures"
    assert page.tiles.tile("uptime_24h").value == "98.21 %"
    assert page.tiles.tile("p95").value == "-"
    page.tiles.show_past(EndpointPast(99.5, 99.87, 84, 210, 1840, Period.WEEK))
    assert page.tiles.tile("uptime_30d").value == "99.87 %"
    assert page.tiles.tile("p99").accessibleName() == "p99, 7 d: 1,840 ms"


def test_another_endpoint_is_told_and_shows_nothing_of_the_one_before(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = window.endpoint
    page.show_endpoint(EndpointDetail("id-x", "X", "GET", "https://x", Status.UP))
    page.tiles.show_past(EndpointPast(uptime_7d=99.5))
    with qtbot.waitSignal(page.switched) as told:
        page.show_endpoint(EndpointDetail("id-y", "X", "GET", "https://y", Status.UP))
    assert told.args == ["id-y"]
    assert page.tiles.tile("uptime_7d").value == "-"
    with qtbot.assertNotEmitted(page.switched):
        page.show_endpoint(EndpointDetail("id-y", "Y", "GET", "https://y", Status.DOWN))


def test_the_banner_says_how_old_the_data_are(window: MainWindow) -> None:
    assert not window.banner.isVisible()
    window.banner.show_stale(NOW)
    assert window.banner.isVisible()
    assert window.banner.words == f"Not connected - data as of {NOW.astimezone():%H:%M}"


def test_the_incidents_page_tells_open_from_resolved(window: MainWindow) -> None:
    window.incidents.set_filter(IncidentFilter.ACTIVE)
    assert window.incidents.view.shown.rowCount() == 1
    window.incidents.set_filter(IncidentFilter.ALL)
    assert window.incidents.view.shown.rowCount() == 2


def test_the_first_page_s_keyboard_is_on_the_list(window: MainWindow) -> None:
    assert window.focusWidget() is window.dashboard.endpoints.view


def test_an_example_fills_the_form_that_adding_opened(qtbot: QtBot, window: MainWindow) -> None:
    window.add_requested.connect(window.form.open_new)
    window.dashboard.endpoints.example_requested.emit()
    assert window.form.values()["url"] == "https://example.com"
    assert window.form.values()["name"] == "example.com"


def test_another_language_is_said_at_once(
    qtbot: QtBot, window: MainWindow, qapp: QApplication
) -> None:
    words = assets.translator("ko")
    qapp.installTranslator(words)
    try:
        qtbot.waitUntil(lambda: window.header.title == "대시보드")
        assert window.dashboard.down_card.accessibleName().startswith("장애")
        assert window.sidebar.entry(Page.INCIDENTS).text() == "장애"
        window.form.open_new()
        assert window.form.accessibleName() == "엔드포인트 추가"
    finally:
        qapp.removeTranslator(words)
    qtbot.waitUntil(lambda: window.header.title == "Dashboard")


def test_another_theme_is_painted_at_once(
    window: MainWindow, qapp: QApplication, theme: Theme
) -> None:
    def ground() -> str:
        image: QImage = window.grab().toImage()
        return image.pixelColor(QPoint(700, 58)).name()

    assert ground() == LIGHT.background
    apply_theme(qapp, theme, DARK)
    assert ground() == DARK.background


def test_geometry_comes_back(window: MainWindow, qtbot: QtBot, theme: Theme) -> None:
    window.resize(1100, 700)
    kept = window.saveGeometry()
    other = furnish(MainWindow(theme))
    qtbot.addWidget(other, before_close_func=lambda w: w.close_for_good())
    assert other.restoreGeometry(kept)
    # Qt keeps a window inside the screen, which offscreen is narrower than it.
    assert other.height() == 700


def test_keys_do_nothing_behind_a_sheet(qtbot: QtBot, window: MainWindow) -> None:
    window.dashboard.endpoints.view.selectRow(0)
    window.form.open_new()
    behind = (
        window.page_changed,
        window.add_requested,
        window.check_all_requested,
        window.check_requested,
        window.pause_requested,
        window.delete_requested,
    )
    told: list[object] = []
    for signal in behind:
        signal.connect(lambda *args: told.append(args))
    for key in (Qt.Key.Key_N, Qt.Key.Key_2, Qt.Key.Key_R, Qt.Key.Key_F, Qt.Key.Key_Comma):
        qtbot.keyClick(window.focusWidget(), key, CTRL)
    for plain in (Qt.Key.Key_F5, Qt.Key.Key_Up, Qt.Key.Key_Delete, Qt.Key.Key_Space):
        qtbot.keyClick(window.focusWidget(), plain)
    assert told == []
    assert window.form.isAncestorOf(window.focusWidget())
    with qtbot.waitSignal(window.quit_requested):
        qtbot.keyClick(window, Qt.Key.Key_Q, CTRL)


def test_no_toast_lies_on_a_sheet_that_is_open(window: MainWindow) -> None:
    window.toasts.show_toast(Toast("error", "A is down"))
    window.form.open_new()
    window.toasts.show_toast(Toast("error", "B is down"))
    left = window.form.sheet_geometry().left()
    assert [card.geometry().right() < left for card in window.toasts.cards()] == [True, True]
    window.form.close_sheet()
    assert all(card.geometry().right() > left for card in window.toasts.cards())


@pytest.mark.parametrize("sheet", ["form", "channel_form"])
def test_the_keyboard_stays_in_an_open_sheet_and_then_returns_to_the_page(
    qtbot: QtBot, window: MainWindow, sheet: str
) -> None:
    opened = getattr(window, sheet)
    opened.open_new()
    inside = window.focusWidget()
    window.show_page("endpoints")
    assert window.focusWidget() is inside
    window.endpoints.endpoints.view.setFocus()
    assert window.focusWidget() is inside
    opened.close_sheet()
    assert window.focusWidget() is window.endpoints.endpoints.view
    with qtbot.waitSignal(window.page_changed):
        qtbot.keyClick(window, Qt.Key.Key_1, CTRL)


def test_a_page_s_key_selects_the_row_that_the_next_key_acts_on(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    view = window.endpoints.endpoints.view
    assert view.selected_ids() == ["id-a"]
    with qtbot.waitSignal(window.opened) as told:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert told.args == ["id-a"]


def test_a_page_s_key_selects_a_row_also_where_the_keyboard_was_before(
    qtbot: QtBot, window: MainWindow
) -> None:
    view = window.endpoints.endpoints.view
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    view.clearSelection()  # as when what was selected is deleted
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    assert view.selected_ids() == ["id-a"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return])
@pytest.mark.parametrize("page", ["dashboard", "statistics"])
def test_from_the_search_a_key_leads_to_the_first_row_that_was_found(
    qtbot: QtBot, window: MainWindow, page: str, key: Qt.Key
) -> None:
    window.show_page(page)
    window.header.focus_search()
    qtbot.keyClick(window.focusWidget(), key)
    assert window.page == ("dashboard" if page == "dashboard" else "endpoints")
    view = getattr(window, window.page).endpoints.view
    assert window.focusWidget() is view
    assert view.selected_ids() == ["id-a"]


def test_space_pauses_and_del_deletes_on_the_detail_page(qtbot: QtBot, window: MainWindow) -> None:
    window.endpoint.show_endpoint(EndpointDetail("id-x", "X", "GET", "https://x", Status.UP))
    window.show_page("endpoint")
    with qtbot.waitSignal(window.pause_requested) as told:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert told.args == [["id-x"]]
    with qtbot.waitSignal(window.delete_requested) as told:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Delete)
    assert told.args == [["id-x"]]


def test_space_on_a_button_of_the_detail_page_presses_the_button(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.endpoint.show_endpoint(EndpointDetail("id-x", "X", "GET", "https://x", Status.UP))
    window.show_page("endpoint")
    button = window.endpoint.head.findChild(QPushButton)
    assert button is not None
    button.setFocus()
    with qtbot.assertNotEmitted(window.pause_requested), qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_ctrl_z_undoes_by_the_newest_toast_unless_text_is_edited(
    qtbot: QtBot, window: MainWindow
) -> None:
    undone: list[str] = []
    act = (("Undo", lambda: undone.append("A")),)
    window.toasts.show_toast(Toast("info", "Deleted A", "", act, can_undo=True))
    field = window.header.search_field
    window.header.focus_search()
    qtbot.keyClicks(field, "p")
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert (field.text(), undone) == ("", [])
    window.dashboard.endpoints.view.setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z, CTRL)
    assert undone == ["A"]


def test_esc_clears_the_search(qtbot: QtBot, window: MainWindow) -> None:
    field = window.header.search_field
    window.header.focus_search()
    qtbot.keyClicks(field, "pay")
    with qtbot.waitSignal(window.search_changed) as told:
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert told.args == [""]
    assert window.focusWidget() is field


def test_esc_belongs_to_the_search_only_while_the_keyboard_is_in_it(
    qtbot: QtBot, theme: Theme
) -> None:
    window = furnish(MainWindow(theme))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.header.search_field.setText("shop")
    window.form.open_new()
    with qtbot.waitSignal(window.form.cancelled):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.header.search_field.text() == "shop"
    window.header.focus_search()
    qtbot.keyClick(window.header.search_field, Qt.Key.Key_Escape)
    assert window.header.search_field.text() == ""


def test_headings_beside_each_other_stand_in_one_line(window: MainWindow) -> None:
    window.show_page("endpoint")
    labels = [each for each in window.endpoint.findChildren(QLabel) if each.isVisible()]
    beside = [each for each in labels if each.text() in {"Last checks", "Incidents"}]
    assert len(beside) == 2
    assert len({each.mapTo(window, each.rect().center()).y() for each in beside}) == 1


def test_the_buttons_of_the_detail_page_give_way_to_its_sentence(window: MainWindow) -> None:
    window.show_page("endpoint")
    head = window.endpoint.head
    head.acknowledge_button.show()
    sentence, button = head.findChildren(QLabel)[0], head.acknowledge_button
    for width, is_beside in ((1000, True), (700, False), (1000, True)):
        head.resize(width, 100)
        head.layout().activate()
        top = button.mapTo(head, button.rect().topLeft()).y()
        assert (top < sentence.geometry().bottom()) is is_beside
        assert button.width() == button.sizeHint().width()


def test_the_header_says_until_when_alerts_are_paused_and_a_press_resumes_them(
    qtbot: QtBot, window: MainWindow
) -> None:
    quiet = window.header.quiet
    assert not quiet.isVisible()
    window.header.show_quiet(NOW)
    assert quiet.isVisible()
    assert quiet.text() == f"{NOW.astimezone():%H:%M}"
    assert quiet.text() in quiet.accessibleName()
    with qtbot.waitSignal(window.header.resume_requested):
        qtbot.mouseClick(quiet, Qt.MouseButton.LeftButton)
    window.header.show_quiet(None)
    assert not quiet.isVisible()


def test_the_arrow_keys_go_from_page_to_page_and_tab_comes_to_the_one_shown(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_page(Page.STATISTICS)
    while not isinstance(window.focusWidget(), Entry):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget() is window.sidebar.entry(Page.STATISTICS)
    for page in (Page.INCIDENTS, Page.ENDPOINTS):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Up)
        assert window.page == page
        assert window.focusWidget() is window.sidebar.entry(page)


def test_a_button_that_goes_leaves_the_keyboard_in_its_view(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_page(Page.ENDPOINTS)
    panel = window.endpoints.endpoints
    panel.set_model(endpoint_rows())
    panel.show_state(ViewState.ERROR, "why")
    (retry,) = panel.states.empty_state.buttons()
    qtbot.waitUntil(retry.isVisible)
    retry.setFocus()
    assert window.focusWidget() is retry
    panel.show_state(ViewState.ERROR, "why again")
    assert window.focusWidget() is panel.states
    panel.set_model(endpoint_rows(endpoint_row("a")))
    panel.show_state(ViewState.NORMAL)
    assert window.focusWidget() is panel.view

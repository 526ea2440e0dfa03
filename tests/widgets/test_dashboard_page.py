"""The dashboard's cards: numbers, reasons, calm, intents."""

from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import endpoint_row, endpoint_rows, incident_row, incident_rows
from widgets.dashboard_page import DashboardPage, Overview
from widgets.incident_timeline import ENTRIES
from widgets.pages import ViewState
from widgets.roles import EndpointFilter
from widgets.style.palette import Theme
from widgets.style.tokens import LIGHT, Space


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> DashboardPage:
    made = DashboardPage(theme)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    return made


def test_before_the_first_data_every_number_is_a_dash(page: DashboardPage) -> None:
    cards = (page.up_card, page.down_card, page.uptime_card, page.incidents_card)
    assert [card.number for card in cards] == ["-", "-", "-", "-"]


def test_the_cards_say_the_number_and_why(page: DashboardPage) -> None:
    page.show_overview(
        Overview(
            total=24,
            up=21,
            down=1,
            longest_down="Payments",
            slow=2,
            first_slow="Search",
            uptime_24h=99.87,
            incidents=2,
            newest_incident="Payments",
        )
    )
    assert (page.up_card.number, page.down_card.number) == ("21", "1")
    assert page.down_card.reason == "Payments"
    assert page.uptime_card.number == "99.87 %"
    assert page.uptime_card.reason == "slow: Search and 1 more"
    assert page.incidents_card.reason == "Payments and 1 more"
    assert page.down_card.accessibleName() == "Down: 1"


def test_the_uptime_card_says_what_no_other_card_says(page: DashboardPage) -> None:
    page.show_overview(Overview(total=1001, down=1001, longest_down="A", uptime_24h=49.0))
    assert page.down_card.reason == "A and 1,000 more"
    assert page.uptime_card.reason == "all endpoints"
    page.show_overview(Overview(total=3, up=1, slow=2, first_slow="B", uptime_24h=100.0))
    assert page.uptime_card.reason == "slow: B and 1 more"
    page.show_overview(Overview(total=1, up=1, uptime_24h=100.0))
    assert page.uptime_card.reason == "all endpoints"


def test_the_uptime_card_is_green_only_after_a_good_day(page: DashboardPage) -> None:
    waiting = Overview(total=1, waiting=1, uptime_24h=0.0)
    page.show_overview(waiting)
    bad = page.uptime_card.grab().toImage()
    page.show_overview(replace(waiting, uptime_24h=100.0))
    good = page.uptime_card.grab().toImage()
    green = QColor(LIGHT.up.fill)
    assert [_has(bad, green), _has(good, green)] == [False, True]


def _has(picture: QImage, colour: QColor) -> bool:
    points = product(range(picture.width()), range(picture.height()))
    return any(picture.pixelColor(x, y) == colour for x, y in points)


def test_zero_is_calm_and_unknown_is_a_dash(page: DashboardPage) -> None:
    page.show_overview(Overview(total=3, up=0, waiting=3))
    assert (page.down_card.number, page.down_card.reason) == ("0", "all good")
    assert page.uptime_card.number == "-"


def test_a_card_is_a_button_that_filters_the_list(qtbot: QtBot, page: DashboardPage) -> None:
    with qtbot.waitSignal(page.filter_requested) as told:
        qtbot.mouseClick(page.down_card, Qt.MouseButton.LeftButton)
    assert told.args == [EndpointFilter.DOWN]
    with qtbot.waitSignal(page.incidents_requested):
        qtbot.keyClick(page.incidents_card, Qt.Key.Key_Space)


def test_a_card_is_104_high_and_reached_by_keyboard(page: DashboardPage) -> None:
    assert page.up_card.height() == 104
    assert page.up_card.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_chips_show_counts_and_tell_what_was_chosen(qtbot: QtBot, page: DashboardPage) -> None:
    filters = page.endpoints.filters
    filters.set_counts({EndpointFilter.DOWN: 3})
    assert filters.chip(EndpointFilter.DOWN).accessibleName() == "Down 3"
    with qtbot.waitSignal(page.endpoints.filter_changed) as told:
        qtbot.mouseClick(filters.chip(EndpointFilter.DOWN), Qt.MouseButton.LeftButton)
    assert told.args == [EndpointFilter.DOWN]
    assert filters.choice is EndpointFilter.DOWN


def test_no_endpoints_is_one_sentence_and_two_buttons(qtbot: QtBot, page: DashboardPage) -> None:
    page.endpoints.set_model(endpoint_rows())
    empty = page.endpoints.states.empty_state
    assert page.endpoints.states.state is ViewState.EMPTY
    assert empty.sentence
    assert len(empty.buttons()) == 2
    with qtbot.waitSignal(page.endpoints.add_requested):
        empty.buttons()[0].click()


def test_a_filter_that_leaves_nothing_offers_to_clear_it(qtbot: QtBot, page: DashboardPage) -> None:
    page.endpoints.set_model(endpoint_rows())
    page.endpoints.set_filter(EndpointFilter.DOWN)
    assert page.endpoints.states.state is ViewState.FILTERED
    with qtbot.waitSignals([page.endpoints.clear_requested, page.endpoints.filter_changed]):
        page.endpoints.states.empty_state.buttons()[0].click()
    assert page.endpoints.filters.choice is EndpointFilter.ALL


def test_an_error_says_why_and_offers_a_retry(qtbot: QtBot, page: DashboardPage) -> None:
    page.endpoints.set_model(endpoint_rows(endpoint_row("a")))
    page.endpoints.show_state(ViewState.ERROR, "Connection refused")
    empty = page.endpoints.states.empty_state
    assert empty.isVisible()
    assert "Connection refused" in empty.sentence
    with qtbot.waitSignal(page.endpoints.retry_requested):
        empty.buttons()[0].click()


def test_incidents_that_could_not_be_loaded_say_why_and_offer_a_retry(
    qtbot: QtBot, page: DashboardPage
) -> None:
    page.incidents.show_state(ViewState.ERROR, "Connection refused")
    empty = page.incidents.states.empty_state
    assert "Connection refused" in empty.sentence
    with qtbot.waitSignal(page.incidents.retry_requested):
        empty.buttons()[0].click()


def test_rows_come_back_by_themselves(page: DashboardPage) -> None:
    model = endpoint_rows()
    page.endpoints.set_model(model)
    page.endpoints.show_state(ViewState.LOADING)
    assert page.endpoints.states.state is ViewState.LOADING
    page.endpoints.show_state(ViewState.NORMAL)
    model.appendRow(endpoint_rows(endpoint_row("a")).takeRow(0))
    assert page.endpoints.states.state is ViewState.NORMAL
    assert page.endpoints.view.isVisible()


def test_the_timeline_shows_the_ten_newest_and_opens_their_endpoint(
    qtbot: QtBot, page: DashboardPage
) -> None:
    model = incident_rows(*(incident_row(f"e{n}") for n in range(12)))
    page.incidents.set_model(model)
    view = page.incidents.view
    shown = [row for row in range(12) if not view.isRowHidden(row)]
    assert shown == list(range(ENTRIES))
    with qtbot.waitSignal(page.incidents.opened) as told:
        at = view.visualRect(model.index(1, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args == ["id-e1"]


def test_a_low_window_under_its_banner_still_shows_four_whole_rows(
    qtbot: QtBot, page: DashboardPage
) -> None:
    page.endpoints.set_model(endpoint_rows(*(endpoint_row(f"E{place}") for place in range(12))))
    page.endpoints.show_state(ViewState.NORMAL)
    # The least window, without header and banner.
    page.resize(904, 640 - Space.HEADER - Space.BANNER - 8)
    view = page.endpoints.view
    qtbot.waitUntil(lambda: view.viewport().height() >= 4 * Space.ROW)
    assert page.up_card.height() == Space.CARD_LOW
    page.resize(1072, 880 - Space.HEADER)
    assert page.up_card.height() == Space.CARD


def test_nothing_watched_leaves_nothing_to_narrow(page: DashboardPage) -> None:
    page.endpoints.set_model(endpoint_rows())
    for state in (ViewState.LOADING, ViewState.NORMAL, ViewState.ERROR):
        page.endpoints.show_state(state)
        assert page.endpoints.filters.isHidden(), state
    page.endpoints.set_model(endpoint_rows(endpoint_row("A")))
    page.endpoints.show_state(ViewState.NORMAL)
    assert not page.endpoints.filters.isHidden()

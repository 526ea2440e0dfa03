"""The cards, the light, the tray and the console say what the store and the line say."""

import io
from datetime import UTC, datetime

import pytest

from app.host.settings import SettingsFile
from app.presenters.cards import CardsPresenter, overview_of
from app.presenters.console import Console
from app.presenters.link import LinkPresenter
from app.presenters.tray import TrayPresenter, is_news
from app.state.change import Change
from app.state.link import LinkState, Phase
from app.state.store import Store
from app.state.summary import summarize
from backend.contract.vocabulary import Status
from tests.app.state.builders import (
    at,
    became,
    checked,
    created,
    ended,
    incident,
    snapshot,
    started,
    state,
)
from widgets.main_window import MainWindow
from widgets.pages import Page
from widgets.roles import EndpointFilter
from widgets.style.palette import Theme
from widgets.tray_icon import TrayIcon

NOW = datetime(2026, 1, 5, 14, 3, tzinfo=UTC)


def fill(store: Store) -> Change:
    return store.replace(
        snapshot(
            state("a", current_status=Status.DOWN, status_since=at(-60), name="Later"),
            state("b", current_status=Status.DOWN, status_since=at(-600), name="Longer"),
            state("c", current_status=Status.UP, total=4),
            state("p", is_active=False),
            incidents=(incident("i", "a"), incident("j", "b", started_at=at(-600))),
        )
    )


def test_before_the_first_data_every_card_says_a_dash(window: MainWindow, store: Store) -> None:
    assert not overview_of(store, summarize(store)).known
    CardsPresenter(window, store).refresh()
    assert window.dashboard.up_card.number == "-"
    assert window.dashboard.uptime_card.number == "-"


def test_nothing_down_is_said_calmly(window: MainWindow, store: Store) -> None:
    change = store.replace(snapshot(state("a", current_status=Status.UP)))
    CardsPresenter(window, store).on_change(change)
    assert (window.dashboard.down_card.number, window.dashboard.down_card.reason) == (
        "0",
        "all good",
    )
    assert window.dashboard.uptime_card.number == "-"
    assert window.windowTitle() == "Vigil"


def test_the_cards_chips_sidebar_and_title_count_alike(window: MainWindow, store: Store) -> None:
    CardsPresenter(window, store).on_change(fill(store))
    assert window.dashboard.down_card.number == "2"
    assert window.dashboard.down_card.reason == "Longer and 1 more"
    assert window.dashboard.uptime_card.number == "100.00 %"
    assert window.dashboard.incidents_card.number == "2"
    filters = window.endpoints.endpoints.filters
    assert filters.chip(EndpointFilter.DOWN).accessibleName() == "Down 2"
    assert filters.chip(EndpointFilter.PAUSED).accessibleName() == "Paused 1"
    assert window.sidebar.entry(Page.ENDPOINTS).count == 4
    assert window.sidebar.entry(Page.INCIDENTS).count == 2
    assert window.windowTitle() == "2 down - Vigil"


def test_the_light_follows_the_line(
    window: MainWindow, store: Store, settings: SettingsFile
) -> None:
    store.replace(snapshot())
    link = LinkPresenter(window, store, settings, now=lambda: NOW)
    link.on_link(LinkState(Phase.CONNECTED, latency_ms=12))
    assert window.header.light.text() == "Live - 12 ms"
    assert window.banner.isHidden()
    link.on_link(LinkState(Phase.WAITING, attempt=2, retry_in_s=4))
    assert window.header.light.text() == "Reconnecting, try 2, in 4 s"
    assert not window.banner.isHidden()
    assert f"as of {NOW.astimezone():%H:%M}" in window.banner.words
    link.on_link(LinkState(Phase.CONNECTING, attempt=2))
    assert window.header.light.text() == "Connecting..."
    link.on_link(LinkState(Phase.GIVEN_UP, attempt=10))
    assert window.header.light.text() == "Disconnected - Reconnect now"
    link.on_link(LinkState(Phase.CONNECTED))
    assert window.banner.isHidden()


def test_the_very_first_connecting_needs_no_banner(
    window: MainWindow, store: Store, settings: SettingsFile
) -> None:
    link = LinkPresenter(window, store, settings)
    link.on_link(LinkState(Phase.CONNECTING, attempt=1))
    assert window.banner.isHidden()
    link.on_link(LinkState(Phase.GIVEN_UP, attempt=10))
    assert window.banner.words == "Not connected"


def test_the_tray_shows_the_worst_and_the_open_incidents(theme: Theme, store: Store) -> None:
    icon = TrayIcon(theme)
    tray = TrayPresenter(icon, store)
    tray.on_change(fill(store))
    tray.set_connected(True)
    assert icon.state.worst is Status.DOWN
    assert (icon.state.down, icon.state.slow, icon.state.up) == (2, 0, 1)
    assert [each.name for each in icon.state.incidents] == ["Later", "Longer"]
    assert icon.toolTip() == "2 down - 1 up"


def test_the_tray_tells_the_slow_apart_from_the_up(theme: Theme, store: Store) -> None:
    icon = TrayIcon(theme)
    tray = TrayPresenter(icon, store)
    slow = state("a", current_status=Status.DEGRADED)
    tray.on_change(store.replace(snapshot(slow, state("b", current_status=Status.UP))))
    tray.set_connected(True)
    assert icon.toolTip() == "0 down - 1 slow - 1 up"


def test_the_tray_tells_when_was_checked_last(theme: Theme, store: Store) -> None:
    icon = TrayIcon(theme)
    tray = TrayPresenter(icon, store)
    tray.on_change(fill(store))
    tray.set_connected(True)
    tray.on_change(store.apply(checked("c", 30)))
    assert icon.state.checked_at == at(30)
    assert icon.toolTip().endswith(f"checked {at(30).astimezone():%H:%M:%S}")


def test_a_check_that_moves_nothing_is_no_news_for_the_tray(store: Store) -> None:
    assert is_news(store, fill(store))
    assert not is_news(store, store.apply(checked("c", 30)))
    one_more = store.apply(checked("a", 30, ok=False, incident_failures=4))
    assert one_more.incidents_changed
    assert not is_news(store, one_more)
    assert is_news(store, store.apply(became(Status.UP, 11, "a")))
    closed = store.apply(ended(12, "a", "i"))
    assert is_news(store, Change(incidents_changed=closed.incidents_changed))
    assert is_news(store, store.apply(started(13, "c", "k")))


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (became(Status.DOWN, 1), "Endpoint a: UNKNOWN -> DOWN (Timeout exceeded)"),
        (became(Status.UP, 1), "Endpoint a: UNKNOWN -> UP (70 ms)"),
        (started(1), "Endpoint a: incident started"),
        (ended(1), "Endpoint a: incident resolved after 120 s (recovered)"),
    ],
)
def test_the_console_has_one_line_for_each_event(event: object, line: str) -> None:
    stream = io.StringIO()
    Console(stream).on_event(event)
    assert stream.getvalue().endswith(f"  {line}\n")
    assert stream.getvalue().count("\n") == 1


def test_the_console_is_silent_about_the_rest() -> None:
    stream = io.StringIO()
    Console(stream).on_event(created(1))
    assert stream.getvalue() == ""


def test_counts_that_stay_are_not_written_again(window: MainWindow, store: Store) -> None:
    cards = CardsPresenter(window, store)
    cards.on_change(fill(store))
    by_hand = {EndpointFilter.DOWN: 77}
    filters = window.endpoints.endpoints.filters
    filters.set_counts(by_hand)
    cards.on_change(store.apply(checked("c", 1)))
    assert filters.chip(EndpointFilter.DOWN).accessibleName() == "Down 77"
    cards.on_change(store.apply(became(Status.UP, 11, "a")))
    assert filters.chip(EndpointFilter.DOWN).accessibleName() == "Down 1"

"""Pages and what each listens to, lists and why they are empty, closing and coming back."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from app.host.autostart import DesktopFile, Launch
from app.host.language import Language
from app.host.settings import SettingsFile
from app.host.theme import ThemeSwitch
from app.host.window_memory import WindowMemory
from app.presenters.detail import DetailPresenter
from app.presenters.looks import Looks
from app.presenters.preferences import PreferencesPresenter
from app.presenters.row_hold import RowHold
from app.presenters.window import WindowPresenter
from app.services.subscriptions import ALL_CHECKS, Subscription, Subscriptions
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.vocabulary import Status
from tests.app.state.builders import at, checked, deleted, recent, snapshot, state
from widgets.main_window import MainWindow
from widgets.pages import Page, ViewState
from widgets.roles import CheckRole, EndpointFilter
from widgets.style.palette import Theme


class Bench:
    """The window's presenter with everything around it but the network."""

    def __init__(self, window: MainWindow, store: Store, tasks: TaskOwner, folder: Path) -> None:
        self.window, self.store = window, store
        self.loaded: list[str] = []
        self.has_tray = True

        async def answered(_: object) -> None:
            raise AssertionError("nothing is connected")

        self.subscriptions = Subscriptions(tasks, answered)
        self.settings = SettingsFile(folder / "settings.json")
        self.looks = Looks(window, WindowMemory(folder / "window.ini"))
        self.detail = DetailPresenter(window.endpoint, store, self.loaded.append, window.go_back)
        self.presenter = WindowPresenter(
            window,
            store,
            self.subscriptions,
            self.detail,
            settings=self.settings,
            looks=self.looks,
            has_tray=lambda: self.has_tray,
        )
        window.page_changed.connect(self.presenter.on_page)
        window.opened.connect(self.presenter.open_endpoint)
        window.search_changed.connect(self.presenter.search)
        window.close_requested.connect(self.presenter.close)

    def fill(self) -> None:
        self.presenter.on_change(
            self.store.replace(
                snapshot(
                    state("a", name="Shop", current_status=Status.DOWN, checks=(recent(1),)),
                    state("b", name="Blog", current_status=Status.UP),
                )
            )
        )

    @property
    def rows(self) -> list[str]:
        model = self.window.dashboard.endpoints.view.model()
        return [model.index(row, 1).data() for row in range(model.rowCount())]


@pytest.fixture
async def bench(window: MainWindow, store: Store, tasks: TaskOwner, tmp_path: Path) -> Bench:
    made = Bench(window, store, tasks, tmp_path)
    window.show()
    return made


async def test_every_page_holds_exactly_the_checks_it_shows(bench: Bench) -> None:
    bench.fill()
    wanted = bench.subscriptions
    assert wanted.wanted == ALL_CHECKS
    bench.window.show_page(Page.INCIDENTS)
    assert wanted.wanted is None
    bench.window.show_page(Page.ENDPOINTS)
    assert wanted.wanted == ALL_CHECKS
    bench.presenter.open_endpoint("a")
    assert wanted.wanted == Subscription("a")
    bench.presenter.open_endpoint("b")
    assert wanted.wanted == Subscription("b")
    bench.window.go_back()
    assert wanted.wanted == ALL_CHECKS


async def test_the_lists_say_that_they_load_until_the_first_data_are_there(bench: Bench) -> None:
    states = bench.window.dashboard.endpoints.states
    assert states.state is ViewState.LOADING
    bench.fill()
    assert states.state is ViewState.NORMAL


async def test_no_endpoint_at_all_is_another_state_than_none_that_matches(bench: Bench) -> None:
    bench.presenter.on_change(bench.store.replace(snapshot(epoch="empty")))
    states = bench.window.dashboard.endpoints.states
    assert states.state is ViewState.EMPTY
    bench.fill()
    bench.window.header.search_field.setText("nothing like it")
    assert states.state is ViewState.FILTERED
    assert not bench.window.dashboard.endpoints.filters.isHidden()
    bench.window.dashboard.endpoints.states.chosen.emit("clear")
    assert states.state is ViewState.NORMAL
    assert bench.window.header.search_field.text() == ""


async def test_a_failure_is_said_in_the_lists_and_goes_again(bench: Bench) -> None:
    bench.presenter.fail("The backend does not answer.")
    states = bench.window.endpoints.endpoints.states
    assert states.state is ViewState.ERROR
    assert "does not answer" in states.empty_state.sentence
    for incidents in (bench.window.dashboard.incidents, bench.window.incidents):
        assert "does not answer" in incidents.states.empty_state.sentence
    bench.fill()
    bench.presenter.fail("")
    assert states.state is ViewState.NORMAL


async def test_a_card_narrows_the_list_and_the_chip_follows(bench: Bench) -> None:
    bench.fill()
    assert [row.split(",")[0] for row in bench.rows] == ["Shop", "Blog"]
    bench.window.dashboard.up_card.click()
    assert [row.split(",")[0] for row in bench.rows] == ["Blog"]
    assert bench.window.dashboard.endpoints.filters.choice is EndpointFilter.UP
    bench.window.dashboard.uptime_card.click()
    assert len(bench.rows) == 2


async def test_the_detail_page_asks_for_the_history_and_follows_the_checks(bench: Bench) -> None:
    bench.fill()
    bench.presenter.open_endpoint("a")
    assert bench.loaded == ["a"]
    assert bench.window.page == Page.ENDPOINT
    assert bench.window.endpoint.head.sentence.startswith("Down")
    bench.presenter.on_change(bench.store.apply(checked("a", 30, ok=False)))
    assert bench.detail.checks.index(0, 0).data(CheckRole.AT) == at(30)
    bench.detail.connected()
    assert bench.loaded == ["a", "a"]


async def test_the_page_of_a_deleted_endpoint_is_left(bench: Bench) -> None:
    bench.fill()
    bench.presenter.open_endpoint("a")
    bench.presenter.on_change(bench.store.apply(deleted(11, "a")))
    assert bench.window.page == Page.DASHBOARD
    assert bench.subscriptions.wanted == ALL_CHECKS


async def test_an_unknown_endpoint_opens_no_page(bench: Bench) -> None:
    bench.fill()
    bench.presenter.open_endpoint("gone")
    assert bench.window.page == Page.DASHBOARD


async def test_closing_hides_to_the_tray_and_says_so_the_first_time_only(
    bench: Bench, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bench.presenter.went_to_tray):
        bench.window.close()
    assert not bench.window.isVisible()
    bench.presenter.bring_to_front()
    assert bench.window.isVisible()
    with qtbot.assertNotEmitted(bench.presenter.went_to_tray):
        bench.window.close()
    assert not bench.window.isVisible()


@pytest.mark.parametrize("reason", ["no tray", "not wanted", "nothing works"])
async def test_closing_ends_the_program_where_it_could_not_be_found_again(
    bench: Bench, qtbot: QtBot, reason: str
) -> None:
    match reason:
        case "no tray":
            bench.has_tray = False
        case "not wanted":
            bench.settings.change("close_to_tray", False)
        case _:
            bench.presenter.fail("The data directory cannot be written.")
    with qtbot.waitSignal(bench.presenter.quit_requested):
        bench.window.close()


async def test_it_tells_whether_it_can_be_seen(bench: Bench, qtbot: QtBot) -> None:
    seen: list[bool] = []
    bench.presenter.seen.connect(seen.append)
    bench.window.hide()
    bench.window.show()
    assert seen == [False, True]


async def test_rows_go_when_the_pointer_has_rested(bench: Bench, qtbot: QtBot) -> None:
    bench.fill()
    view = bench.window.endpoints.endpoints.view
    held: list[bool] = []

    class Table:
        def hold(self, held_now: bool) -> None:
            held.append(held_now)

    hold = RowHold(view, Table(), rested_ms=20)  # type: ignore[arg-type]
    view.pointer_over.emit(True)
    qtbot.waitUntil(lambda: held == [True, False])
    hold.release()


async def test_preferences_are_kept_and_take_effect_at_once(
    window: MainWindow, theme: Theme, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    kept = SettingsFile(tmp_path / "settings.json")
    language, switch = Language(qapp), ThemeSwitch(qapp, theme)
    language.use("en")
    lines: list[object] = []
    asked: list[object] = []
    entry = DesktopFile(Launch(("vigil", "--minimized"), tmp_path), tmp_path / "vigil.desktop")
    presenter = PreferencesPresenter(
        window.preferences,
        kept,
        language,
        switch,
        autostart=entry,
        reconnect=lines.append,
        updates=asked.append,
    )
    window.preferences.changed.connect(presenter.on_changed)
    light = theme.tokens
    try:
        window.preferences.changed.emit("language", "ko")
        qtbot.waitUntil(lambda: window.header.title == "대시보드")
        window.preferences.changed.emit("theme", "dark")
        assert theme.tokens is not light
        window.preferences.changed.emit("reconnect_attempts", 3)
        assert lines == [kept.settings]
        window.preferences.changed.emit("look_for_updates", True)
        assert asked == [kept.settings]
        assert kept.settings.look_for_updates
        assert SettingsFile(tmp_path / "settings.json").settings == kept.settings
        window.preferences.changed.emit("start_at_login", True)
        assert entry.is_on
        assert SettingsFile(tmp_path / "settings.json").settings == kept.settings
        window.preferences.changed.emit("motion", "reduced")
        assert theme.reduced_motion
        window.preferences.changed.emit("text_size", 150)
        assert qapp.font().pixelSize() == 20
    finally:
        theme.measure(1.0, False)
        language.use("en")


async def test_the_switch_of_starting_at_login_shows_what_lies_on_the_disk(
    window: MainWindow, theme: Theme, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "vigil.desktop"
    entry = DesktopFile(Launch(("vigil", "--minimized"), tmp_path), path)
    page = window.preferences
    presenter = PreferencesPresenter(
        page,
        SettingsFile(tmp_path / "settings.json"),
        Language(qapp),
        ThemeSwitch(qapp, theme),
        autostart=entry,
        reconnect=lambda _: None,
        updates=lambda _: None,
    )
    page.changed.connect(presenter.on_changed)
    (box,) = [each for each in page.findChildren(QCheckBox) if "log in" in each.text()]
    window.show()
    window.show_page("preferences")
    assert not box.isChecked()
    box.click()
    assert path.exists()
    window.show_page("dashboard")
    path.unlink()
    window.show_page("preferences")
    assert not box.isChecked()
    path.mkdir()
    box.click()
    assert not box.isChecked(), "it could not be written"
    assert "did not let Vigil" in box.accessibleDescription()

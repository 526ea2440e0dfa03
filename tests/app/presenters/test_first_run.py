"""The first steps: by keyboard alone, once for an empty profile, never again after skipping."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.host.autostart import DesktopFile, Launch
from app.host.settings import SettingsFile
from app.presenters.first_run import FirstRunPresenter
from app.state.store import Store
from app.tasks import TaskOwner
from tests.app.services.conftest import BAD, Served
from tests.app.state.builders import snapshot, state
from tests.helpers.bell import Bell
from tests.helpers.waiting import done
from widgets.first_run_page import FirstRunPage
from widgets.main_window import MainWindow


class Bench:
    """The first steps in a window, with a real backend and a real entry of the system's."""

    def __init__(
        self, window: MainWindow, store: Store, served: Served, tasks: TaskOwner, folder: Path
    ) -> None:
        self.window, self.store, self.tasks, self.served = window, store, tasks, served
        self.entry = DesktopFile(Launch(("vigil",), folder), folder / "vigil.desktop")
        self.file = folder / "settings.json"
        self.tried: list[Callable[[str], None]] = []
        self.bell = Bell()
        self.presenter = self.starts()
        served.bus.subscribe(self._hear)

    def starts(self, may_begin: bool = True) -> FirstRunPresenter:
        return FirstRunPresenter(
            self.window,
            self.store,
            self.served.rest,
            self.tasks,
            kept=SettingsFile(self.file),
            autostart=self.entry,
            try_out=self.tried.append,
            may_begin=may_begin,
        )

    def fills(self, *states: object) -> None:
        self.presenter.on_change(self.store.replace(snapshot(*states, seq=0)))

    def _hear(self, event: object) -> None:
        self.presenter.on_change(self.store.apply(event))
        self.bell.ring()

    @property
    def page(self) -> FirstRunPage:
        return self.window.first_run

    @property
    def is_done(self) -> bool:
        return SettingsFile(self.file).settings.first_run_done


@pytest.fixture
async def shown(window: MainWindow, qtbot: QtBot) -> MainWindow:
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
async def bench(
    shown: MainWindow, store: Store, served: Served, tasks: TaskOwner, tmp_path: Path
) -> Bench:
    return Bench(shown, store, served, tasks, tmp_path)


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    qtbot.keyClick(focused, key)


async def test_all_three_steps_are_taken_with_the_keyboard(bench: Bench, qtbot: QtBot) -> None:
    bench.fills()
    page = bench.page
    assert bench.window.page == "first-run"
    assert page.url.hasFocus()
    qtbot.keyClicks(page.url, "http://127.0.0.1:9/health")
    press(qtbot, Qt.Key.Key_Return)
    await done(bench.tasks)
    await bench.bell.until(lambda: page.result.startswith("OK"), "the first check", 10)
    assert page.result == "OK - 80 ms"
    (record,) = bench.store.records.values()
    assert (record.view.name, record.view.url) == ("127.0.0.1", "http://127.0.0.1:9/health")

    assert page.next.hasFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert page.step == 1
    assert page.test.hasFocus()
    press(qtbot, Qt.Key.Key_Space)
    (answer,) = bench.tried
    answer("Sent.")
    press(qtbot, Qt.Key.Key_Tab)
    while not page.next.hasFocus():
        press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Return)

    assert page.step == 2
    assert page.autostart.hasFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert bench.entry.is_on
    assert not bench.is_done
    press(qtbot, Qt.Key.Key_Return)
    assert bench.window.page == "dashboard"
    assert bench.is_done


async def test_with_the_mouse_each_step_can_be_skipped(bench: Bench, qtbot: QtBot) -> None:
    bench.fills()
    page = bench.page
    for button in (page.skip, page.next, page.next):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bench.window.page == "dashboard"
    assert bench.is_done
    assert bench.store.records == {}
    assert not bench.entry.is_on


@pytest.mark.parametrize("way", ["skip all", "escape", "another page"])
async def test_skipped_in_any_way_they_never_come_again(
    bench: Bench, qtbot: QtBot, way: str
) -> None:
    bench.fills()
    assert bench.window.page == "first-run"
    match way:
        case "skip all":
            bench.page.skip_all.click()
        case "escape":
            press(qtbot, Qt.Key.Key_Escape)
        case _:
            bench.window.show_page("statistics")
            bench.window.show_page("dashboard")
    assert bench.window.page == "dashboard"
    bench.presenter = bench.starts()
    bench.fills()
    assert bench.window.page == "dashboard"


async def test_a_profile_that_watches_something_is_left_alone_for_good(bench: Bench) -> None:
    bench.fills(state("a"))
    assert bench.window.page == "dashboard"
    assert bench.is_done


async def test_where_they_may_not_begin_they_do_not_and_nothing_is_noted(bench: Bench) -> None:
    bench.presenter = bench.starts(may_begin=False)
    bench.fills()
    assert bench.window.page == "dashboard"
    assert not bench.is_done


async def test_a_bad_url_is_named_beside_its_field_and_can_be_mended(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.fills()
    page = bench.page
    press(qtbot, Qt.Key.Key_Return)
    assert "skip" in page.url.accessibleDescription()
    qtbot.keyClicks(page.url, "ftp://files.test")
    press(qtbot, Qt.Key.Key_Return)
    await done(bench.tasks)
    assert "http://" in page.url.accessibleDescription()
    assert page.url.hasFocus()
    assert page.step == 0
    page.url.setText("http://127.0.0.1:9/")
    press(qtbot, Qt.Key.Key_Return)
    await done(bench.tasks)
    await bench.bell.until(lambda: page.result.startswith("OK"), "the first check", 10)
    assert page.url.accessibleDescription() == ""


async def test_a_first_check_that_fails_says_why(bench: Bench, qtbot: QtBot) -> None:
    bench.fills()
    bench.served.finds_at_first(BAD)
    qtbot.keyClicks(bench.page.url, "http://127.0.0.1:9/")
    press(qtbot, Qt.Key.Key_Return)
    await done(bench.tasks)
    await bench.bell.until(lambda: "503" in bench.page.result, "the first check", 10)
    assert bench.page.result == "Expected status 200, got 503"
    assert bench.page.next.text() == "Next"

"""Endpoints come in from a file into a real backend: by keyboard, by mouse, by a drop; and go."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.presenters.importing import ImportingPresenter
from app.presenters.toasts import ToastsPresenter
from app.services.failures import RestFailure
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.resources import EndpointView
from tests.app.services.conftest import Served
from tests.app.state.builders import snapshot, state
from tests.helpers import samples
from tests.helpers.waiting import done
from widgets.import_words import ImportColumn, ImportRole, ImportStep
from widgets.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
ROWS = "name,url,interval\nShop,https://shop.test/,600\nBlog,https://blog.test/,\n"


@dataclass
class Desk:
    """A window, and behind it a real backend."""

    window: MainWindow
    importing: ImportingPresenter
    served: Served
    store: Store
    tasks: TaskOwner

    async def read(self, path: Path) -> None:
        self.importing.open(str(path))
        await done(self.tasks)

    async def watched(self) -> dict[str, EndpointView]:
        page = await self.served.rest.endpoints()
        assert not isinstance(page, RestFailure)
        return {view.name: view for view in page.data}

    async def remember(self) -> None:
        views = (await self.watched()).values()
        self.store.replace(snapshot(*(state(it.id, **dict(it)) for it in views)))

    def told(self, role: ImportRole) -> list[object]:
        model = self.window.files.imports.view.model()
        return [model.index(row, 0).data(role) for row in range(model.rowCount())]

    @property
    def steps(self) -> list[object]:
        return self.told(ImportRole.STEP)

    @property
    def whys(self) -> list[str]:
        return [str(why) for why in self.told(ImportRole.WHY)]


@pytest.fixture
async def desk(window: MainWindow, store: Store, served: Served, tasks: TaskOwner) -> Desk:
    toasts = ToastsPresenter(window.toasts, store, print)
    presenter = ImportingPresenter(window, served.rest, store, tasks, toasts)
    window.header.files.import_requested.connect(presenter.choose)
    window.files.drop.dropped.connect(presenter.open)
    window.show()
    window.activateWindow()
    return Desk(window, presenter, served, store, tasks)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "endpoints.csv"
    path.write_text(ROWS, "utf-8")
    return path


def _press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier or Qt.KeyboardModifier.NoModifier)


async def test_a_file_is_imported_and_taken_back_with_the_keyboard_alone(
    qtbot: QtBot, desk: Desk, table: Path
) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_O, CTRL)
    picker = desk.window.findChild(QFileDialog)
    field = picker.findChild(QLineEdit, "fileNameEdit")
    # The completer under the field needs a moment for each letter.
    qtbot.keyClicks(field, str(table), delay=5)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    # What a window manager does once the picker is gone.
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    await done(desk.tasks)
    sheet = desk.window.files.imports
    assert desk.steps == [ImportStep.ADD, ImportStep.ADD]
    assert sheet.go_button.text() == "Add 2"
    assert QApplication.focusWidget() is sheet.view
    _press(qtbot, Qt.Key.Key_Down)
    _press(qtbot, Qt.Key.Key_Space)
    assert sheet.go_button.text() == "Add 1"
    _press(qtbot, Qt.Key.Key_Tab)
    _press(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is sheet.go_button
    _press(qtbot, Qt.Key.Key_Return)
    await done(desk.tasks)
    assert not sheet.is_open
    assert set(await desk.watched()) == {"Shop"}
    (toast,) = desk.window.toasts.toasts()
    assert toast.title == "Import: 1 added"
    qtbot.keyClick(desk.window, Qt.Key.Key_Z, CTRL)
    await done(desk.tasks)
    assert await desk.watched() == {}


async def test_a_file_is_imported_with_the_mouse_alone(
    qtbot: QtBot, desk: Desk, table: Path
) -> None:
    left = Qt.MouseButton.LeftButton
    files = desk.window.header.files
    qtbot.mouseClick(files, left)
    first = files.choices.actions()[0]
    qtbot.mouseClick(files.choices, left, pos=files.choices.actionGeometry(first).center())
    desk.window.findChild(QFileDialog).fileSelected.emit(str(table))
    await done(desk.tasks)
    sheet = desk.window.files.imports
    model, viewport = sheet.view.model(), sheet.view.viewport()
    box = sheet.view.visualRect(model.index(0, ImportColumn.NAME))
    qtbot.mouseClick(viewport, left, pos=box.center() - QPointF(box.width() / 2 - 30, 0).toPoint())
    assert sheet.go_button.text() == "Add 1"
    qtbot.mouseClick(sheet.go_button, left)
    await done(desk.tasks)
    assert set(await desk.watched()) == {"Blog"}


async def test_a_file_that_is_dropped_is_read_and_anything_else_is_not_taken(
    desk: Desk, table: Path
) -> None:
    assert not _drop(desk.window, QUrl("https://example.com/endpoints.csv"))
    assert not _drop(desk.window, QUrl.fromLocalFile(str(table)), QUrl.fromLocalFile(str(table)))
    assert not desk.window.files.imports.is_open
    assert _drop(desk.window, QUrl.fromLocalFile(str(table)))
    await done(desk.tasks)
    assert len(desk.steps) == 2
    # What lies under a sheet takes no file.
    assert not _drop(desk.window, QUrl.fromLocalFile(str(table)))


def _drop(window: MainWindow, *urls: QUrl) -> bool:
    """Drag URLs over the window and let them go; return whether they were taken."""
    data = QMimeData()
    data.setUrls(list(urls))
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none, at = Qt.KeyboardModifier.NoModifier, window.rect().center()
    enter = QDragEnterEvent(at, copy, data, left, none)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(at), copy, data, left, none))
    return True


async def test_what_is_watched_already_is_changed_by_choice_and_one_undo_takes_all_back(
    qtbot: QtBot, desk: Desk, table: Path
) -> None:
    shop = {"name": "Shop", "url": "https://shop.test/", "checkInterval": 86_400}
    await desk.served.rest.create(shop)
    await desk.remember()
    await desk.read(table)
    sheet = desk.window.files.imports
    assert desk.steps == [ImportStep.CHANGE, ImportStep.ADD]
    assert desk.whys[0] == "Is watched already, with another check interval."
    assert sheet.go_button.text() == "Add 1"
    sheet.chosen_all.emit(True)
    assert sheet.go_button.text() == "Add 1, change 1"
    sheet.go_button.click()
    await done(desk.tasks)
    after = await desk.watched()
    assert after["Shop"].check_interval == 600
    assert set(after) == {"Shop", "Blog"}
    (toast,) = desk.window.toasts.toasts()
    assert toast.title == "Import: 1 added, 1 changed"
    desk.window.toasts.undo()
    await done(desk.tasks)
    back = await desk.watched()
    assert {name: view.check_interval for name, view in back.items()} == {"Shop": 86_400}


@pytest.mark.parametrize("held", [CTRL, Qt.KeyboardModifier.ShiftModifier])
async def test_the_first_row_is_selected_whatever_key_is_held(
    qtbot: QtBot, desk: Desk, table: Path, held: Qt.KeyboardModifier
) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_J, held)  # after it, Qt takes that for held
    for _ in range(2):
        await desk.read(table)
        chosen = desk.window.files.imports.view.selectionModel().selectedRows()
        assert [index.row() for index in chosen] == [0]
    _press(qtbot, Qt.Key.Key_Escape)


async def test_every_row_that_cannot_be_says_where_it_is_and_why(desk: Desk) -> None:
    await desk.read(samples.SAMPLES / "endpoints.csv")
    whys = desk.whys
    assert whys[3] == "Line 5: URL: Must name a host."
    assert whys[4].startswith("Line 6: check interval: Must be")
    await desk.read(samples.SAMPLES / "gatus.yaml")
    whys = desk.whys
    lost = "body [RANDOM_STRING_8], alerts, len([BODY].items) > 0, [IP] == 192.0.2.7"
    assert whys[0] == f"Not carried over: {lost}."
    assert whys[4] == "endpoints[4]: Vigil does not check this kind: dns."
    assert whys[6] == "endpoints[6]: The variable TARGET_HOST has no value."


async def test_a_file_nobody_knows_is_named_and_nothing_can_be_added(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "<b>odd.json"
    path.write_text("{}")
    await desk.read(path)
    sheet = desk.window.files.imports
    assert not sheet.go_button.isVisible()
    assert not sheet.view.isVisible()
    texts = [label.text() for label in sheet.findChildren(type(sheet._file)) if label.isVisible()]
    assert "<b>odd.json" in texts
    assert any("does not know this kind of file" in text for text in texts)


async def test_what_an_earlier_file_held_is_not_shown_for_a_later_one(
    desk: Desk, table: Path
) -> None:
    desk.importing.open(str(samples.SAMPLES / "gatus.yaml"))
    await desk.read(table)
    assert len(desk.steps) == 2


async def test_an_import_that_is_stopped_keeps_what_it_did_and_can_go_on(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    path.write_text("url\n" + "".join(f"https://a.test/{n}\n" for n in range(120)))
    await desk.read(path)
    sheet = desk.window.files.imports
    model = sheet.view.model()
    # The user presses "Stop" as soon as something was done.
    model.dataChanged.connect(lambda *_: sheet.request_close())
    sheet.go_button.click()
    await done(desk.tasks)
    watched = await desk.served.rest.endpoints(limit=100)
    assert not isinstance(watched, RestFailure)
    done_rows = desk.steps.count(ImportStep.DONE)
    assert 0 < done_rows == watched.meta.total < 120
    assert sheet.is_open
    assert sheet.go_button.text() == f"Add {120 - done_rows}"
    desk.window.toasts.undo()
    await done(desk.tasks)
    watched = await desk.served.rest.endpoints(limit=100)
    assert not isinstance(watched, RestFailure)
    assert watched.meta.total == 0


async def test_without_a_backend_every_row_stays_and_says_why(desk: Desk, table: Path) -> None:
    await desk.read(table)
    await desk.served.rest.set_address(None)
    desk.window.files.imports.go_button.click()
    await done(desk.tasks)
    assert ImportStep.FAILED in desk.steps
    assert any("no connection right now" in why for why in desk.whys)
    assert desk.window.files.imports.is_open
    assert desk.window.toasts.toasts() == []


async def test_the_window_goes_on_while_a_large_file_is_read(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_text("name,url\n" + "".join(f"A{n},https://a.test/{n}\n" for n in range(5000)))
    longest = await _longest_wait(lambda: desk.importing.open(str(path)), desk.tasks)
    assert len(desk.steps) == 5000
    assert longest < 0.25, f"the loop stood still for {longest:.3f} s"


async def _longest_wait(start: Callable[[], None], tasks: TaskOwner) -> float:
    """Return the longest time in which the loop did nothing else until all tasks are done."""
    clock, longest = asyncio.get_running_loop().time, 0.0
    start()
    before = clock()
    while tasks.names:
        await asyncio.sleep(0)
        now = clock()
        longest, before = max(longest, now - before), now
    return longest

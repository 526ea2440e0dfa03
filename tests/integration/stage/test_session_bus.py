"""The recording session sees what a Qt program and a notifier put into it, and can press it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.helpers.display import Display, running_display
from tests.helpers.program import Program, running_program
from tests.helpers.screen_reader import ENVIRONMENT, screen_reader
from tests.helpers.session_bus import SessionBus, running_session_bus

TRAY_PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QSystemTrayIcon

def icon(colour):
    pixmap = QPixmap(32, 32)
    pixmap.fill(colour)
    return QIcon(pixmap)

app = QApplication([])
app.setQuitOnLastWindowClosed(False)
tray = QSystemTrayIcon(icon("#22c55e"))
tray.setToolTip("all is well")
menu = QMenu()

def turn_red():
    tray.setIcon(icon("#ef4444"))
    tray.setToolTip("one is down")

menu.addAction("Turn red", turn_red)
menu.addAction("Grey").setEnabled(False)
menu.addMenu("More").addAction("Quit", app.quit)
tray.setContextMenu(menu)
tray.activated.connect(lambda reason: print("activated", reason.name, flush=True))
window = QLabel("a window with words")
window.setWindowTitle("Probe")
window.setStyleSheet("background: #123456; color: #123456")
window.resize(200, 100)
window.show()
tray.show()
sys.exit(app.exec())
"""

NOTIFIER = """
import asyncio
from desktop_notifier import Button, DesktopNotifier, Urgency

async def main():
    notifier = DesktopNotifier(app_name="Probe")
    done = asyncio.Event()
    def on_clicked():
        print("clicked", flush=True)
        done.set()
    sent = await notifier.send(
        title="API is down", message="Connection refused", urgency=Urgency.Critical,
        buttons=[Button(title="Open", on_pressed=lambda: print("opened", flush=True))],
    )
    await asyncio.to_thread(input)
    await notifier.clear(sent)
    await notifier.send(title="API is up", message="", on_clicked=on_clicked)
    await done.wait()

asyncio.run(main())
"""


@pytest.fixture
def display() -> AsyncIterator[Display]:
    with running_display() as screen:
        yield screen


@pytest.fixture
async def bus() -> AsyncIterator[SessionBus]:
    async with running_session_bus() as session:
        yield session


@pytest.fixture
async def tray_program(display: Display, bus: SessionBus, tmp_path: Path) -> AsyncIterator[Program]:
    environment = display.environment | bus.environment | ENVIRONMENT
    async with running_program(
        "-c", TRAY_PROGRAM, home=tmp_path, environment=environment
    ) as program:
        yield program


async def test_a_tray_icon_and_its_change_are_recorded(
    bus: SessionBus, tray_program: Program
) -> None:
    item = await bus.wait_for_tray_item()
    look = await item.look()
    assert look.tooltip == "all is well"
    assert look.largest.colours() == {"#22c55e": 32 * 32}

    await item.click("Turn red")

    changed = await item.wait_for_look(lambda now: "down" in now.tooltip, "a red icon")
    assert changed.largest.colour_at(0, 0) == "#ffef4444"
    assert changed.largest.shape() == look.largest.shape()


async def test_a_click_on_the_icon_reaches_the_program(
    bus: SessionBus, tray_program: Program
) -> None:
    item = await bus.wait_for_tray_item()
    await item.activate()
    assert await tray_program.wait_for_line(lambda line: "activated" in line) == "activated Trigger"


async def test_a_greyed_out_entry_cannot_be_clicked(bus: SessionBus, tray_program: Program) -> None:
    item = await bus.wait_for_tray_item()
    with pytest.raises(AssertionError, match="greyed out"):
        await item.click("Grey")
    with pytest.raises(AssertionError, match="'Turn red', 'Grey'"):
        await item.click("Nowhere", timeout=0.2)


async def test_an_entry_of_a_submenu_ends_the_program_and_empties_the_tray(
    bus: SessionBus, tray_program: Program
) -> None:
    item = await bus.wait_for_tray_item()
    await item.click("Quit")
    assert await tray_program.wait_for_exit() == 0
    await bus.wait_until_tray_is_empty()
    await tray_program.wait_until_none_left()


async def test_the_window_is_seen_on_the_screen_and_by_the_screen_reader(
    display: Display, bus: SessionBus, tray_program: Program
) -> None:
    def window_shows(picture) -> bool:
        return picture.colours()["#123456"] > 10_000

    await display.wait_for_picture(window_shows, "the window's colour")
    async with screen_reader(bus.environment["DBUS_SESSION_BUS_ADDRESS"]) as reader:
        await reader.wait_for_text("a window with words")
    window = await display.xdotool("search", "--sync", "--onlyvisible", "--name", "Probe")
    await display.xdotool("windowminimize", window.split()[0])
    await display.wait_for_picture(lambda now: not window_shows(now), "the window to go")


async def test_a_notification_is_recorded_pressed_and_withdrawn(
    bus: SessionBus, tmp_path: Path
) -> None:
    async with running_program(
        "-c", NOTIFIER, home=tmp_path, environment=bus.environment
    ) as program:
        down = await bus.wait_for_notification(lambda each: "down" in each.summary)
        assert (down.app_name, down.body) == ("Probe", "Connection refused")
        assert down.hints["urgency"] == 2
        assert list(down.actions.values()) == ["", "Open"]

        program.say("go on")
        await bus.wait_until_withdrawn(down)
        up = await bus.wait_for_notification(lambda each: "up" in each.summary)
        await bus.notifications.press(up)

        assert await program.wait_for_line(lambda line: True) == "clicked"
        assert await program.wait_for_exit() == 0
    assert [each.summary for each in bus.notifications.received] == ["API is down", "API is up"]


async def test_waiting_for_a_notification_that_does_not_come_tells_what_came(
    bus: SessionBus, tmp_path: Path
) -> None:
    async with running_program("-c", NOTIFIER, home=tmp_path, environment=bus.environment):
        await bus.wait_for_notification()
        with pytest.raises(AssertionError, match="API is down"):
            await bus.wait_for_notification(lambda each: "slow" in each.summary, timeout=0.1)

"""Does one action with one hand in the whole wired desktop, and tells what came of it.

Hands act between the turns of the loop, outside every task: what Qt does may start others.
"""

import asyncio
from collections.abc import Callable
from functools import partial

import httpx
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests.app.hands import ways
from tests.app.hands.hands import Keyboard, Mouse
from tests.app.hands.inventory import entries_of, name_of, seen, things
from tests.app.hands.script import Action
from tests.snapshots import scenes
from tests.snapshots.scenes import Scene
from tests.snapshots.staged import Staged
from widgets.sheet import Sheet


async def by_hand(act: Callable[[], object]) -> None:
    """Let a hand act, and pass on what it could not do."""
    done = asyncio.get_running_loop().create_future()

    def run() -> None:
        try:
            done.set_result(act())
        except (AssertionError, LookupError, ValueError) as error:
            done.set_exception(error)

    QTimer.singleShot(0, run)
    await done


_CORNER = QPoint(300, 300)
"""Where the tray's menu opens, as the system would have it."""


class NoBackend:
    """In the backend's place: it is only asked to start."""

    def __init__(self) -> None:
        self.starts = 0

    def start(self) -> None:
        """Count."""
        self.starts += 1

    async def aclose(self) -> None:
        """End nothing."""


class Play:
    """A desktop in one state, for both hands.

    Attributes:
        offered: Every entry of the menus that were opened, with the thing they belong to.
    """

    def __init__(self, on: Staged, scene: Scene) -> None:
        self._on, self._scene = on, scene
        self.offered: set[tuple[str, str]] = set()
        self._requests: list[str] = []
        self._backend = NoBackend()
        self._keyboard, self._mouse = Keyboard(on.window), Mouse()
        on.window.setUpdatesEnabled(False)  # nobody looks: painting is half of the time
        line = on.desktop.parts.line
        line.process = self._backend
        line.rest._client.event_hooks = {"request": [self._note]}

    async def _note(self, request: httpx.Request) -> None:
        query = f"?{request.url.query.decode()}" if request.url.query else ""
        came = f" {request.content.decode()}" if request.content else ""
        path = request.url.path.removeprefix("/api")
        self._requests.append(f"asked {request.method} {path}{query}{came}")

    async def begin(self) -> None:
        """Bring the state about."""
        self._on.show_page(self._scene.page)
        await self._on.settle()
        await self._scene.act(self._on)
        await self._on.settle()

    async def begin_anew(self) -> None:
        """Put away what an action left, as far as that goes, and bring the state about again."""
        on = self._on
        for top in QApplication.topLevelWidgets():
            if top is not on.window and top.isVisible():
                top.close()
        for sheet in on.window.findChildren(Sheet):
            sheet.close_sheet()
        on.window.toasts.clear()
        QApplication.clipboard().clear()
        on.window.activateWindow()  # as a window manager does when a dialog goes
        for panel in (on.window.dashboard.endpoints, on.window.endpoints.endpoints):
            panel.states.chosen.emit("clear")
            panel.view.selectionModel().clear()
        on.window.incidents.filters.clear()
        on.desktop.parts.quiet.end()
        on.desktop.ending.ended = asyncio.get_running_loop().create_future()
        await on.settle()
        await self.begin()

    def can_go_on(self, thing: str) -> bool:
        """Return whether a thing can be acted upon now; without one, whether all is as at first."""
        return thing in things(self._on.window) if thing else self._scene.act is scenes._nothing

    def seen(self) -> set[str]:
        """Return what a person, the backend and the system can see."""
        found = seen(self._on.window) | set(self._requests)
        found.add(f"copied {QApplication.clipboard().text()}")
        found.add(f"starts {self._backend.starts}")
        if self._on.desktop.ending.ended.done():
            found.add("ended")
        return found

    async def does(self, action: Action, hand: str) -> tuple[set[str], set[str]]:
        """Return what could be seen before and after an action.

        Raises:
            AssertionError: that hand cannot do it.
        """
        thing = things(self._on.window)[action.thing] if action.thing else self._on.window
        if ways.is_chosen(thing):
            await self._steps(ways.other_of(thing), hand)
        self._requests.clear()
        before = self.seen()
        if action.thing and hand == "keyboard":
            await by_hand(lambda: self._keyboard.reach(thing))
            await self._on.settle()
            if not ways.is_in_group(thing):
                self._requests.clear()
                before = self.seen()
        if action.entry:
            await self._open(thing, hand)
            self.offered |= {(action.thing, each) for each in entries_of(_open_menu())}
            actor = self._keyboard if hand == "keyboard" else self._mouse
            await by_hand(lambda: actor.choose(_open_menu(), action.entry))
        elif action.tray_entry:
            self._on.desktop.parts.tray_icon.menu.popup(self._on.window.mapToGlobal(_CORNER))
            actor = self._keyboard if hand == "keyboard" else self._mouse
            self.offered |= {("", each) for each in entries_of(_open_menu())}
            await by_hand(lambda: actor.choose(_open_menu(), action.tray_entry))
        elif action.keys:
            await by_hand(lambda: self._keyboard.press(*action.keys))
        elif action.how:
            await by_hand(lambda: ways.GESTURES[action.how](self._mouse, thing))
        else:
            await self._steps(thing, hand)
        await self._on.settle()
        after = self.seen()
        if hand == "mouse" and not action.how and isinstance(thing, ways.EDITORS):
            # All that a mouse can do: what is typed then is the keyboard's.
            after |= {
                f"{action.thing} = typed" for each in after if each == f"keyboard {name_of(thing)}"
            }
        return before, after

    async def _steps(self, thing: QWidget, hand: str) -> None:
        way = ways.keys_for(thing) if hand == "keyboard" else ways.clicks_for(thing)
        actor = self._keyboard if hand == "keyboard" else self._mouse
        for step in way:
            await by_hand(partial(step, actor))
            await self._on.settle()

    async def _open(self, thing: QWidget, hand: str) -> None:
        if hand == "keyboard":
            await by_hand(lambda: ways.ask_for_menu(self._keyboard, thing))
        else:
            await by_hand(lambda: ways.open_menu(self._mouse, thing))
        await self._on.settle()


def _open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), "no menu has opened"
    return menu

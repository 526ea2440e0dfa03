"""The composition root of the desktop: builds what stands behind the window and wires it.

Called by the entry point once the window is painted, because importing it loads the network's
libraries. Every connection between the parts is made here; the parts do not know each other.
"""

import asyncio
import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.demo.targets import DemoTargets, play
from app.ending import Ending
from app.host.build import this_build
from app.host.notifications import SystemNotifications, take_bus_name
from app.models.bridge import Bridge
from app.presenters.cards import CardsPresenter
from app.presenters.commands import CommandsPresenter
from app.presenters.console import Console
from app.presenters.detail import DetailPresenter
from app.presenters.editing import EditingPresenter
from app.presenters.history import HistoryPresenter
from app.presenters.link import LinkPresenter
from app.presenters.notifications import NotificationsPresenter
from app.presenters.notifier import Notifier
from app.presenters.preferences import PreferencesPresenter, link_settings
from app.presenters.telling import Telling
from app.presenters.toasts import ToastsPresenter
from app.presenters.tray import TrayPresenter
from app.presenters.trouble import TroublePresenter
from app.presenters.updates import UpdatesPresenter
from app.presenters.window import WindowPresenter, explanation
from app.services.backend_process import BackendProcess, backend_command
from app.services.line import Line
from app.stage import Stage
from app.state.change import Change
from app.state.link import LinkState, Phase
from app.state.store import Store
from app.tasks import TaskOwner
from widgets.roles import Page
from widgets.tray_icon import TrayIcon

_STANDING_MS = 250
"""Between two states of what is seen while the window is not: tray and title."""


async def run(stage: Stage) -> int:
    """Run the desktop until the user, a signal or a picture ends it; return the exit code."""
    desktop = Desktop(stage)
    try:
        desktop.start()
        return await desktop.ending.ended
    finally:
        await desktop.aclose()


class Desktop:
    """All parts of the desktop, and how it ends."""

    def __init__(self, stage: Stage) -> None:
        self._console = Console(sys.stdout) if os.environ.get("VIGIL_CONSOLE") == "1" else None
        self.ending = Ending(stage, is_heard=self._console is not None)
        self._opens_first = stage.arguments.page == Page.ENDPOINT
        self._stage = stage
        self._tasks = TaskOwner("desktop")
        self._connected = asyncio.Event()
        self._store = Store(lambda: time.monotonic_ns() // 1_000_000)
        process = BackendProcess(backend_command(stage.paths.data_dir))
        self._line = Line(self._store, process, link_settings(stage.settings.settings))
        self._bridge = Bridge(stage.window)
        self._standing = Bridge(stage.window, every_ms=_STANDING_MS)
        self._tray_icon = TrayIcon(stage.theme, stage.window)
        self._targets = DemoTargets() if stage.arguments.demo else None
        self._build_pages()
        self._build_messengers()
        self._build_commands()
        self._connect_line()
        self._connect_window()
        self._connect_tray()

    def _build_pages(self) -> None:
        stage, store, line = self._stage, self._store, self._line
        window = stage.window
        self._detail = DetailPresenter(window.endpoint, store, line.load_history, window.go_back)
        self._window = WindowPresenter(
            window,
            store,
            line.subscriptions,
            self._detail,
            settings=stage.settings,
            memory=stage.memory,
        )
        self._history = HistoryPresenter(
            window, line.rest, store, self._tasks, self._window.show_days
        )
        self._cards = CardsPresenter(window, store)
        self._link = LinkPresenter(window, store)
        self._trouble = TroublePresenter(stage.paths, self._fail, self._link.explain, self._refuse)
        self._preferences = PreferencesPresenter(
            window.preferences,
            stage.settings,
            stage.language,
            stage.theme_switch,
            lambda settings: line.link.use(link_settings(settings)),
            updates=lambda settings: self._updates.use(wanted=settings.look_for_updates),
        )

    def _build_messengers(self) -> None:
        stage, store = self._stage, self._store
        self._tray = TrayPresenter(self._tray_icon, store, stage.window)
        self._toasts = ToastsPresenter(stage.window.toasts, store, self._window.open_endpoint)
        build = this_build()
        self._updates = UpdatesPresenter(build, self._toasts, self._tasks, _open_url)
        asked = urlsplit(build.update_url).hostname if build.can_ask else None
        stage.window.preferences.offer_updates(asked or "")
        self._notifier = Notifier(
            SystemNotifications(self._tray_icon),
            store,
            self._tasks,
            is_in_front=lambda: self._window.is_in_front,
            open_endpoint=self._window.open_endpoint,
            untold=self._toasts.on_event,
        )

    def _build_commands(self) -> None:
        window, rest = self._stage.window, self._line.rest
        self._editing = EditingPresenter(window.form, rest, self._store, self._tasks)
        self._commands = CommandsPresenter(rest, self._store, self._tasks, self._toasts)
        self._notifications = NotificationsPresenter(window, rest, self._tasks, self._toasts)
        witnesses = [self._notifications.on_event]
        if self._console is not None:
            witnesses.insert(0, self._console.on_event)
        self._telling = Telling(self._store, self._notifier, self._toasts, witnesses)

    def _connect_line(self) -> None:
        line, store = self._line, self._store
        line.link.changed.add(self._on_link)
        line.sync.changed.add(self._on_change)
        line.sync.told.add(self._telling.on_told)
        line.subscriptions.failed.add(lambda _: self._toasts.subscription_failed())
        line.process.failed.add(lambda why: self._trouble.on_failure(why, store.is_filled))

    def _connect_window(self) -> None:
        window, presenter, commands = self._stage.window, self._window, self._commands
        self._bridge.changed.connect(presenter.on_change)
        self._bridge.changed.connect(self._link.on_change)
        self._bridge.changed.connect(self._cards.on_change)
        self._bridge.changed.connect(self._open_first)
        self._standing.changed.connect(self._tray.on_change)
        self._standing.changed.connect(self._cards.on_standing)
        presenter.seen.connect(self._bridge.set_seen)
        presenter.seen.connect(self._history.on_seen)
        self._bridge.changed.connect(self._history.on_change)
        presenter.quit_requested.connect(self.ending.end)
        presenter.went_to_tray.connect(lambda: self._notifier.say(*explanation()))
        window.page_changed.connect(presenter.on_page)
        window.page_changed.connect(self._history.on_page)
        window.close_requested.connect(presenter.close)
        window.quit_requested.connect(self.ending.end)
        window.opened.connect(presenter.open_endpoint)
        window.search_changed.connect(presenter.search)
        window.add_requested.connect(self._editing.add)
        window.edit_requested.connect(self._editing.edit)
        window.form.submitted.connect(self._editing.save)
        window.form.tested.connect(self._editing.test)
        window.form.cancelled.connect(self._editing.cancelled)
        window.check_requested.connect(commands.check)
        window.check_all_requested.connect(commands.check_everything)
        window.pause_requested.connect(commands.toggle_pause)
        window.delete_requested.connect(commands.delete)
        window.reconnect_requested.connect(self._line.reconnect_now)
        for part in (window.dashboard.endpoints, window.endpoints.endpoints, window.incidents):
            part.retry_requested.connect(self._line.reconnect_now)
        window.notifications.retry_requested.connect(self._line.reconnect_now)
        window.preferences.changed.connect(self._on_preference)

    def _connect_tray(self) -> None:
        icon = self._tray_icon
        icon.open_requested.connect(self._window.bring_to_front)
        icon.incident_requested.connect(self._window.open_endpoint)
        icon.preferences_requested.connect(self._open_preferences)
        icon.quit_requested.connect(self.ending.end)
        if self._stage.instance is not None:
            self._stage.instance.raise_requested.connect(self._window.bring_to_front)

    def start(self) -> None:
        """Let everything work."""
        stage, arguments = self._stage, self._stage.arguments
        self.ending.listen_to_signals()
        self._tray.refresh()
        self._tray_icon.show()
        take_bus_name()
        if stage.reports is not None:
            loop = asyncio.get_running_loop()
            stage.reports.tell(lambda path: loop.call_soon_threadsafe(self._report_written, path))
        self._updates.use(wanted=stage.settings.settings.look_for_updates)
        if stage.refusal is not None:
            self._refuse(stage.refusal.sentence, stage.refusal.exit_code)
        else:
            self._line.start()
        if self._targets is not None:
            story = play(self._targets, self._line.rest, self._connected)
            self._tasks.spawn(story, "demonstration")
        if arguments.screenshot is not None:
            picture = self.ending.with_picture(
                arguments.screenshot, arguments.after_s, self._settle
            )
            self._tasks.spawn(picture, "picture")

    async def aclose(self) -> None:
        """Take everything down, in the order that leaves nothing half done."""
        self._window.keep_geometry()
        self._bridge.set_seen(False)
        self._standing.set_seen(False)
        self._stage.window.hide()
        self._tray_icon.hide()
        await self._tasks.aclose()
        await self._line.aclose()
        if self._targets is not None:
            await self._targets.aclose()

    def _on_link(self, state: LinkState) -> None:
        connected = state.phase is Phase.CONNECTED
        self._link.on_link(state)
        self._history.set_online(connected)
        self._notifications.set_online(connected)
        self._tray.set_connected(connected)
        self._trouble.on_link(state, has_data=self._store.is_filled)
        if connected and not self._connected.is_set():
            self._detail.connected()
        if connected:
            self._telling.in_step()
            self.ending.works()
            self._connected.set()
        else:
            self._connected.clear()

    def _on_change(self, change: Change) -> None:
        self._standing.put(change)
        self._bridge.put(change)

    def _open_first(self) -> None:
        """Open the endpoint that matters most, once there is one, for ``--page endpoint``."""
        found = self._window.first_endpoint()
        if self._opens_first and found:
            self._opens_first = False
            self._window.open_endpoint(found)

    def _on_preference(self, key: str, value: object) -> None:
        self._preferences.on_changed(key, value)
        if key == "language":
            self._cards.show_title()
            self._tray.retell()

    def _report_written(self, path: Path) -> None:
        self._toasts.report_written(path.name, lambda: _open_url(path.parent.as_uri()))

    def _open_preferences(self) -> None:
        self._window.bring_to_front()
        self._stage.window.show_page(Page.PREFERENCES)

    def _fail(self, sentence: str) -> None:
        self._window.fail(sentence)
        self._notifications.fail(sentence)

    def _refuse(self, sentence: str, code: int) -> None:
        self._fail(sentence)
        self.ending.refuse(sentence, code)

    def _settle(self) -> None:
        """Bring on the screen what the models hold back, whatever the pointer is on."""
        self._bridge.flush()
        self._window.put_in_order()


def _open_url(url: str) -> None:
    QDesktopServices.openUrl(QUrl(url))

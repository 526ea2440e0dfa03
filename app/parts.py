"""The parts of the desktop: everything that stands behind the window, built in order.

Made by the composition root, which connects the parts; they do not know each other. Importing it
loads the network's libraries: do so after the window is painted.
"""

import functools
import importlib
import time
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.demo.targets import DemoTargets
from app.ending import Ending
from app.host.autostart import autostart_of, this_program
from app.host.build import this_build
from app.host.notifications import SystemNotifications
from app.models.bridge import Bridge
from app.presenters.cards import CardsPresenter
from app.presenters.commands import CommandsPresenter
from app.presenters.console import Console
from app.presenters.detail import DetailPresenter
from app.presenters.editing import EditingPresenter
from app.presenters.exporting import ExportingPresenter
from app.presenters.first_run import FirstRunPresenter
from app.presenters.history import HistoryPresenter
from app.presenters.importing import ImportingPresenter
from app.presenters.incidents import IncidentsPresenter
from app.presenters.link import LinkPresenter
from app.presenters.notifications import NotificationsPresenter
from app.presenters.notifier import Notifier
from app.presenters.preferences import PreferencesPresenter, link_settings
from app.presenters.quiet import Quiet
from app.presenters.secrets import SecretsPresenter
from app.presenters.self_health import SelfHealthPresenter
from app.presenters.server import ServerPresenter
from app.presenters.telling import Telling
from app.presenters.toasts import ToastsPresenter
from app.presenters.tray import TrayPresenter, is_news
from app.presenters.trouble import TroublePresenter
from app.presenters.updates import UpdatesPresenter
from app.presenters.window import WindowPresenter
from app.second_act import command_of
from app.services.backend_process import BackendProcess
from app.services.line import Line
from app.services.remote import RemoteServer, TokenKeeper
from app.stage import Stage
from app.state.store import Store
from app.tasks import TaskOwner
from widgets.pages import Page
from widgets.tray_icon import TrayIcon

_STANDING_MS = 250
"""Between two states of what is seen while the window is not: tray and title ..."""

_CHECKED_MS = 3000
"""... where only the time of the last check differs."""


class Parts:
    """What the desktop is made of.

    Args:
        stage: the painted window and what the host offers.
        ending: takes it when the program cannot work here.
        console: prints what happens, where nobody sees the window.
    """

    def __init__(self, stage: Stage, ending: Ending, console: Console | None) -> None:
        self._stage, self._ending, self._console = stage, ending, console
        self.tasks = TaskOwner("desktop")
        self.store = Store(lambda: time.monotonic_ns() // 1_000_000)
        self.remote = remote_of(stage)
        source = backend_of(stage) if self.remote is None else self.remote
        self.line = Line(self.store, source, link_settings(stage.settings.settings))
        self.bridge = Bridge(stage.window)
        hurries = functools.partial(is_news, self.store)
        self.standing = Bridge(stage.window, _STANDING_MS, hurries, _CHECKED_MS)
        self.tray_icon = TrayIcon(stage.theme, stage.window)
        self.targets = DemoTargets() if stage.arguments.demo else None
        arguments = stage.arguments
        self.autostart = autostart_of(
            this_program(arguments.data_dir, arguments.joins, arguments.server)
        )
        self.quiet = Quiet(stage.settings, stage.window)
        self._build_pages()
        self._build_messengers()
        self._build_commands()

    def _build_pages(self) -> None:
        stage, store, line = self._stage, self.store, self.line
        window = stage.window
        self.detail = DetailPresenter(window.endpoint, store, line.load_history, window.go_back)
        self.window = WindowPresenter(
            window,
            store,
            line.subscriptions,
            self.detail,
            settings=stage.settings,
            looks=stage.looks,
        )
        self.history = HistoryPresenter(window, line.rest, store, self.tasks, self.window.show_days)
        self.cards = CardsPresenter(window, store, stage.arguments.server)
        self.link = LinkPresenter(window, store, stage.settings)
        self.trouble = TroublePresenter(stage.paths, self.fail, self.link.explain, self.refuse)
        self.self_health = SelfHealthPresenter(
            window.preferences.health,
            line.rest,
            self.tasks,
            lambda: (max(0, line.link.connections - 1), line.sync.gaps),
            warn=window.sidebar.entry(Page.PREFERENCES).show_warning,
        )
        self.preferences = PreferencesPresenter(
            window.preferences,
            stage.settings,
            stage.language,
            stage.theme_switch,
            autostart=self.autostart,
            reconnect=lambda settings: line.link.use(link_settings(settings)),
            updates=lambda settings: self.updates.use(wanted=settings.look_for_updates),
        )

    def _build_messengers(self) -> None:
        stage, store = self._stage, self.store
        self.tray = TrayPresenter(self.tray_icon, store, stage.window)
        self.toasts = ToastsPresenter(
            stage.window.toasts,
            store,
            self.window.open_endpoint,
            acknowledge=self._acknowledge,
        )
        build = this_build()
        self.updates = UpdatesPresenter(build, self.toasts, self.tasks, open_url)
        asked = urlsplit(build.update_url).hostname if build.can_ask else None
        stage.window.preferences.offer_updates(asked or "")
        self.outside = SystemNotifications(self.tray_icon)
        self.notifier = Notifier(
            self.outside,
            store,
            self.tasks,
            is_in_front=lambda: self.window.is_in_front,
            is_quiet=lambda: self.quiet.until is not None,
            open_endpoint=self.window.open_endpoint,
            acknowledge=self._acknowledge_all,
            untold=self.toasts.on_event,
        )

    def _build_commands(self) -> None:
        self.server = ServerPresenter(
            self._stage.window,
            self.remote,
            self._stage.arguments.server,
            self.toasts,
            has_data=lambda: self.store.is_filled,
            fail=self.fail,
            explain=self.link.explain,
        )
        window, rest = self._stage.window, self.line.rest
        self.editing = EditingPresenter(window, rest, self.store, self.tasks)
        self.commands = CommandsPresenter(
            rest, self.store, self.tasks, self.toasts, self.window.show_progress
        )
        self.incidents = IncidentsPresenter(
            window.incidents, self.store, rest, self.tasks, self.toasts
        )
        outside = (window, rest, self.store, self.tasks, self.toasts)
        self.importing = ImportingPresenter(*outside)
        self.exporting = ExportingPresenter(*outside)
        self.notifications = NotificationsPresenter(window, rest, self.tasks, self.toasts)
        self.secrets = SecretsPresenter(window.preferences.secrets, rest, self.tasks, self.toasts)
        witnesses = [self.notifications.on_event]
        if self._console is not None:
            witnesses.insert(0, self._console.on_event)
        arguments = self._stage.arguments
        self.first_run = FirstRunPresenter(
            window,
            self.store,
            rest,
            self.tasks,
            kept=self._stage.settings,
            autostart=self.autostart,
            try_out=self.notifier.try_out,
            may_begin=not arguments.demo and arguments.screenshot is None and not self.remote,
        )
        self.telling = Telling(self.store, self.notifier, self.toasts, witnesses)

    # The incidents come after the messengers, which hand over what a press of theirs asks for.
    def _acknowledge(self, endpoint_id: str) -> None:
        self.server.guarded(self.incidents.acknowledge_endpoint)(endpoint_id)

    def _acknowledge_all(self, incident_ids: list[str]) -> None:
        self.server.guarded(self.incidents.acknowledge_all)(incident_ids)

    def fail(self, sentence: str) -> None:
        """Say in every list why there are no data; "" when they can be had."""
        self.window.fail(sentence)
        self.notifications.fail(sentence)
        self.history.fail(sentence)

    def refuse(self, sentence: str, code: int) -> None:
        """Say why the program cannot work here at all."""
        self.fail(sentence)
        self._ending.refuse(sentence, code)

    async def aclose(self) -> None:
        """Take everything down, in the order that leaves nothing half done."""
        self._stage.looks.keep()
        self.bridge.set_seen(False)
        self.standing.set_seen(False)
        self._stage.window.hide()
        self.tray_icon.hide()
        await self.tasks.aclose()
        await self.outside.aclose()
        await self.line.aclose()
        if self.targets is not None:
            await self.targets.aclose()


def remote_of(stage: Stage) -> RemoteServer | None:
    """Return the server that the command line says to join, if any."""
    url = stage.arguments.connect
    if url is None:
        return None
    # By name: only this needs the keyring, and what that logs with is large.
    module = importlib.import_module("app.host.server_token")
    keeper: TokenKeeper = module.ServerToken(url, stage.paths.data_dir)
    return RemoteServer(url, keeper, stage.arguments.authority)


def backend_of(stage: Stage) -> BackendProcess:
    """Return a backend of our own on the profile, not started yet."""
    return BackendProcess(command_of(stage) or (), early=stage.early)


def open_url(url: str) -> None:
    """Open an address or a folder as the system would."""
    QDesktopServices.openUrl(QUrl(url))

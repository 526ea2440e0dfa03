"""The composition root of the desktop: connects what stands behind the window, and runs it.

Called by the entry point once the window is painted. Every connection between the parts is made
here; the parts do not know each other.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.demo.targets import play
from app.ending import Ending
from app.host.motion import follow_motion
from app.host.notifications import take_bus_name
from app.parts import Parts, open_url
from app.presenters.console import Console
from app.presenters.window import explanation
from app.stage import Stage
from app.state.change import Change
from app.state.link import LinkState, Phase
from widgets.export_sheet import ExportKind
from widgets.pages import Page

if TYPE_CHECKING:
    from widgets.endpoint_form import EndpointForm


async def run(stage: Stage, asked_to_end: asyncio.Future[None]) -> int:
    """Run the desktop until the user, a signal or a picture ends it; return the exit code.

    Args:
        stage: what it plays on.
        asked_to_end: done when a signal asks for the end, perhaps already.
    """
    desktop = Desktop(stage)
    asked_to_end.add_done_callback(lambda _: desktop.ending.end())
    try:
        desktop.start()
        stage.wishes.grant()
        return await desktop.ending.ended
    finally:
        await desktop.aclose()


class Desktop:
    """The desktop at work.

    Attributes:
        ending: how it ends.
        parts: what it is made of.
    """

    def __init__(self, stage: Stage) -> None:
        console = Console(sys.stdout) if os.environ.get("VIGIL_CONSOLE") == "1" else None
        self.ending = Ending(stage, is_heard=console is not None)
        self._stage = stage
        self._opens_first = stage.arguments.page == Page.ENDPOINT
        self._connected = asyncio.Event()
        self.parts = Parts(stage, self.ending, console)
        self._connect_line()
        self._connect_window()
        self._connect_tray()
        self._connect_quiet()

    def _connect_line(self) -> None:
        parts = self.parts
        line, store = parts.line, parts.store
        line.link.changed.add(self._on_link)
        line.sync.changed.add(self._on_change)
        line.sync.storage.add(parts.link.on_storage)
        line.sync.told.add(parts.telling.on_told)
        line.subscriptions.failed.add(lambda _: parts.toasts.subscription_failed())
        line.watchdog.hangs.add(lambda hangs: parts.trouble.on_hang(hangs, store.is_filled))
        if parts.remote is None:
            line.process.failed.add(lambda why: parts.trouble.on_failure(why, store.is_filled))
        else:
            line.link.changed.add(parts.remote.on_link)

    def _connect_window(self) -> None:
        parts = self.parts
        window, presenter, commands = self._stage.window, parts.window, parts.commands
        parts.bridge.changed.connect(presenter.on_change)
        parts.bridge.changed.connect(parts.link.on_change)
        parts.bridge.changed.connect(parts.cards.on_change)
        parts.bridge.changed.connect(parts.incidents.on_change)
        window.endpoint.acknowledge_requested.connect(
            parts.server.guarded(parts.incidents.acknowledge_endpoint)
        )
        parts.bridge.changed.connect(self._open_first)
        parts.bridge.changed.connect(parts.first_run.on_change)
        parts.standing.changed.connect(parts.tray.on_change)
        parts.standing.changed.connect(parts.cards.on_standing)
        presenter.seen.connect(parts.bridge.set_seen)
        presenter.seen.connect(parts.history.on_seen)
        parts.bridge.changed.connect(parts.history.on_change)
        presenter.quit_requested.connect(self._quit)
        presenter.went_to_tray.connect(lambda: parts.notifier.say(*explanation()))
        window.page_changed.connect(presenter.on_page)
        window.page_changed.connect(parts.history.on_page)
        window.close_requested.connect(presenter.close)
        window.quit_requested.connect(self._quit)
        window.opened.connect(presenter.open_endpoint)
        window.search_changed.connect(presenter.search)
        guarded = parts.server.guarded
        window.add_requested.connect(guarded(parts.editing.add))
        window.edit_requested.connect(guarded(parts.editing.edit))
        window.sheets.form.then(self._connect_form)
        window.check_requested.connect(guarded(commands.check))
        window.check_all_requested.connect(guarded(commands.check_everything))
        window.pause_requested.connect(guarded(commands.toggle_pause))
        window.delete_requested.connect(guarded(commands.delete))
        window.tag_requested.connect(guarded(commands.tag))
        window.interval_requested.connect(guarded(commands.set_interval))
        window.reconnect_requested.connect(parts.line.reconnect_now)
        dashboard = window.dashboard
        for part in (dashboard.endpoints, window.endpoints.endpoints, window.incidents):
            part.retry_requested.connect(parts.line.reconnect_now)
        for card in (dashboard.incidents, dashboard.response):
            card.retry_requested.connect(parts.line.reconnect_now)
        for page in (window.notifications, window.statistics):
            page.retry_requested.connect(parts.line.reconnect_now)
        window.preferences.changed.connect(self._on_preference)
        self._connect_files()
        self._connect_secrets()

    def _connect_form(self, form: "EndpointForm") -> None:
        editing = self.parts.editing
        form.submitted.connect(editing.save)
        form.tested.connect(editing.test)
        form.cancelled.connect(editing.cancelled)

    def _connect_secrets(self) -> None:
        page, secrets = self._stage.window.preferences, self.parts.secrets
        guarded = self.parts.server.guarded
        page.shown.connect(secrets.load)
        page.secrets.put_requested.connect(guarded(secrets.put))
        page.secrets.delete_requested.connect(guarded(secrets.delete))

    def _connect_files(self) -> None:
        parts = self.parts
        files, export = self._stage.window.header.files, parts.exporting.open
        files.import_requested.connect(parts.server.guarded(parts.importing.choose))
        files.export_requested.connect(lambda: export(ExportKind.ENDPOINTS))
        files.report_requested.connect(lambda: export(ExportKind.REPORT))
        self._stage.window.files.drop.dropped.connect(parts.server.guarded(parts.importing.open))

    def _connect_tray(self) -> None:
        parts = self.parts
        icon = parts.tray_icon
        icon.open_requested.connect(parts.window.bring_to_front)
        icon.incident_requested.connect(parts.window.open_endpoint)
        icon.preferences_requested.connect(self._open_preferences)
        icon.quit_requested.connect(self._quit)
        if self._stage.instance is not None:
            self._stage.instance.raise_requested.connect(parts.window.bring_to_front)

    def _connect_quiet(self) -> None:
        parts = self.parts
        quiet, icon, window = parts.quiet, parts.tray_icon, self._stage.window
        header, page = window.header, window.preferences
        page.quiet.test_requested.connect(lambda: parts.notifier.try_out(page.quiet.show_answer))
        for until in (parts.tray.set_quiet, header.show_quiet, page.quiet.show_until):
            quiet.changed.connect(until)
            until(quiet.until)
        quiet.changed.connect(parts.notifier.on_quiet)
        for pause in (icon.pause_requested, page.quiet.pause_requested):
            pause.connect(quiet.begin)
        for resume in (icon.resume_requested, page.quiet.resume_requested, header.resume_requested):
            resume.connect(quiet.end)

    def start(self) -> None:
        """Let everything work."""
        parts = self.parts
        stage, arguments = self._stage, self._stage.arguments
        parts.tray.refresh()
        parts.tray_icon.show()
        take_bus_name()
        if stage.reports is not None:
            loop = asyncio.get_running_loop()
            stage.reports.tell(lambda path: loop.call_soon_threadsafe(self._report_written, path))
        parts.updates.use(wanted=stage.settings.settings.look_for_updates)
        if stage.refusal is not None:
            parts.refuse(stage.refusal.sentence, stage.refusal.exit_code)
        else:
            parts.line.start()
        follows = follow_motion(stage.theme_switch.follow_motion)
        parts.tasks.spawn(follows, "the system's wish for motion")
        if parts.targets is not None:
            story = play(parts.targets, parts.line.rest, self._connected)
            parts.tasks.spawn(story, "demonstration")
        if arguments.screenshot is not None:
            picture = self.ending.with_picture(
                arguments.screenshot, arguments.after_s, self._settle
            )
            parts.tasks.spawn(picture, "picture")

    async def aclose(self) -> None:
        """Take everything down."""
        await self.parts.aclose()

    def _on_link(self, state: LinkState) -> None:
        parts = self.parts
        connected = state.phase is Phase.CONNECTED
        parts.link.on_link(state)
        parts.history.set_online(connected)
        parts.self_health.refresh.set_online(connected)
        parts.notifications.set_online(connected)
        if connected and self._stage.window.preferences.isVisible():
            parts.secrets.load()
        parts.tray.set_connected(connected)
        if parts.remote is None:
            parts.trouble.on_link(state, has_data=parts.store.is_filled)
        else:
            parts.server.on_link(state)
        if connected and not self._connected.is_set():
            parts.detail.connected()
            parts.incidents.connected()
        if connected:
            parts.telling.in_step()
            self.ending.works()
            self._connected.set()
        else:
            self._connected.clear()

    def _on_change(self, change: Change) -> None:
        parts = self.parts
        parts.standing.put(change)
        parts.bridge.put(change)

    def _open_first(self) -> None:
        """Open the endpoint that matters most, once there is one, for ``--page endpoint``."""
        parts = self.parts
        found = parts.window.first_endpoint()
        if self._opens_first and found:
            self._opens_first = False
            parts.window.open_endpoint(found)

    def _on_preference(self, key: str, value: object) -> None:
        parts = self.parts
        parts.preferences.on_changed(key, value)
        if key == "language":
            parts.cards.show_title()
            parts.tray.retell()
            parts.server.retell()

    def _report_written(self, path: Path) -> None:
        self.parts.toasts.report_written(path.name, lambda: open_url(path.parent.as_uri()))

    def _open_preferences(self) -> None:
        self.parts.window.bring_to_front()
        self._stage.window.show_page(Page.PREFERENCES)

    def _quit(self) -> None:
        """End; who typed something and has not saved it is asked first, and asks twice."""
        if self._stage.window.sheets.asks_first():
            self.parts.window.bring_to_front()
        else:
            self.ending.end()

    def _settle(self) -> None:
        """Bring on the screen what the models hold back, whatever the pointer is on."""
        parts = self.parts
        parts.bridge.flush()
        parts.window.put_in_order()

"""Leads through the first steps of an empty profile: once, and never again after they were skipped.

Wired by the composition root. What the page asks for is done as everywhere else: an endpoint is
added through the backend, and its first check comes back by the store.
"""

from collections.abc import Callable

from pydantic import JsonValue

from app.host.autostart import Autostart
from app.host.settings import SettingsFile
from app.presenters.editing import errors_of
from app.presenters.preferences import switch
from app.services.failures import RestFailure
from app.services.rest import Rest
from app.state.change import Change
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.vocabulary import CheckStatus, Status
from widgets import phrases
from widgets.main_window import MainWindow
from widgets.pages import Page
from widgets.url_edit import host_of


class FirstRunPresenter:
    """The first steps.

    Args:
        window: Shows them.
        store: Knows whether the profile is empty, and how the first check went.
        rest: Adds the endpoint.
        tasks: Owns that.
        kept: Whether the steps were taken or skipped.
        autostart: Starting at login.
        try_out: Sends a notification to see; calls back with what came of it.
        may_begin: Whether they begin by themselves.
    """

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        rest: Rest,
        tasks: TaskOwner,
        *,
        kept: SettingsFile,
        autostart: Autostart,
        try_out: Callable[[Callable[[str], None]], None],
        may_begin: bool,
    ) -> None:
        self._window, self._page = window, window.first_run
        self._store, self._rest, self._tasks = store, rest, tasks
        self._kept, self._autostart = kept, autostart
        self._may_begin = may_begin and not kept.settings.first_run_done
        self._endpoint_id = ""
        self._page.url_entered.connect(self._add)
        self._page.test_requested.connect(lambda: try_out(self._page.show_answer))
        self._page.autostart_wanted.connect(self._switch_autostart)
        self._page.finished.connect(lambda: window.show_page(Page.DASHBOARD))
        self._page.show_autostart(autostart.is_on)
        window.page_changed.connect(self._on_page)
        self._is_shown = window.page == Page.FIRST_RUN

    def on_change(self, change: Change) -> None:
        """Begin with an empty profile; show the first check of what was added."""
        if self._may_begin and self._store.is_filled:
            self._may_begin = False
            if self._store.records:
                self._kept.change("first_run_done", True)
            elif self._window.page == Page.DASHBOARD:
                self._window.show_page(Page.FIRST_RUN)
        if self._endpoint_id and self._endpoint_id in (*change.added, *change.changed):
            self._show_check()

    def _on_page(self, name: str) -> None:
        left = self._is_shown and name != Page.FIRST_RUN
        self._is_shown = name == Page.FIRST_RUN
        if left:
            self._kept.change("first_run_done", True)

    def _switch_autostart(self, on: bool) -> None:
        trouble = switch(self._autostart, on)
        self._page.show_autostart(self._autostart.is_on, trouble)

    def _add(self, url: str) -> None:
        self._tasks.spawn(self._create({"url": url, "name": host_of(url) or url}), "first endpoint")

    async def _create(self, fields: dict[str, JsonValue]) -> None:
        answer = await self._rest.create(fields)
        if isinstance(answer, RestFailure):
            errors = errors_of(answer)
            self._page.show_url_error(errors.get("url") or "; ".join(errors.values()))
            return
        self._endpoint_id = answer.id
        self._page.show_checking()
        self._show_check()

    def _show_check(self) -> None:
        record = self._store.records.get(self._endpoint_id)
        if record is None or not record.checks:
            return
        check, self._endpoint_id = record.checks[-1], ""
        if check.status is CheckStatus.SUCCESS:
            status = Status.DEGRADED if check.is_degraded else Status.UP
            words = f"{phrases.check_word(status)} - {phrases.latency(check.response_time)}"
        else:
            status, words = Status.DOWN, phrases.failure_words(check.error_message)
        self._page.show_check(status, words)

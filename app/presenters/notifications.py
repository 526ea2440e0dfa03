"""Channels and the delivery log: loads them while their page is shown, carries out what it asks.

Wired to the page, its form and the line by the composition root. The answers are not kept: after
a command, after a delivery's event and after a reconnect everything shown is asked for again.
"""

from collections.abc import Awaitable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from pydantic import JsonValue
from PySide6.QtCore import QCoreApplication

from app.models.delivery_log import DeliveryLogModel
from app.presenters.editing import sentence
from app.presenters.toasts import ToastsPresenter, why
from app.services.failures import NotFound, Rejected, RestFailure
from app.services.rest import Rest
from app.tasks import TaskOwner
from backend.contract.alerts import ChannelTest, ChannelView, DeliveryView
from backend.contract.events import NotificationFailed, NotificationSent, StateEvent
from widgets.channel_roles import ChannelKind, ChannelRow, LastDelivery, Trial, TrialTarget
from widgets.main_window import MainWindow
from widgets.pages import Page, ViewState

if TYPE_CHECKING:
    from widgets.channel_form import ChannelForm

translate = QCoreApplication.translate

_PLACES = frozenset({"name", "type", "config", "policy", "isActive"})


class NotificationsPresenter:
    """The notifications page and its form.

    Args:
        window: Has the page and the sheet in which a channel is added and edited.
        rest: Has and stores them.
        tasks: Owns each question while it runs.
        toasts: Says what failed when there is no better place.
    """

    def __init__(
        self,
        window: MainWindow,
        rest: Rest,
        tasks: TaskOwner,
        toasts: ToastsPresenter,
    ) -> None:
        page = window.notifications
        self._window, self._page = window, page
        self._rest, self._tasks, self._toasts = rest, tasks, toasts
        self._log = DeliveryLogModel(page)
        self._channels: dict[str, ChannelView] = {}
        self._is_shown, self._is_online, self._is_loaded = False, False, False
        self._is_loading, self._is_stale = False, False
        self._edited: str | None = None
        # Which opening of the form this is: an answer to an earlier one must not touch it.
        self._opening = 0
        page.set_log(self._log)
        page.add_requested.connect(self.add)
        page.retry_requested.connect(self.retry)
        page.channels.edit_requested.connect(self.edit)
        page.channels.switched.connect(self.switch)
        page.channels.test_requested.connect(self.test)
        page.channels.delete_requested.connect(self.delete)
        window.sheets.channel_form.then(self._connect_form)
        window.page_changed.connect(self.on_page)
        self.on_page(window.page)

    @property
    def _form(self) -> "ChannelForm":
        return self._window.channel_form

    def _connect_form(self, form: "ChannelForm") -> None:
        form.submitted.connect(self.save)
        form.cancelled.connect(self.cancelled)

    def on_page(self, name: str) -> None:
        """Load what the page shows when it is opened."""
        self._is_shown = name == Page.NOTIFICATIONS
        if self._is_shown and self._is_online:
            self.refresh()

    def set_online(self, online: bool) -> None:
        """Load anew over a fresh connection, when somebody looks."""
        fresh, self._is_online = online and not self._is_online, online
        if fresh and self._is_shown:
            self.refresh()

    def fail(self, why_not: str) -> None:
        """Say why there will be no data; "" for data that can be had."""
        if not self._is_loaded:
            self._page.show_state(ViewState.ERROR if why_not else ViewState.LOADING, why_not)

    def on_event(self, event: StateEvent) -> None:
        """Load anew when an alert arrived or did not, when somebody looks."""
        if self._is_shown and isinstance(event, NotificationSent | NotificationFailed):
            self.refresh()

    def retry(self) -> None:
        """Load again after it failed."""
        self._page.show_state(ViewState.LOADING)
        self.refresh()

    def refresh(self) -> None:
        """Load channels and deliveries; while that runs, once more at its end."""
        if self._is_loading:
            self._is_stale = True
        elif not self._tasks.is_closed:
            self._is_loading = True
            self._tasks.spawn(self._load(), "load channels")

    def add(self) -> None:
        """Open the form for a new channel."""
        if not self._form.isVisible():
            self._edited = None
            self._opening += 1
            self._form.open_new()

    def edit(self, channel_id: str) -> None:
        """Open the form for a channel."""
        channel = self._channels.get(channel_id)
        if channel is not None and not self._form.isVisible():
            self._edited = channel_id
            self._opening += 1
            self._form.open_for(channel.to_wire())

    def save(self, values: dict[str, object]) -> None:
        """Send what the form submits."""
        fields = cast("dict[str, JsonValue]", values)
        self._tasks.spawn(self._save(fields, self._edited, self._opening), "save a channel")

    def cancelled(self) -> None:
        """Forget an answer that is still on its way."""
        self._opening += 1

    def switch(self, channel_id: str, on: bool) -> None:
        """Switch a channel on or off."""
        failed = translate("presenters", "The channel could not be switched")
        answer = self._rest.change_channel(channel_id, {"isActive": on})
        self._tasks.spawn(self._do(answer, failed), "switch a channel")

    def delete(self, channel_id: str) -> None:
        """Delete a channel; whoever asks has been asked back."""
        failed = translate("presenters", "The channel could not be deleted")
        self._tasks.spawn(
            self._do(self._rest.delete_channel(channel_id), failed), "delete a channel"
        )

    def test(self, channel_id: str) -> None:
        """Send a test message and show what came of it."""
        self._page.channels.show_testing(channel_id)
        self._tasks.spawn(self._test(channel_id), "test a channel")

    async def _load(self) -> None:
        try:
            while True:
                self._is_stale = False
                await self._load_once()
                if not self._is_stale:
                    return
        finally:
            self._is_loading = False

    async def _load_once(self) -> None:
        channels, page = await self._rest.channels(), await self._rest.deliveries()
        if isinstance(channels, RestFailure):
            self._fail(channels)
            return
        if isinstance(page, RestFailure):
            self._fail(page)
            return
        newest = {it.channel_id: it for it in reversed(page.data)}
        if page.meta.total > len(page.data):
            for channel in channels:
                if channel.id not in newest:
                    newest |= await self._newest_of(channel.id)
        self._is_loaded = True
        self._channels = {channel.id: channel for channel in channels}
        self._log.show(page.data)
        self._page.show_channels([row_of(it, newest.get(it.id)) for it in channels])

    async def _newest_of(self, channel_id: str) -> Mapping[str, DeliveryView]:
        page = await self._rest.deliveries(channel_id=channel_id, limit=1)
        found: Sequence[DeliveryView] = () if isinstance(page, RestFailure) else page.data
        return {it.channel_id: it for it in found}

    def _fail(self, failure: RestFailure) -> None:
        """Say why there are no data; what is shown already stays, under the window's banner."""
        if not self._is_loaded:
            self._page.show_state(ViewState.ERROR, reason(failure))
        else:
            # A switch that was pressed in vain goes back.
            self._page.show_channels([item.row for item in self._page.channels.items])

    async def _save(
        self, fields: dict[str, JsonValue], channel_id: str | None, opening: int
    ) -> None:
        if channel_id is None:
            answer = await self._rest.add_channel(fields)
        else:
            answer = await self._rest.change_channel(channel_id, fields)
        if not isinstance(answer, RestFailure):
            self.refresh()
        if opening != self._opening:
            return
        if isinstance(answer, RestFailure):
            self._form.show_errors(errors_of(answer))
        else:
            self._opening += 1
            self._form.set_busy(False)
            self._form.close_sheet()

    async def _do(self, command: Awaitable[object], failed: str) -> None:
        """Carry out a command; whatever came of it, show how things are afterwards."""
        answer = await command
        if isinstance(answer, RestFailure) and not isinstance(answer, NotFound):
            self._toasts.command_failed(failed, answer)
        self.refresh()

    async def _test(self, channel_id: str) -> None:
        answer = await self._rest.test_channel(channel_id)
        self._page.channels.show_trial(channel_id, trial_of(answer))


def row_of(channel: ChannelView, last: DeliveryView | None) -> ChannelRow:
    """Return a channel as the page shows it."""
    policy = cast("dict[str, object]", channel.policy.model_dump(mode="json", by_alias=True))
    return ChannelRow(
        id=channel.id,
        name=channel.name,
        kind=ChannelKind(channel.type.value),
        target=channel.target,
        is_active=channel.is_active,
        policy=policy,
        last=None
        if last is None
        else LastDelivery(last.state, last.settled_at or last.created_at, last.error),
    )


def trial_of(answer: ChannelTest | RestFailure) -> Trial:
    """Return what came of a test as the page says it."""
    if isinstance(answer, RestFailure):
        return Trial((), failure=reason(answer))
    targets = tuple(TrialTarget(it.target, it.error) for it in answer.results)
    return Trial(targets, answer.duration)


def errors_of(failure: RestFailure) -> dict[str, str]:
    """Return what the form shows of a failure: sentences by place, the rest under ``""``."""
    if not isinstance(failure, Rejected):
        return {"": reason(failure)}
    spoken: dict[str, str] = {}
    for message in failure.messages:
        place, _, said = message.partition(" ")
        if place.partition(".")[0] in _PLACES and said:
            spoken.setdefault(place, sentence(said))
        else:
            spoken[""] = "\n".join(filter(None, (spoken.get(""), sentence(message))))
    return spoken


def reason(failure: RestFailure) -> str:
    """Return why a question about channels had no answer."""
    if isinstance(failure, NotFound):
        return translate("presenters", "This channel was deleted meanwhile.")
    return why(failure)

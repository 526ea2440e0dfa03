"""The notifications page over a real backend whose alerts go to a real webhook receiver."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from app.models.delivery_log import DeliveryLogModel
from app.presenters.notifications import NotificationsPresenter, errors_of
from app.presenters.toasts import ToastsPresenter
from app.services.failures import Rejected, RestFailure
from app.services.rest import Rest
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.events import Event, NotificationFailed, NotificationSent
from backend.contract.vocabulary import AlertKind, DeliveryState
from tests.app.services.conftest import Served
from tests.helpers.bell import Bell
from tests.helpers.target_server import Answer, TargetServer, running_target
from tests.helpers.waiting import done
from widgets.channel_item import ChannelItem
from widgets.channel_roles import DeliveryRole
from widgets.main_window import MainWindow
from widgets.pages import Page, ViewState


class Room:
    """The page and its presenter, told of alerts as the line tells them."""

    def __init__(self, window: MainWindow, rest: Rest, tasks: TaskOwner) -> None:
        self.window, self.page, self.form = window, window.notifications, window.channel_form
        self.rest, self.tasks, self.bell = rest, tasks, Bell()
        self.heard: list[Event] = []
        toasts = ToastsPresenter(window.toasts, Store(lambda: 0), print)
        self.presenter = NotificationsPresenter(window, rest, tasks, toasts)

    def hear(self, event: Event) -> None:
        """Take an event of the backend."""
        if isinstance(event, NotificationSent | NotificationFailed):
            self.presenter.on_event(event)
            self.heard.append(event)
            self.bell.ring()

    async def open(self) -> None:
        """Show the page over a line that stands."""
        self.window.show_page(Page.NOTIFICATIONS)
        self.presenter.set_online(True)
        await done(self.tasks)

    async def add_webhook(self, url: str, **fields: object) -> str:
        """Add a channel by the form, and return its id."""
        self.page.add_requested.emit()
        values = {"name": "Ops", "type": "webhook", "config": {"url": url}} | fields
        self.form.submitted.emit(values)
        await done(self.tasks)
        return self.page.channels.items[-1].row.id

    def item(self, channel_id: str) -> ChannelItem:
        """Return the row of a channel."""
        found = self.page.channels.item(channel_id)
        assert found is not None
        return found

    async def until_heard(self, count: int) -> None:
        """Wait for that many events about alerts, and until the page shows them."""
        await self.bell.until(lambda: len(self.heard) >= count, "events", 15, lambda: self.heard)
        await done(self.tasks)


@pytest.fixture
async def receiver() -> AsyncIterator[TargetServer]:
    async with running_target() as target:
        yield target


@pytest.fixture
async def room(window: MainWindow, served: Served, tasks: TaskOwner) -> Room:
    made = Room(window, served.rest, tasks)
    served.bus.subscribe(made.hear)
    return made


async def test_a_channel_is_added_by_the_form_and_shown_without_its_secret(
    room: Room, receiver: TargetServer
) -> None:
    await room.open()
    assert room.page.channel_states.state is ViewState.EMPTY
    key = await room.add_webhook(f"{receiver.url}/s3cret")
    assert not room.form.isVisible()
    assert room.page.channel_states.state is ViewState.NORMAL
    row = room.item(key).row
    assert row.name == "Ops"
    assert "s3cret" not in row.target


async def test_a_test_reaches_the_receiver_and_its_answer_stands_under_the_channel(
    room: Room, receiver: TargetServer
) -> None:
    await room.open()
    key = await room.add_webhook(f"{receiver.url}/hook")
    room.item(key).test_button.click()
    await done(room.tasks)
    assert [request.path for request in receiver.requests] == ["/hook"]
    (line,) = room.item(key).test_lines
    assert "took the test message" in line
    receiver.answer = Answer(500, b"out of order")
    room.item(key).test_button.click()
    await done(room.tasks)
    (line,) = room.item(key).test_lines
    assert "The server answered 500: out of order" in line


async def test_an_outage_appears_in_the_log_and_beside_the_channel_while_the_page_is_shown(
    room: Room, served: Served, receiver: TargetServer
) -> None:
    await room.open()
    key = await room.add_webhook(f"{receiver.url}/hook")
    log = room.page.log.model()
    assert isinstance(log, DeliveryLogModel)
    tester = QAbstractItemModelTester(log, QAbstractItemModelTester.FailureReportingMode.Fatal)
    await served.take_down(await served.add("Shop"))
    await room.until_heard(1)
    assert b"Shop" in receiver.requests[0].body
    assert log.rowCount() == 1
    first = log.index(0, 0)
    assert first.data(DeliveryRole.ENDPOINT_NAME) == "Shop"
    assert first.data(DeliveryRole.KIND) == AlertKind.DOWN
    assert first.data(DeliveryRole.STATE) == DeliveryState.DELIVERED
    assert first.data(DeliveryRole.TRIES) == 1
    last = room.item(key).row.last
    assert last is not None
    assert last.state is DeliveryState.DELIVERED
    tester.deleteLater()


async def test_an_alert_that_is_refused_says_why_and_that_it_is_tried_again(
    room: Room, served: Served, receiver: TargetServer
) -> None:
    receiver.answer = Answer(503)
    await room.open()
    await room.add_webhook(f"{receiver.url}/hook")
    await served.take_down(await served.add("Shop"))
    await room.until_heard(1)
    first = room.page.log.model().index(0, 0)
    assert first.data(DeliveryRole.STATE) == DeliveryState.PENDING
    assert str(first.data(DeliveryRole.ERROR)).startswith("The server answered 503")
    assert first.data(DeliveryRole.NEXT_TRY_AT) is not None


async def test_an_alert_asks_for_nothing_while_another_page_is_shown(
    room: Room, served: Served, receiver: TargetServer
) -> None:
    await room.open()
    await room.add_webhook(f"{receiver.url}/hook")
    room.window.show_page(Page.DASHBOARD)
    await served.take_down(await served.add("Shop"))
    await room.until_heard(1)
    assert room.page.log.model().rowCount() == 0
    room.window.show_page(Page.NOTIFICATIONS)
    await done(room.tasks)
    assert room.page.log.model().rowCount() == 1


async def test_a_channel_is_switched_edited_and_deleted(room: Room, receiver: TargetServer) -> None:
    await room.open()
    key = await room.add_webhook(f"{receiver.url}/hook")
    room.item(key).switch.click()
    await done(room.tasks)
    assert not room.item(key).row.is_active
    room.item(key).edit_button.click()
    assert room.form.isVisibleTo(room.window)
    room.form.name.setText("Renamed")
    room.form.submit()
    await done(room.tasks)
    assert room.item(key).row.name == "Renamed"
    room.item(key).test_button.click()
    await done(room.tasks)
    assert receiver.hits_by_path["/hook"] == 1, "the stored address was kept"
    room.item(key).delete_button.click()
    room.item(key).confirm_button.click()
    await done(room.tasks)
    assert room.page.channel_states.state is ViewState.EMPTY


async def test_what_the_backend_refuses_stands_beside_its_field(room: Room) -> None:
    await room.open()
    room.presenter.add()
    quiet = {"start": "22:00", "end": "07:00", "timeZone": "Nowhere/Land"}
    values = {"name": "Ops", "type": "webhook", "config": {"url": "x"}}
    room.form.kind.setCurrentIndex(2)
    room.form.kind.activated.emit(2)
    room.form.submitted.emit(values | {"policy": {"events": ["down"], "quietHours": quiet}})
    await done(room.tasks)
    zone = room.form.field("policy.quietHours")
    assert zone is not None
    assert "not a known time zone" in zone.error
    room.form.submitted.emit(values)
    await done(room.tasks)
    url = room.form.field("config.url")
    assert url is not None
    assert url.error
    assert room.form.isVisibleTo(room.window)


async def test_without_a_backend_the_page_says_so_and_comes_back_by_itself(
    window: MainWindow, served: Served, tasks: TaskOwner
) -> None:
    rest = Rest()
    room = Room(window, rest, tasks)
    window.show_page(Page.NOTIFICATIONS)
    assert room.page.channel_states.state is ViewState.LOADING
    room.page.retry_requested.emit()
    await done(tasks)
    assert room.page.channel_states.state is ViewState.ERROR
    await rest.set_address(served.address)
    room.presenter.set_online(True)
    await done(tasks)
    assert room.page.channel_states.state is ViewState.EMPTY
    await rest.aclose()


async def test_a_command_that_fails_is_said_and_the_switch_goes_back(
    room: Room, receiver: TargetServer
) -> None:
    await room.open()
    key = await room.add_webhook(f"{receiver.url}/hook")
    await room.rest.set_address(None)
    room.item(key).switch.click()
    await done(room.tasks)
    (toast,) = room.window.toasts.toasts()
    assert toast.title == "The channel could not be switched"
    assert room.item(key).switch.isChecked()
    assert room.page.channel_states.state is ViewState.NORMAL


async def test_a_channel_that_is_gone_says_so_when_it_is_tested(
    room: Room, receiver: TargetServer
) -> None:
    await room.open()
    key = await room.add_webhook(f"{receiver.url}/hook")
    assert not isinstance(await room.rest.delete_channel(key), RestFailure)
    room.item(key).test_button.click()
    await done(room.tasks)
    assert room.item(key).test_lines == ["This channel was deleted meanwhile."]


def test_a_refusal_is_sorted_by_place() -> None:
    told = errors_of(Rejected(("config.to.0 must be an e-mail address", "the disk is full"), {}))
    assert told == {"config.to.0": "Must be an e-mail address", "": "The disk is full"}

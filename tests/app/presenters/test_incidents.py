"""The story of an incident, and what is said of it, from and to a real backend."""

from datetime import UTC, datetime, timedelta

import pytest

from app.presenters.incidents import IncidentsPresenter, lines_of
from app.presenters.toasts import ToastsPresenter
from app.services.failures import RestFailure
from app.services.rest import Rest
from app.state.change import Change
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.resources import EndpointView, IncidentDetail, IncidentView
from backend.contract.vocabulary import CheckStatus
from tests.app.services.conftest import Served
from tests.app.state.builders import acknowledged, became, checked, snapshot, state, updated
from tests.helpers.waiting import done
from widgets.main_window import MainWindow
from widgets.pages import ViewState


class Bench:
    """The presenter over a window, a store and a backend with one outage."""

    def __init__(self, window: MainWindow, served: Served, store: Store, tasks: TaskOwner) -> None:
        self.window, self.served, self.store, self.tasks = window, served, store, tasks
        self.toasts = ToastsPresenter(window.toasts, store, print, acknowledge=self.said)
        self.presenter = self.over(served.rest)
        self.page = window.incidents

    def over(self, rest: Rest) -> IncidentsPresenter:
        return IncidentsPresenter(self.window.incidents, self.store, rest, self.tasks, self.toasts)

    def said(self, endpoint_id: str) -> None:
        self.presenter.acknowledge_endpoint(endpoint_id)

    async def incident(self, incident_id: str) -> IncidentDetail:
        told = await self.served.rest.incident(incident_id)
        assert not isinstance(told, RestFailure)
        return told

    async def outage(self) -> tuple[str, IncidentView]:
        """Take an endpoint down; return it and its incident, both held by the store."""
        key = await self.served.add("Shop")
        await self.served.take_down(key)
        view = await self.served.rest.endpoint(key)
        page = await self.served.rest.incidents()
        assert not isinstance(view, RestFailure)
        assert not isinstance(page, RestFailure)
        held = state(key, **dict(EndpointView(**dict(view))))
        self.store.replace(snapshot(held, incidents=page.data))
        return key, page.data[0]


@pytest.fixture
async def bench(window: MainWindow, served: Served, store: Store, tasks: TaskOwner) -> Bench:
    return Bench(window, served, store, tasks)


async def test_the_chosen_incident_is_shown_at_once_and_its_checks_come(bench: Bench) -> None:
    _, incident = await bench.outage()
    detail = bench.page.detail
    bench.presenter.show(incident.id)
    assert detail.title == "Shop is down"
    assert detail.states.state is ViewState.LOADING
    await done(bench.tasks)
    assert detail.states.state is ViewState.NORMAL
    assert len(detail.checks.lines) == 3
    assert all("Expected status 200, got 503" in line for line in detail.checks.lines)


async def test_an_acknowledgement_a_snooze_and_a_note_reach_the_backend(bench: Bench) -> None:
    _, incident = await bench.outage()
    bench.presenter.show(incident.id)
    answers = bench.page.detail.answers
    answers.acknowledge_requested.emit()
    await done(bench.tasks)
    assert (await bench.incident(incident.id)).acknowledged_at is not None
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=15)
    answers.snooze_requested.emit(until)
    await done(bench.tasks)
    assert (await bench.incident(incident.id)).snoozed_until == until
    answers.snooze_requested.emit(None)
    answers.note_saved.emit("On it")
    await done(bench.tasks)
    told = await bench.incident(incident.id)
    assert (told.snoozed_until_recovery, told.note) == (True, "On it")
    answers.awake_requested.emit()
    await done(bench.tasks)
    told = await bench.incident(incident.id)
    assert (told.snoozed_until_recovery, told.snoozed_until, told.note) == (False, None, "On it")
    assert bench.window.toasts.toasts() == []


async def test_taking_it_back_can_be_undone_whole(bench: Bench) -> None:
    _, incident = await bench.outage()
    answers = bench.page.detail.answers
    bench.presenter.show(incident.id)
    answers.note_saved.emit("On it")
    answers.snooze_requested.emit(None)
    await done(bench.tasks)
    bench.store.apply(acknowledged(11, incident.id, "On it"))
    answers.withdraw_requested.emit()
    await done(bench.tasks)
    assert (await bench.incident(incident.id)).acknowledged_at is None
    bench.window.toasts.undo()
    await done(bench.tasks)
    told = await bench.incident(incident.id)
    assert (told.note, told.snoozed_until_recovery) == ("On it", True)
    assert told.acknowledged_at is not None


async def test_what_is_told_of_it_is_shown_in_the_detail(bench: Bench) -> None:
    _, incident = await bench.outage()
    bench.presenter.show(incident.id)
    await done(bench.tasks)
    change = bench.store.apply(acknowledged(11, incident.id, "Asked the provider"))
    bench.presenter.on_change(change)
    assert bench.page.detail.answers.note.toPlainText() == "Asked the provider"
    assert bench.page.detail.answers.said.startswith("Acknowledged")


async def test_the_toast_of_an_outage_acknowledges_it(bench: Bench) -> None:
    key, incident = await bench.outage()
    bench.toasts.on_event(became(bench.store.records[key].status, 12, key))
    (toast,) = bench.window.toasts.toasts()
    assert [words for words, _ in toast.actions] == ["Open", "Acknowledge"]
    toast.actions[1][1]()
    await done(bench.tasks)
    assert (await bench.incident(incident.id)).acknowledged_at is not None


async def test_what_cannot_be_said_is_told_and_a_story_can_be_asked_for_again(
    bench: Bench,
) -> None:
    _, incident = await bench.outage()
    cut = bench.over(Rest())
    cut.show(incident.id)
    await done(bench.tasks)
    assert bench.page.detail.states.state is ViewState.ERROR
    cut.acknowledge(incident.id)
    await done(bench.tasks)
    (toast,) = bench.window.toasts.toasts()
    assert toast.title == "Could not acknowledge"
    bench.presenter.show(incident.id)
    bench.page.detail.retry_requested.emit()
    await done(bench.tasks)
    assert bench.page.detail.states.state is ViewState.NORMAL


async def test_an_incident_that_is_over_refuses_in_words(bench: Bench) -> None:
    key, incident = await bench.outage()
    await bench.served.check(key)
    bench.presenter.acknowledge(incident.id)
    await done(bench.tasks)
    (toast,) = bench.window.toasts.toasts()
    assert toast.title == "Could not acknowledge"
    assert "is over" in toast.detail


async def test_checks_seen_since_are_added_and_none_is_shown_twice(bench: Bench) -> None:
    key, incident = await bench.outage()
    told = await bench.incident(incident.id)
    results = await bench.served.rest.check_results(key)
    assert not isinstance(results, RestFailure)
    bench.store.deepen(results)
    ring = bench.store.records[key].checks
    assert len(lines_of(told, incident, ring)) == 3
    await bench.served.check(key)
    assert all(each.status is CheckStatus.FAILURE for each in told.check_results)


async def test_the_choice_of_endpoints_is_filled_again_only_where_names_may_differ(
    bench: Bench,
) -> None:
    key, _ = await bench.outage()
    bench.window.show_page("incidents")
    bench.window.show()
    bench.presenter.on_change(Change(added=frozenset({key})))
    offered = bench.page.filters.endpoints
    offered.addItem("by hand", "by hand")
    bench.presenter.on_change(bench.store.apply(checked(key, 1)))
    assert offered.findData("by hand") > 0
    bench.presenter.on_change(bench.store.apply(updated(1000, key, name="Shop of old")))
    assert offered.findData("by hand") == -1
    assert offered.findText("Shop of old") > 0

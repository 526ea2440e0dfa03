"""The past on every page, from a real backend: what is loaded when, and what follows live."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from app.models.row_answers import DaysOf
from app.presenters.history import HistoryPresenter
from app.services.failures import RestFailure
from app.state.change import Change, Part
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.resources import EndpointView
from backend.contract.vocabulary import Period
from tests.app.services.conftest import Served
from tests.app.state.builders import snapshot, state
from tests.helpers.waiting import done
from widgets.endpoint_detail import EndpointDetail
from widgets.main_window import MainWindow
from widgets.pages import Page, ViewState
from widgets.period_picker import PeriodPicker
from widgets.roles import ComparisonRole
from widgets.series import Series


class Bench:
    """The history presenter over a window, a store and a backend that serves."""

    def __init__(self, window: MainWindow, served: Served, store: Store, tasks: TaskOwner) -> None:
        self.window, self.served, self.store, self.tasks = window, served, store, tasks
        self.days_of: DaysOf | None = None
        window.show()
        self.history = HistoryPresenter(window, served.rest, store, tasks, self._show_days)
        window.page_changed.connect(self.history.on_page)

    def _show_days(self, days_of: DaysOf) -> None:
        self.days_of = days_of

    async def online(self) -> None:
        """Let the line stand, and wait for what is loaded then."""
        self.history.set_online(True)
        await done(self.tasks)

    async def fill(self, *ids: str) -> None:
        """Fill the store with endpoints and their checks as the backend has them."""
        states = []
        for key in ids:
            view = await self.served.rest.endpoint(key)
            assert not isinstance(view, RestFailure)
            states.append(state(key, **dict(EndpointView(**dict(view)))))
        self.store.replace(snapshot(*states))
        for key in ids:
            results = await self.served.rest.check_results(key)
            assert not isinstance(results, RestFailure)
            self.store.deepen(results)

    def open(self, key: str) -> None:
        view = self.store.records[key].view
        self.window.endpoint.show_endpoint(
            EndpointDetail(key, view.name, view.method.value, view.url, view.current_status)
        )
        self.window.show_page(Page.ENDPOINT)


@pytest.fixture
async def bench(
    window: MainWindow, served: Served, store: Store, tasks: TaskOwner
) -> AsyncIterator[Bench]:
    made = Bench(window, served, store, tasks)
    yield made
    made.history.on_seen(False)


def shown(bench: Bench) -> Series:
    lens = bench.window.dashboard.response.chart.lens
    assert lens is not None
    return lens.series


async def test_nothing_is_loaded_before_the_line_stands(bench: Bench) -> None:
    assert bench.tasks.names == []
    assert bench.window.dashboard.response.states.state is ViewState.LOADING


async def test_the_dashboard_draws_the_first_checks_of_all_endpoints(bench: Bench) -> None:
    keys = [await bench.served.add("Shop"), await bench.served.add("Blog")]
    await bench.fill(*keys)
    await bench.online()
    assert bench.window.dashboard.response.states.state is ViewState.NORMAL
    assert [p.p50_ms for p in shown(bench).points if p.is_known][-1] == 80


async def test_an_outage_is_shaded(bench: Bench) -> None:
    key = await bench.served.add("Shop")
    await bench.served.take_down(key)
    await bench.fill(key)
    incidents = await bench.served.rest.incidents()
    assert not isinstance(incidents, RestFailure)
    await bench.online()
    bench.window.dashboard.response.forget()
    bench.open(key)
    await done(bench.tasks)
    lens = bench.window.endpoint.response.chart.lens
    assert lens is not None
    assert [outage.start for outage in lens.series.outages] == [incidents.data[0].started_at]


async def test_the_lists_get_the_days_of_every_endpoint(bench: Bench) -> None:
    key = await bench.served.add("Shop")
    await bench.online()
    assert bench.days_of is not None
    days = bench.days_of(key)
    assert len(days) == 30
    assert days[-1].percent == 100
    assert days[0].percent is None
    assert bench.days_of("nobody") == ()


async def test_the_detail_page_gets_tiles_days_and_chart(bench: Bench) -> None:
    key = await bench.served.add("Shop")
    await bench.fill(key)
    await bench.online()
    bench.open(key)
    await done(bench.tasks)
    page = bench.window.endpoint
    assert page.tiles.tile("uptime_7d").value == "100.00 %"
    assert page.tiles.tile("uptime_30d").value == "100.00 %"
    assert page.tiles.tile("p50").value == "80 ms"
    assert len(page.days.bar.days) == 90
    assert page.response.states.state is ViewState.NORMAL


async def test_tiles_follow_the_period_of_the_chart(bench: Bench) -> None:
    key = await bench.served.add("Shop")
    await bench.fill(key)
    await bench.online()
    bench.open(key)
    await done(bench.tasks)
    bench.window.endpoint.response.periods.chip(Period.WEEK).click()
    await done(bench.tasks)
    assert bench.window.endpoint.tiles.tile("p95").accessibleName().startswith("p95, 7 d")


async def test_statistics_rank_the_endpoints(bench: Bench) -> None:
    good, bad = await bench.served.add("Good"), await bench.served.add("Bad")
    await bench.served.take_down(bad)
    await bench.fill(good, bad)
    await bench.online()
    bench.window.show_page(Page.STATISTICS)
    await done(bench.tasks)
    table = bench.history.statistics.table
    assert table.keys == [good, bad]
    assert table.index(0, 0).data(ComparisonRole.UPTIME) == 100
    page = bench.window.statistics
    assert page.tile("p50").value == "80 ms"
    page.choose(bad)
    await done(bench.tasks)
    assert page.response.title == "Response time - Bad"
    assert page.subject == bad


async def test_a_check_that_arrives_is_added_at_the_end(bench: Bench) -> None:
    key = await bench.served.add("Shop")
    await bench.fill(key)
    await bench.online()
    before = shown(bench).end
    await bench.served.check(key)
    await bench.fill(key)
    bench.history.on_change(Change(changed={key: Part.CHECKS}))
    live = bench.history.all_endpoints._live
    assert live.isActive()
    live.timeout.emit()
    assert shown(bench).end > before


async def test_nobody_looks_nothing_runs(bench: Bench) -> None:
    await bench.online()
    refresh = bench.history.all_endpoints.refresh
    assert refresh._timer.isActive()
    bench.history.on_seen(False)
    assert not refresh._timer.isActive()
    assert not refresh.is_wanted
    bench.history.on_seen(True)
    assert bench.tasks.names != []
    await done(bench.tasks)


async def test_a_page_that_is_left_loads_no_more(bench: Bench) -> None:
    await bench.online()
    bench.window.show_page(Page.INCIDENTS)
    history = bench.history
    assert not history.all_endpoints.refresh.is_wanted
    assert not history.days.refresh.is_wanted
    assert bench.tasks.names == []


async def test_a_cut_stops_loading_and_its_end_loads_again(bench: Bench) -> None:
    await bench.online()
    bench.history.set_online(False)
    assert not bench.history.all_endpoints.refresh._timer.isActive()
    bench.history.set_online(True)
    assert any("response times" in name for name in bench.tasks.names)
    await done(bench.tasks)


async def test_what_cannot_be_loaded_says_so_and_can_be_tried_again(bench: Bench) -> None:
    address = bench.served.address
    await bench.served.rest.set_address(None)
    await bench.online()
    panel = bench.window.dashboard.response
    assert panel.states.state is ViewState.ERROR
    await bench.served.rest.set_address(address)
    panel.states.empty_state.buttons()[0].click()
    await done(bench.tasks)
    assert panel.states.state is ViewState.EMPTY


def ask(bench: Bench, picker: PeriodPicker, start: datetime, end: datetime) -> None:
    picker.asking.ask(picker, None)
    picker.asking.start.show_moment(start)
    picker.asking.end.show_moment(end)
    picker.asking.apply_button.click()


async def test_a_custom_period_is_asked_and_shown_whole(bench: Bench) -> None:
    key = await bench.served.add("Shop")
    await bench.fill(key)
    await bench.online()
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    start, end = now - timedelta(days=20), now - timedelta(days=2)
    ask(bench, bench.window.dashboard.response.periods, start, end)
    await done(bench.tasks)
    assert (shown(bench).start, shown(bench).end) == (start, end)
    assert bench.window.dashboard.response.states.state is ViewState.EMPTY
    bench.open(key)
    picker = bench.window.endpoint.response.periods
    ask(bench, picker, now - timedelta(hours=3), now)
    await done(bench.tasks)
    lens = bench.window.endpoint.response.chart.lens
    assert lens is not None
    assert (lens.series.start, lens.series.end) == (now - timedelta(hours=3), now)
    assert bench.window.endpoint.tiles.past.period is Period.CUSTOM


async def test_endpoints_are_compared_over_the_chosen_period(bench: Bench) -> None:
    key = await bench.served.add("Shop")
    await bench.fill(key)
    page = bench.window.statistics
    bench.window.show_page(Page.STATISTICS)
    await bench.online()
    index = bench.history.statistics.table.index(0, 0)
    assert page.ranking_title == "Comparison, 24 h"
    assert index.data(ComparisonRole.UPTIME) == 100
    page.response.periods.chip(Period.MONTH).click()
    await done(bench.tasks)
    assert page.ranking_title == "Comparison, 30 d"
    assert index.data(ComparisonRole.UPTIME) == 100
    now = datetime.now(UTC)
    ask(bench, page.response.periods, now - timedelta(days=20), now - timedelta(days=10))
    await done(bench.tasks)
    assert index.data(ComparisonRole.UPTIME) is None
    assert page.ranking_title.startswith("Comparison, ")
    assert page.ranking_title != "Comparison, 30 d"


async def test_a_backend_that_was_given_up_is_no_reason_to_wait_for_charts(bench: Bench) -> None:
    why = "The backend does not answer."
    charts = (bench.window.dashboard.response, bench.window.statistics.response)
    pages = (Page.DASHBOARD, Page.STATISTICS)
    comparison = bench.window.statistics.states
    bench.history.fail(why)
    for page, chart in zip(pages, charts, strict=True):
        bench.window.show_page(page)
        assert chart.states.state is ViewState.ERROR
        assert why in chart.states.empty_state.sentence
    assert comparison.state is ViewState.ERROR
    bench.history.fail("")
    assert {part.states.state for part in charts} == {ViewState.LOADING}
    assert comparison.state is ViewState.LOADING
    bench.history.fail(why)
    bench.history.fail("")
    await bench.online()
    assert charts[1].states.state is ViewState.EMPTY


async def test_a_line_that_stands_does_not_take_an_error_of_a_chart_away(bench: Bench) -> None:
    chart = bench.window.dashboard.response
    chart.fail("it said no")
    bench.history.fail("")
    assert chart.states.state is ViewState.ERROR

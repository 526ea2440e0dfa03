"""DOWN and recovery are told outside the window when it is not in front, once, never twice."""

import pytest

from app.presenters.notifier import Notifier, Patience
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.events import StateEvent
from backend.contract.vocabulary import Resolution, Status
from tests.app.presenters.conftest import RecordingNotifications
from tests.app.state.builders import became, ended, snapshot, started, state
from tests.helpers.waiting import done


class Bench:
    """A notifier whose window is where the test says."""

    def __init__(
        self, port: RecordingNotifications, store: Store, tasks: TaskOwner, patience: Patience
    ) -> None:
        self.in_front = False
        self.opened: list[str] = []
        self.untold: list[StateEvent] = []
        self.port, self.store, self.tasks = port, store, tasks
        self.notifier = Notifier(
            port,
            store,
            tasks,
            is_in_front=lambda: self.in_front,
            open_endpoint=self.opened.append,
            untold=self.untold.append,
            patience=patience,
        )

    def goes_down(self, seq: int, key: str = "a") -> bool:
        down, incident = became(Status.DOWN, seq, key), started(seq + 1, key, f"i{seq}")
        self.store.apply(down)
        self.store.apply(incident)
        return self.notifier.takes(down) and self.notifier.takes(incident)

    def recovers(self, seq: int, key: str = "a") -> bool:
        up = became(Status.UP, seq, key).model_copy(update={"previous_status": Status.DOWN})
        end = ended(seq + 1, key, f"i{seq - 2}")
        self.store.apply(up)
        self.store.apply(end)
        return self.notifier.takes(up) and self.notifier.takes(end)

    async def quiet(self) -> None:
        """Wait until nothing is on its way any more."""
        await done(self.tasks)


@pytest.fixture
async def bench(port: RecordingNotifications, store: Store, tasks: TaskOwner) -> Bench:
    store.replace(snapshot(*(state(key, current_status=Status.UP) for key in "abcdef")))
    return Bench(port, store, tasks, Patience(once_per_s=300, storm_s=0.3))


async def test_with_the_window_in_front_nothing_is_told_outside(bench: Bench) -> None:
    bench.in_front = True
    assert not bench.notifier.takes(became(Status.DOWN, 11))
    assert not bench.notifier.takes(started(12))
    await bench.quiet()
    assert bench.port.sent == []


async def test_behind_other_windows_down_and_recovery_are_one_notification_each(
    bench: Bench,
) -> None:
    assert bench.goes_down(11)
    await bench.port.until(1)
    assert bench.recovers(13)
    await bench.port.until(2)
    await bench.quiet()
    assert bench.port.titles == ["❌ Endpoint a is down", "✨ Endpoint a has recovered"]
    assert [each.urgent for each in bench.port.sent] == [True, False]
    assert bench.port.sent[0].body == "Timeout exceeded"
    assert bench.port.sent[1].body == "Was down for 2 min"
    assert bench.untold == []


async def test_a_click_opens_the_endpoint(bench: Bench) -> None:
    bench.goes_down(11)
    await bench.port.until(1)
    bench.port.sent[0].on_click()
    assert bench.opened == ["a"]


async def test_slow_and_first_up_are_left_to_the_toasts(bench: Bench) -> None:
    assert not bench.notifier.takes(became(Status.DEGRADED, 11))
    assert not bench.notifier.takes(became(Status.UP, 12))
    paused = ended(13).model_copy(update={"reason": Resolution.PAUSED})
    assert not bench.notifier.takes(paused)
    await bench.quiet()
    assert bench.port.sent == []


async def test_what_nobody_takes_is_shown_as_a_toast_after_all(bench: Bench) -> None:
    bench.port.takes = False
    bench.goes_down(11)
    await bench.quiet()
    assert [type(event).__name__ for event in bench.untold] == ["IncidentStarted"]


async def test_the_same_fact_within_five_minutes_is_told_once(bench: Bench) -> None:
    bench.goes_down(11)
    bench.recovers(13)
    bench.goes_down(15)
    await bench.port.until(2)
    assert bench.port.titles == ["❌ Endpoint a is down", "✨ Endpoint a has recovered"]


async def test_what_still_holds_when_the_five_minutes_end_is_told_then(
    port: RecordingNotifications, store: Store, tasks: TaskOwner
) -> None:
    store.replace(snapshot(state("a", current_status=Status.UP)))
    bench = Bench(port, store, tasks, Patience(once_per_s=0.2))
    bench.goes_down(11)
    bench.recovers(13)
    bench.goes_down(15)
    await port.until(3)
    assert port.titles[2] == "❌ Endpoint a is down"


async def test_what_no_longer_holds_then_is_not_told(
    port: RecordingNotifications, store: Store, tasks: TaskOwner
) -> None:
    store.replace(snapshot(state("a", current_status=Status.UP)))
    bench = Bench(port, store, tasks, Patience(once_per_s=0.1))
    for seq in (11, 15):
        bench.goes_down(seq)
        bench.recovers(seq + 2)
    await bench.quiet()
    # The second recovery holds and is told; the second outage is over and is not.
    assert port.titles.count("❌ Endpoint a is down") == 1


async def test_a_storm_is_gathered_into_one(bench: Bench) -> None:
    for number, key in enumerate("abcdef"):
        bench.goes_down(11 + 2 * number, key)
    await bench.port.until(4)
    await bench.quiet()
    assert bench.port.titles[3] == "❌ 3 endpoints are down"
    assert bench.port.sent[3].body == "Endpoint d and 2 more"
    assert len(bench.port.sent) == 4


async def test_a_recovery_is_silent_where_its_outage_was_kept_back(bench: Bench) -> None:
    for seq in (11, 15, 19):
        assert bench.goes_down(seq)
        assert bench.recovers(seq + 2)
    await bench.port.until(2)
    assert bench.port.titles == ["❌ Endpoint a is down", "✨ Endpoint a has recovered"]


async def test_a_recovery_is_told_at_once_however_lately_another_was(
    port: RecordingNotifications, store: Store, tasks: TaskOwner
) -> None:
    store.replace(snapshot(state("a", current_status=Status.UP)))
    bench = Bench(port, store, tasks, Patience(once_per_s=0.2, storm_size=10))
    bench.goes_down(11)
    bench.recovers(13)
    bench.goes_down(15)
    await port.until(3)
    bench.recovers(17)
    await port.until(4)
    assert port.titles[2:] == ["❌ Endpoint a is down", "✨ Endpoint a has recovered"]


async def test_the_end_of_an_outage_within_a_storm_that_was_not_told_is_silent(
    bench: Bench,
) -> None:
    for number, key in enumerate("abcde"):
        bench.goes_down(11 + 2 * number, key)
    bench.recovers(21, "e")
    await bench.quiet()
    assert bench.port.titles[3:] == ["❌ Endpoint d is down"]

"""DOWN and recovery are told outside the window when it is not in front, once, never twice."""

import pytest

from app.presenters.notifier import Notifier, Patience
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.events import StateEvent
from backend.contract.vocabulary import Resolution, Status
from tests.app.presenters.conftest import RecordingNotifications
from tests.app.state.builders import acknowledged, became, ended, snapshot, started, state
from tests.helpers.waiting import done

SHOPS = {"x": ("shop",), "y": ("shop",), "z": ("shop",)}


class Bench:
    """A notifier whose window is where the test says."""

    def __init__(
        self, port: RecordingNotifications, store: Store, tasks: TaskOwner, patience: Patience
    ) -> None:
        self.in_front, self.quiet = False, False
        self.acknowledged: list[list[str]] = []
        self.opened: list[str] = []
        self.untold: list[StateEvent] = []
        self.port, self.store, self.tasks = port, store, tasks
        self.notifier = Notifier(
            port,
            store,
            tasks,
            is_in_front=lambda: self.in_front,
            is_quiet=lambda: self.quiet,
            acknowledge=self.acknowledged.append,
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
        taken = [self.notifier.takes(up), self.notifier.takes(end)]
        return all(taken)

    async def quiet_down(self) -> None:
        """Wait until nothing is on its way any more."""
        await done(self.tasks)


@pytest.fixture
async def bench(port: RecordingNotifications, store: Store, tasks: TaskOwner) -> Bench:
    rows = (
        state(key, current_status=Status.UP, url=f"http://{key}.test/", tags=tags)
        for key, tags in {"a": (), "b": (), "c": (), "d": (), "e": (), "f": (), **SHOPS}.items()
    )
    store.replace(snapshot(*rows))
    return Bench(port, store, tasks, Patience(once_per_s=300, storm_s=0.3))


async def test_with_the_window_in_front_nothing_is_told_outside(bench: Bench) -> None:
    bench.in_front = True
    assert not bench.notifier.takes(became(Status.DOWN, 11))
    assert not bench.notifier.takes(started(12))
    await bench.quiet_down()
    assert bench.port.sent == []


async def test_behind_other_windows_down_and_recovery_are_one_notification_each(
    bench: Bench,
) -> None:
    assert bench.goes_down(11)
    await bench.port.until(1)
    assert bench.recovers(13)
    await bench.port.until(2)
    await bench.quiet_down()
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
    await bench.quiet_down()
    assert bench.port.sent == []


async def test_what_nobody_takes_is_shown_as_a_toast_after_all(bench: Bench) -> None:
    bench.port.takes = False
    bench.goes_down(11)
    await bench.quiet_down()
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
    await bench.quiet_down()
    # The second recovery holds and is told; the second outage is over and is not.
    assert port.titles.count("❌ Endpoint a is down") == 1


async def test_a_storm_is_gathered_into_one(bench: Bench) -> None:
    for number, key in enumerate("abcdef"):
        bench.goes_down(11 + 2 * number, key)
    await bench.port.until(4)
    await bench.quiet_down()
    assert bench.port.titles[3] == "❌ 3 endpoints are down"
    assert bench.port.sent[3].body == "Endpoint d, Endpoint e, Endpoint f"
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
    await bench.quiet_down()
    assert bench.port.titles[3:] == ["❌ Endpoint d is down"]


async def test_a_share_of_something_makes_one_notification_that_names_it(bench: Bench) -> None:
    for number, key in enumerate("xayz"):
        bench.goes_down(11 + 2 * number, key)
    await bench.port.until(3)
    await bench.quiet_down()
    assert bench.port.titles == [
        "❌ Endpoint x is down",
        "❌ Endpoint a is down",
        "❌ 3 endpoints tagged shop are down",
    ]
    assert bench.port.sent[2].body == "Endpoint x, Endpoint y, Endpoint z"
    assert bench.port.open == {"i13", "i11"}, "the first was replaced, the other stands"
    bench.port.sent[2].buttons[1][1]()
    assert bench.acknowledged == [["i11", "i15", "i17"]]


async def test_a_notification_of_several_goes_with_the_last_of_them(bench: Bench) -> None:
    for number, key in enumerate("xyz"):
        bench.goes_down(11 + 2 * number, key)
    await bench.quiet_down()
    bench.recovers(17, "x")
    bench.recovers(19, "y")
    await bench.quiet_down()
    assert bench.port.open == {"i11"}
    bench.recovers(21, "z")
    await bench.quiet_down()
    assert bench.port.open == set()


async def test_an_outage_can_be_opened_and_acknowledged_from_its_notification(
    bench: Bench,
) -> None:
    bench.goes_down(11)
    await bench.port.until(1)
    (open_words, opens), (words, acknowledges) = bench.port.sent[0].buttons
    assert (open_words, words) == ("Open", "Acknowledge")
    opens()
    acknowledges()
    assert bench.opened == ["a"]
    assert bench.acknowledged == [["i11"]]


@pytest.mark.parametrize("in_front", [True, False])
async def test_a_recovery_withdraws_the_notification_of_the_outage(
    bench: Bench, in_front: bool
) -> None:
    bench.goes_down(11)
    await bench.port.until(1)
    assert bench.port.open == {"i11"}
    bench.in_front = in_front
    bench.recovers(13)
    await bench.quiet_down()
    assert bench.port.open == set()


async def test_an_acknowledgement_from_anywhere_withdraws_it(bench: Bench) -> None:
    bench.goes_down(11)
    await bench.port.until(1)
    bench.notifier.takes(acknowledged(13, "i11"))
    await bench.quiet_down()
    assert bench.port.open == set()


async def test_while_alerts_are_paused_nothing_is_told_outside_nor_as_a_toast(
    bench: Bench,
) -> None:
    bench.quiet = True
    assert bench.goes_down(11)
    assert bench.recovers(13)
    await bench.quiet_down()
    assert bench.port.sent == []
    assert bench.untold == []


async def test_what_still_holds_when_the_pause_ends_is_told_then_once(bench: Bench) -> None:
    bench.quiet = True
    for number, key in enumerate("abc"):
        bench.goes_down(11 + 2 * number, key)
    bench.recovers(17, "b")
    bench.quiet = False
    bench.notifier.on_quiet(None)
    await bench.quiet_down()
    assert bench.port.titles == ["❌ 2 endpoints are down"]
    assert bench.port.sent[0].body == "Endpoint a, Endpoint c"
    bench.notifier.on_quiet(None)
    await bench.quiet_down()
    assert len(bench.port.sent) == 1
    assert bench.recovers(19, "a")
    await bench.quiet_down()
    assert bench.port.titles[1:] == ["✨ Endpoint a has recovered"]


async def test_the_end_of_an_outage_that_a_pause_kept_back_is_silent(bench: Bench) -> None:
    bench.quiet = True
    bench.goes_down(11)
    bench.quiet = False
    bench.recovers(13)
    bench.notifier.on_quiet(None)
    await bench.quiet_down()
    assert bench.port.sent == []

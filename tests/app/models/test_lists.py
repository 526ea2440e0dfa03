"""The models of incidents and of checks, and the bridge that feeds all models."""

from collections.abc import Mapping

from PySide6.QtCore import QElapsedTimer, QThread, QTimer
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.bridge import Bridge
from app.models.check_log import CheckLogModel
from app.models.incident_list import IncidentListModel
from app.models.keyed_table import KeyedTable
from app.models.timeline import TimelineModel
from app.state.change import Change, Part
from app.state.store import Store
from backend.contract.resources import IncidentView
from backend.contract.vocabulary import Resolution, Status
from tests.app.state.builders import (
    at,
    checked,
    ended,
    incident,
    recent,
    snapshot,
    started,
    state,
    updated,
)
from widgets.roles import CheckRole, IncidentRole


def watched(model: object) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)


def test_incidents_stand_newest_first_and_close_in_place(qapp: QApplication) -> None:
    store = Store(lambda: 0)
    store.replace(
        snapshot(
            state("a"),
            state("b"),
            incidents=(incident("old", "b", started_at=at(-900), resolved_at=at(-800)),),
        )
    )
    model = IncidentListModel(store)
    tester = watched(model)
    assert tester.model() is model
    model.apply(store.apply(started(11, "a", "new")))
    assert list(model.keys) == ["new", "old"]
    painted = QSignalSpy(model.dataChanged)
    model.apply(store.apply(ended(12, "a", "new")))
    assert painted.count() == 1
    assert model.index(0, 0).data(IncidentRole.RESOLUTION) == Resolution.RECOVERED


def test_an_endpoints_own_incidents_are_chosen(qapp: QApplication) -> None:
    store = Store(lambda: 0)
    store.replace(snapshot(state("a"), state("b"), incidents=(incident("i", "a"),)))
    model = IncidentListModel(store, whole=False)
    assert model.rowCount() == 0
    model.choose("b")
    assert model.rowCount() == 0
    model.choose("a")
    assert list(model.keys) == ["i"]


def test_a_renamed_endpoint_renames_its_incidents(qapp: QApplication) -> None:
    store = Store(lambda: 0)
    store.replace(snapshot(state("a"), incidents=(incident("i", "a"),)))
    model = IncidentListModel(store)
    painted = QSignalSpy(model.dataChanged)
    model.apply(store.apply(updated(11, "a", name="Shop")))
    assert painted.count() == 1
    assert model.index(0, 0).data(IncidentRole.ENDPOINT_NAME) == "Shop"


def test_checks_stand_newest_first_and_a_new_one_is_inserted(qapp: QApplication) -> None:
    store = Store(lambda: 0)
    store.replace(snapshot(state("a", checks=(recent(1), recent(2, ok=False)), total=2)))
    model = CheckLogModel(store)
    tester = watched(model)
    assert tester.model() is model
    model.choose("a")
    assert [model.index(row, 0).data(CheckRole.STATUS) for row in range(2)] == [
        Status.DOWN,
        Status.UP,
    ]
    inserted, reset = QSignalSpy(model.rowsInserted), QSignalSpy(model.modelReset)
    model.apply(store.apply(checked("a", 3)))
    assert (inserted.count(), reset.count()) == (1, 0)
    assert model.index(0, 0).data(CheckRole.AT) == at(3)


def test_the_log_of_checks_stays_as_long_as_the_ring(qapp: QApplication) -> None:
    store = Store(lambda: 0)
    store.replace(snapshot(state("a", checks=tuple(recent(n) for n in range(40)), total=40)))
    model = CheckLogModel(store)
    tester = watched(model)
    assert tester.model() is model
    model.choose("a")
    for second in range(40, 50):
        model.apply(store.apply(checked("a", second)))
    assert model.rowCount() == 40
    assert model.index(0, 0).data(CheckRole.AT) == at(49)


def test_the_bridge_merges_what_comes_within_a_frame(qtbot: QtBot) -> None:
    bridge = Bridge()
    told: list[Change] = []
    bridge.changed.connect(told.append)
    bridge.put(Change(added=frozenset("a")))
    with qtbot.waitSignal(bridge.changed):
        pass
    for key in "bcd":
        bridge.put(Change(added=frozenset(key)))
    with qtbot.waitSignal(bridge.changed):
        pass
    assert [change.added for change in told] == [frozenset("a"), frozenset("bcd")]


def test_the_bridge_has_no_timer_while_nothing_waits_or_nobody_looks(qtbot: QtBot) -> None:
    bridge = Bridge()
    timer = bridge._timer
    assert not timer.isActive()
    bridge.set_seen(False)
    bridge.put(Change(added=frozenset("a")))
    bridge.put(Change(added=frozenset("b")))
    assert not timer.isActive()
    with qtbot.waitSignal(bridge.changed) as told:
        bridge.set_seen(True)
    assert told.args == [Change(added=frozenset("ab"))]
    assert not timer.isActive()


def test_what_waits_with_others_asks_no_timer(qtbot: QtBot) -> None:
    asked: list[bool] = []
    bridge = Bridge()
    bridge.put(Change(added=frozenset("a")))
    bridge._painted.isActive = lambda: bool(asked.append(True))
    with qtbot.waitSignal(bridge.changed) as told:
        bridge._timer.stop()
        for key in "bcd":
            bridge.put(Change(added=frozenset(key)))
        bridge.flush()
    assert not asked
    assert told.args == [Change(added=frozenset("abcd"))]


def test_the_bridge_tells_nothing_of_nothing(qtbot: QtBot) -> None:
    bridge = Bridge()
    bridge.put(Change())
    with qtbot.assertNotEmitted(bridge.changed):
        bridge.flush()


def test_a_short_list_has_the_newest_and_lets_the_older_ones_go(qapp: QApplication) -> None:
    store = Store(lambda: 0)
    held = tuple(incident(f"i{n}", "a", started_at=at(-100 * n)) for n in range(5))
    store.replace(snapshot(state("a"), state("b"), incidents=held))
    for kind in (IncidentListModel, TimelineModel):
        model = kind(store, most=3)
        tester = watched(model)
        assert tester.model() is model
        assert list(model.keys) == ["i0", "i1", "i2"]
    model.apply(store.apply(started(11, "b", "new")))
    assert list(model.keys) == ["i0", "new", "i1"]


def test_a_slower_bridge_tells_the_first_change_at_once_and_the_others_together(
    qtbot: QtBot,
) -> None:
    bridge = Bridge(every_ms=200)
    told = QSignalSpy(bridge.changed)
    bridge.put(Change(added=frozenset({"a"})))
    qtbot.waitUntil(lambda: told.count() == 1, timeout=150)
    for number in range(50):
        bridge.put(Change(added=frozenset({f"{number}"})))
    qtbot.waitUntil(lambda: told.count() == 2)
    assert len(told.at(1)[0].added) == 50


def test_what_is_no_news_waits_for_longer_until_there_are_some(qtbot: QtBot) -> None:
    bridge = Bridge(None, 20, lambda change: bool(change.added), 60_000)
    told = QSignalSpy(bridge.changed)
    mere = Change(changed={"a": Part.CHECKS})
    bridge.put(mere)
    qtbot.waitUntil(lambda: told.count() == 1)
    qtbot.waitUntil(lambda: not bridge._painted.isActive())
    for _ in range(2):
        bridge.put(mere)
    assert bridge._timer.remainingTime() > 50_000
    bridge.put(Change(added=frozenset("b")))
    qtbot.waitUntil(lambda: told.count() == 2)
    assert told.at(1)[0] == Change(added=frozenset("b"), changed={"a": Part.CHECKS})
    qtbot.waitUntil(lambda: not bridge._painted.isActive())
    bridge.put(mere)
    assert bridge._timer.remainingTime() > 50_000


def test_after_a_dear_frame_the_loop_is_free_for_three_times_as_long(qtbot: QtBot) -> None:
    bridge = Bridge()
    clock = QElapsedTimer()
    ends: list[int] = []
    begins: list[int] = []

    def dear(_: Change) -> None:
        begins.append(clock.elapsed())
        QThread.msleep(60)
        ends.append(clock.elapsed())

    feeding = QTimer()
    feeding.timeout.connect(lambda: bridge.put(Change(added=frozenset({"a"}))))
    bridge.changed.connect(dear)
    clock.start()
    feeding.start(1)
    qtbot.waitUntil(lambda: len(ends) == 4)
    feeding.stop()
    # The first one tells what frames cost.
    rests = [begin - end for begin, end in zip(begins[2:], ends[1:], strict=False)]
    assert min(rests) >= 170


class AskedStore(Store):
    """Counts how often it is asked for its incidents."""

    asked = 0

    @property
    def incidents(self) -> Mapping[str, IncidentView]:
        self.asked += 1
        return super().incidents


def test_checks_alone_let_nobody_look_through_the_incidents(qapp: QApplication) -> None:
    store = AskedStore(lambda: 0)
    held = tuple(incident(f"i{n}", "a", started_at=at(-100 * n)) for n in range(5))
    store.replace(snapshot(state("a"), incidents=held))
    model = IncidentListModel(store)
    change = store.apply(checked("a", 1))
    store.asked = 0
    model.apply(change)
    assert store.asked == 0


class CountedKey:
    """Counts how often a key of its kind is looked up."""

    looked_up = 0

    def __hash__(self) -> int:
        CountedKey.looked_up += 1
        return id(self)


def test_rows_that_stay_as_they_are_are_not_looked_up(qapp: QApplication) -> None:
    keys = [CountedKey() for _ in range(5)]
    model = KeyedTable[CountedKey]()
    model._arrange(keys)
    CountedKey.looked_up = 0
    model._arrange(list(keys))
    assert (list(model.keys), CountedKey.looked_up) == (keys, 0)

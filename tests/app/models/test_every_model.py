"""Qt's own tester watches every model of the program while its rows come, go, move and change.

A model without a life to be watched through fails too, so that none is forgotten.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.modeltest import ModelTester

import app.models
import widgets
from app.models.check_log import CheckLogModel
from app.models.comparison_table import ComparisonTableModel
from app.models.delivery_log import DeliveryLogModel
from app.models.endpoint_table import EndpointTableModel
from app.models.import_table import ImportLine, ImportTableModel
from app.models.incident_list import IncidentListModel
from app.models.keyed_table import KeyedTable
from app.models.timeline import TimelineModel
from app.state.store import Store
from backend.contract.alerts import DeliveryView
from backend.contract.resources import NetworkView, OfflineSpell
from backend.contract.statistics import ComparisonRow
from backend.contract.vocabulary import AlertKind, DeliveryState, Status
from tests.app.state.builders import (
    acknowledged,
    at,
    became,
    checked,
    created,
    deleted,
    ended,
    incident,
    recent,
    snapshot,
    started,
    state,
    updated,
)
from widgets.import_words import ImportStep
from widgets.incident_filters import IncidentFilter, IncidentProxy
from widgets.roles import ComparisonColumn, EndpointFilter

MANY = 200
"""More spans than a model tells one by one."""
Life = tuple[QAbstractItemModel, Iterator[object]]
"""A model, and what happens to it, one step at a time."""


def filled_store() -> Store:
    store = Store(lambda: 0)
    states = (state("a", checks=(recent(1), recent(2, ok=False)), total=2), state("b"), state("c"))
    store.replace(snapshot(*states, incidents=(incident("old", "b", started_at=at(-900)),)))
    return store


def life_of_endpoints() -> Life:
    store = filled_store()
    table = EndpointTableModel(store)

    def steps() -> Iterator[object]:
        yield table.apply(store.apply(created(11, "d", name="A first one")))
        yield table.apply(store.apply(became(Status.DOWN, 12, "c")))
        yield table.apply(store.apply(checked("a", 5)))
        yield table.apply(store.apply(deleted(13, "a")))
        yield table.set_filter(EndpointFilter.DOWN)
        yield table.set_filter(EndpointFilter.ALL)
        yield table.set_search("first")
        yield table.set_search("")
        many = [state(f"m{number:03}") for number in range(MANY)]
        yield table.apply(store.replace(snapshot(*many, state("b"), seq=20, epoch="second")))
        yield table.set_search("m00")
        yield table.set_search("")

    return table, steps()


def life_of_checks() -> Life:
    store = filled_store()
    log = CheckLogModel(store)

    def steps() -> Iterator[object]:
        yield log.choose("a")
        for second in range(10, 60):
            yield log.apply(store.apply(checked("a", second, ok=bool(second % 4))))
        yield log.choose("b")
        yield log.choose("a")
        yield log.apply(store.apply(deleted(12, "a")))

    return log, steps()


def incident_steps(store: Store, model: IncidentListModel) -> Iterator[object]:
    """Let incidents begin, be known, end and vanish."""
    yield model.apply(store.apply(started(11, "a", "new")))
    yield model.apply(store.apply(acknowledged(12, "new", "known")))
    yield model.apply(store.apply(updated(13, "a", name="Shop")))
    yield model.apply(store.apply(ended(14, "a", "new")))
    many = tuple(incident(f"m{n}", "a", started_at=at(-n)) for n in range(MANY))
    yield model.apply(store.replace(snapshot(state("a"), seq=20, epoch="e", incidents=many)))
    yield model.apply(store.replace(snapshot(state("a"), seq=30, epoch="f")))
    yield model.apply(store.apply(started(31, "a", "last")))


def life_of_incidents() -> Life:
    store = filled_store()
    model = IncidentListModel(store)
    return model, incident_steps(store, model)


def life_of_the_timeline() -> Life:
    store = filled_store()
    model = TimelineModel(store, most=10)

    def steps() -> Iterator[object]:
        spells = tuple(
            OfflineSpell(since=at(-1000 * n), until=at(-1000 * n + 60)) for n in range(1, 4)
        )
        network = NetworkView(spells=spells)
        told = snapshot(
            state("a"), state("b"), seq=10, epoch="offline", incidents=(incident("old", "b"),)
        )
        yield model.apply(store.replace(told.model_copy(update={"network": network})))
        assert model.rowCount() == 4
        yield from incident_steps(store, model)

    return model, steps()


def life_of_the_proxy() -> Life:
    store = filled_store()
    model = IncidentListModel(store)
    proxy = IncidentProxy()
    proxy.setSourceModel(model)
    model.setParent(proxy)

    def steps() -> Iterator[object]:
        yield proxy.narrow(IncidentFilter.ACTIVE)
        yield from incident_steps(store, model)
        yield proxy.narrow(IncidentFilter.ALL)
        yield proxy.narrow(IncidentFilter.ALL, endpoint_id="a", words="endpoint")
        yield proxy.narrow(IncidentFilter.ALL)

    return proxy, steps()


def life_of_deliveries() -> Life:
    log = DeliveryLogModel()

    def delivery(number: int, state: DeliveryState = DeliveryState.DELIVERED) -> DeliveryView:
        return DeliveryView(
            id=f"d{number}",
            channel_id="c",
            channel_name="Mail",
            endpoint_id="a",
            endpoint_name="Shop",
            kind=AlertKind.DOWN,
            status=Status.DOWN,
            state=state,
            attempts=number,
            created_at=at(number),
            settled_at=None,
            next_try_at=at(number) + timedelta(minutes=1),
            error=None,
        )

    def steps() -> Iterator[object]:
        yield log.show([delivery(1)])
        yield log.show([delivery(3), delivery(2), delivery(1, DeliveryState.FAILED)])
        yield log.show([delivery(2), delivery(3)])
        yield log.show([delivery(number) for number in range(MANY)])
        yield log.show([])

    return log, steps()


def life_of_the_comparison() -> Life:
    table = ComparisonTableModel(lambda _: ())

    def row(name: str, rank: int) -> ComparisonRow:
        return ComparisonRow(
            endpoint_id=f"id-{name}",
            name=name,
            uptime24h=None,
            uptime=None if rank == 2 else 100 - rank,
            avg_response_time=rank,
            incident_count=rank,
            stability_score=90,
            rank=rank,
        )

    def steps() -> Iterator[object]:
        yield table.show_rows([row("b", 1), row("a", 2), row("c", 3)])
        for column in ComparisonColumn:
            yield table.sort(column, Qt.SortOrder.DescendingOrder)
        yield table.show_rows([row("c", 1), row("d", 2)])
        yield table.show_days()
        yield table.show_rows([row(f"n{number}", number) for number in range(1, MANY)])
        yield table.show_rows([])

    return table, steps()


def life_of_an_import() -> Life:
    table = ImportTableModel()
    kinds = (ImportStep.ADD, ImportStep.SKIP, ImportStep.REFUSE, ImportStep.CHANGE)

    def steps() -> Iterator[object]:
        yield table.show_lines([ImportLine("n", "GET u", kind, "why", True) for kind in kinds])
        chosen = Qt.ItemDataRole.CheckStateRole
        yield table.setData(table.index(0, 0), Qt.CheckState.Unchecked, chosen)
        yield table.choose_all(False)
        yield table.choose_all(True)
        yield table.show_outcome(0, ImportStep.FAILED, "it said no")
        yield table.show_lines([])
        yield table.choose_all(True)

    return table, steps()


LIVES: dict[type[QAbstractItemModel], Callable[[], Life]] = {
    EndpointTableModel: life_of_endpoints,
    CheckLogModel: life_of_checks,
    IncidentListModel: life_of_incidents,
    TimelineModel: life_of_the_timeline,
    IncidentProxy: life_of_the_proxy,
    DeliveryLogModel: life_of_deliveries,
    ComparisonTableModel: life_of_the_comparison,
    ImportTableModel: life_of_an_import,
}


def models_of(package: object) -> set[type[QAbstractItemModel]]:
    """Return every model that is made in a package."""
    found = set()
    for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(each.name)
        found |= {
            kind
            for kind in vars(module).values()
            if isinstance(kind, type)
            and issubclass(kind, QAbstractItemModel)
            and kind.__module__ == module.__name__
        }
    return found


def test_no_model_goes_unwatched() -> None:
    assert models_of(app.models) | models_of(widgets) == {*LIVES, KeyedTable}


@pytest.mark.parametrize("in_python", [False, True], ids=["qt", "pytest"])
@pytest.mark.parametrize("kind", LIVES, ids=lambda kind: kind.__name__)
def test_a_model_keeps_its_word_through_its_whole_life(
    kind: type[QAbstractItemModel], in_python: bool, qtmodeltester: ModelTester
) -> None:
    model, life = LIVES[kind]()
    told = [
        QSignalSpy(signal)
        for signal in (
            model.rowsInserted,
            model.rowsRemoved,
            model.rowsMoved,
            model.layoutChanged,
            model.modelReset,
            model.dataChanged,
        )
    ]
    qtmodeltester.check(model, force_py=in_python)
    most = 0
    for _ in life:
        most = max(most, model.rowCount())
    qtmodeltester.check(model, force_py=in_python)
    assert most > 1
    assert sum(spy.count() > 0 for spy in told) >= 2


@pytest.mark.parametrize("kind", LIVES, ids=lambda kind: kind.__name__)
def test_the_rows_a_model_has_are_the_rows_it_told_of(kind: type[QAbstractItemModel]) -> None:
    model, life = LIVES[kind]()
    rows = model.rowCount()

    def count(by: int) -> Callable[..., None]:
        def told(_parent: object, first: int, last: int) -> None:
            nonlocal rows
            rows += by * (last - first + 1)

        return told

    def anew() -> None:
        nonlocal rows
        rows = model.rowCount()

    model.rowsInserted.connect(count(1))
    model.rowsRemoved.connect(count(-1))
    model.modelReset.connect(anew)
    for _ in life:
        assert model.rowCount() == rows


@pytest.mark.parametrize(
    "kind", [kind for kind in LIVES if issubclass(kind, KeyedTable)], ids=lambda kind: kind.__name__
)
def test_what_points_at_a_row_goes_with_it(kind: type[KeyedTable]) -> None:
    model, life = LIVES[kind]()
    followed = 0
    while True:
        held = {
            key: QPersistentModelIndex(model.index(row, 0)) for row, key in enumerate(model.keys)
        }
        if next(life, life) is life:
            break
        for key, index in held.items():
            if index.isValid():
                assert model.keys[index.row()] == key
                followed += 1
    assert followed

"""What the user asks of endpoints reaches a real backend, and what fails is said."""

import asyncio

from app.models.endpoint_table import EndpointTableModel
from app.presenters.commands import CommandsPresenter
from app.presenters.editing import EditingPresenter, errors_of
from app.presenters.steps import Step, Steps
from app.presenters.toasts import ToastsPresenter
from app.services.failures import Rejected, RestFailure, Unreachable
from app.services.rest import Rest
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.resources import EndpointView
from tests.app.services.conftest import Served
from tests.app.state.builders import snapshot, state
from tests.helpers.waiting import done
from widgets.main_window import MainWindow


async def remember(store: Store, rest: Rest, *ids: str) -> list[EndpointView]:
    """Fill the store with what the backend has of these endpoints."""
    views = []
    for key in ids:
        view = await rest.endpoint(key)
        assert not isinstance(view, RestFailure)
        views.append(view)
    store.replace(snapshot(*(state(view.id, **dict(EndpointView(**dict(view)))) for view in views)))
    return views


def commands(window: MainWindow, store: Store, rest: Rest, tasks: TaskOwner) -> CommandsPresenter:
    return CommandsPresenter(rest, store, tasks, ToastsPresenter(window.toasts, store, print))


async def test_pausing_pauses_and_the_same_key_resumes(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    key = await served.add("Shop")
    presenter = commands(window, store, served.rest, tasks)
    await remember(store, served.rest, key)
    presenter.toggle_pause([key])
    await done(tasks)
    (paused,) = await remember(store, served.rest, key)
    assert not paused.is_active
    presenter.toggle_pause([key])
    await done(tasks)
    (resumed,) = await remember(store, served.rest, key)
    assert resumed.is_active
    assert window.toasts.toasts() == []


async def test_of_a_mixed_selection_only_the_active_are_paused(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    one, other = await served.add("Shop"), await served.add("Blog")
    await served.rest.patch(one, {"isActive": False})
    await remember(store, served.rest, one, other)
    commands(window, store, served.rest, tasks).toggle_pause([one, other])
    await done(tasks)
    views = await remember(store, served.rest, one, other)
    assert [view.is_active for view in views] == [False, False]


async def test_checking_now_makes_a_check_and_asks_an_endpoint_once_at_a_time(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    key = await served.add("Shop")
    await remember(store, served.rest, key)
    presenter = commands(window, store, served.rest, tasks)
    before = await served.rest.check_results(key)
    presenter.check([key])
    presenter.check([key])
    await done(tasks)
    after = await served.rest.check_results(key)
    assert after.total == before.total + 1


async def test_checking_everything_leaves_the_paused_alone(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    one, other = await served.add("Shop"), await served.add("Blog")
    await served.rest.patch(other, {"isActive": False})
    await remember(store, served.rest, one, other)
    totals = [(await served.rest.check_results(key)).total for key in (one, other)]
    commands(window, store, served.rest, tasks).check_everything()
    await done(tasks)
    now = [(await served.rest.check_results(key)).total for key in (one, other)]
    assert now == [totals[0] + 1, totals[1]]


async def test_a_deletion_can_be_undone_from_its_toast(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    key = await served.add("Shop")
    await remember(store, served.rest, key)
    commands(window, store, served.rest, tasks).delete([key])
    await done(tasks)
    assert isinstance(await served.rest.endpoint(key), RestFailure)
    (toast,) = window.toasts.toasts()
    assert toast.title == "Deleted Shop"
    words, undo = toast.actions[0]
    assert words == "Undo"
    undo()
    await done(tasks)
    assert not isinstance(await served.rest.endpoint(key), RestFailure)


async def test_without_a_connection_a_command_says_that_nothing_was_changed(
    window: MainWindow, store: Store, tasks: TaskOwner
) -> None:
    store.replace(snapshot(state("a", name="Shop"), state("b", name="Blog")))
    commands(window, store, Rest(), tasks).toggle_pause(["a", "b"])
    await done(tasks)
    (toast,) = window.toasts.toasts()
    assert toast.title == "Could not pause: Shop (+1)"
    assert "Nothing was changed" in toast.detail


def new_endpoint(
    window: MainWindow, rest: Rest, store: Store, tasks: TaskOwner
) -> EditingPresenter:
    """Open the form of a new endpoint; what is submitted is saved as long as this is held."""
    editing = EditingPresenter(window, rest, store, tasks)
    window.form.submitted.connect(editing.save)
    window.show()
    editing.add()
    return editing


async def test_a_new_endpoint_is_stored_and_the_form_closes(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    _editing = new_endpoint(window, served.rest, store, tasks)
    window.form.field("url").editor.setText("http://127.0.0.1:9/shop")
    window.form.field("name").editor.setText("Shop")
    window.form.submit()
    await done(tasks)
    assert window.form.isHidden()
    page = await served.rest.endpoints()
    assert [view.name for view in page.data] == ["Shop"]


async def test_a_new_endpoint_is_selected_where_the_lists_show_it(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    lists = [page.endpoints for page in (window.dashboard, window.endpoints)]
    tables = [EndpointTableModel(store) for _ in lists]
    for panel, table in zip(lists, tables, strict=True):
        panel.set_model(table)
    _editing = new_endpoint(window, served.rest, store, tasks)
    window.form.field("url").editor.setText("http://127.0.0.1:9/shop")
    window.form.field("name").editor.setText("Shop")
    window.form.submit()
    await done(tasks)
    (added,) = (await served.rest.endpoints()).data
    store.replace(snapshot(state("before"), state(added.id)))
    for table in tables:
        table.refresh()
    assert [panel.view.selected_ids() for panel in lists] == [[added.id]] * 2


async def test_what_the_backend_refuses_stands_beside_its_field_and_nothing_is_lost(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    _editing = new_endpoint(window, served.rest, store, tasks)
    window.form.field("url").editor.setText("ftp://example.test")
    window.form.submit()
    await done(tasks)
    assert window.form.isVisible()
    assert window.form.field("url").error
    assert window.form.field("name").error
    assert window.form.values()["url"] == "ftp://example.test"
    page = await served.rest.endpoints()
    assert page.data == ()


async def test_without_a_connection_the_form_keeps_what_was_typed(
    window: MainWindow, store: Store, tasks: TaskOwner
) -> None:
    _editing = new_endpoint(window, Rest(), store, tasks)
    window.form.field("url").editor.setText("http://example.test")
    window.form.submit()
    await done(tasks)
    assert window.form.isVisible()
    assert window.form.values()["url"] == "http://example.test"
    assert "Nothing was changed" in errors_of(Unreachable(("x",)))[""]


async def test_an_edit_sends_only_what_changed(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    key = await served.add("Shop")
    (before,) = await remember(store, served.rest, key)
    editing = EditingPresenter(window, served.rest, store, tasks)
    sent: list[dict[str, object]] = []
    window.form.submitted.connect(sent.append)
    window.form.submitted.connect(editing.save)
    window.show()
    editing.edit(key)
    window.form.field("name").editor.setText("Shop in town")
    window.form.submit()
    await done(tasks)
    (after,) = await remember(store, served.rest, key)
    assert sent == [{"name": "Shop in town"}]
    assert (after.name, after.url) == ("Shop in town", before.url)


async def test_an_answer_that_comes_after_the_form_was_left_does_not_touch_the_next_one(
    window: MainWindow, store: Store, tasks: TaskOwner
) -> None:
    editing = EditingPresenter(window, Rest(), store, tasks)
    window.show()
    editing.add()
    editing.save({"name": "x"})
    editing.cancelled()
    window.form.close_sheet()
    editing.add()
    await done(tasks)
    assert window.form.field("url").error == ""
    assert window.form.isVisible()


def test_a_message_that_names_no_field_goes_to_the_top() -> None:
    told = errors_of(Rejected(("name is required", "too many"), {"name": "is required"}))
    assert told == {"name": "Is required", "": "Too many"}


async def test_what_cannot_be_sent_is_told_and_the_form_can_be_sent_again(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    editing = new_endpoint(window, served.rest, store, tasks)
    window.form.field("url").editor.setText("http://127.0.0.1:9/shop")
    window.form.set_busy(True)
    editing.save({"body": "\ud800"})
    await done(tasks)
    assert window.form.general_error
    window.form.field("name").editor.setText("Shop")
    window.form.submit()
    await done(tasks)
    assert window.form.isHidden()


async def told(served: Served, keys: list[str]) -> list[EndpointView]:
    views = [await served.rest.endpoint(key) for key in keys]
    return [view for view in views if not isinstance(view, RestFailure)]


async def several(served: Served, store: Store, **fields: object) -> list[str]:
    keys = [await served.add(name) for name in ("Shop", "Blog", "Mail")]
    if fields:
        await served.rest.patch(keys[0], fields)
    await remember(store, served.rest, *keys)
    return keys


async def test_pausing_several_is_undone_in_one_step(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    keys = await several(served, store, isActive=False)
    commands(window, store, served.rest, tasks).toggle_pause(keys)
    await done(tasks)
    assert not any(view.is_active for view in await told(served, keys))
    (toast,) = window.toasts.toasts()
    assert (toast.title, toast.kind) == ("Paused 2 endpoints", "info")
    window.toasts.undo()
    await done(tasks)
    # The one that was paused before stays so.
    assert [view.is_active for view in await told(served, keys)] == [False, True, True]


async def test_a_tag_is_added_where_it_is_missing_and_undone_there(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    keys = await several(served, store, tags=["shop", "eu"])
    presenter = commands(window, store, served.rest, tasks)
    presenter.tag(keys, "shop", add=True)
    await done(tasks)
    assert [view.tags for view in await told(served, keys)] == [
        ("shop", "eu"),
        ("shop",),
        ("shop",),
    ]
    assert window.toasts.toasts()[0].title == "Tagged 2 endpoints: shop"
    window.toasts.undo()
    await done(tasks)
    assert [view.tags for view in await told(served, keys)] == [("shop", "eu"), (), ()]


async def test_a_tag_is_taken_away_and_comes_back_in_its_place(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    keys = await several(served, store, tags=["{shop}", "eu"])
    presenter = commands(window, store, served.rest, tasks)
    presenter.tag(keys, "{shop}", add=False)
    await done(tasks)
    assert (await told(served, keys))[0].tags == ("eu",)
    assert window.toasts.toasts()[0].title == "No longer tagged, Shop: {shop}"
    window.toasts.undo()
    await done(tasks)
    assert (await told(served, keys))[0].tags == ("{shop}", "eu")


async def test_an_interval_is_set_and_each_gets_its_own_back(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    keys = await several(served, store, checkInterval=300)
    presenter = commands(window, store, served.rest, tasks)
    presenter.set_interval(keys, 600)
    await done(tasks)
    assert {view.check_interval for view in await told(served, keys)} == {600}
    window.toasts.undo()
    await done(tasks)
    intervals = [view.check_interval for view in await told(served, keys)]
    assert intervals == [300, 86_400, 86_400]


async def test_where_nothing_is_to_change_that_is_said(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    keys = await several(served, store)
    presenter = commands(window, store, served.rest, tasks)
    presenter.tag(keys, "shop", add=False)
    presenter.set_interval(keys, 86_400)
    await done(tasks)
    assert {toast.title for toast in window.toasts.toasts()} == {"There was nothing to change"}


async def test_what_fails_for_some_is_said_in_one_toast_and_undo_restores_the_others(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    keys = await several(served, store, tags=[f"t{number}" for number in range(20)])
    presenter = commands(window, store, served.rest, tasks)
    presenter.tag(keys, "shop", add=True)
    await done(tasks)
    (toast,) = window.toasts.toasts()
    assert (toast.title, toast.kind) == ("Tagged 2 endpoints: shop", "warning")
    assert toast.detail.startswith("Not for 1 of 3: ")
    assert len(toast.detail) > len("Not for 1 of 3: ")
    window.toasts.undo()
    await done(tasks)
    views = await told(served, keys)
    assert [len(view.tags) for view in views] == [20, 0, 0]
    assert len(window.toasts.toasts()) == 0


async def test_a_connection_that_is_lost_in_between_is_named_with_what_was_done(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    keys = await several(served, store)
    left = set(keys[1:])

    async def ask(key: str) -> object:
        if key in left:
            return await Rest().patch(key, {"tags": ["shop"]})
        return await served.rest.patch(key, {"tags": ["shop"]})

    step = Step(ask, "Tagging", "Could not tag", "Tagged {count}", "Tagged {name}", ask)
    await Steps(store, tasks, ToastsPresenter(window.toasts, store, print), print).run(keys, step)
    (toast,) = window.toasts.toasts()
    assert toast.title == "Tagged Shop"
    assert toast.detail == "Not for 2 of 3: The connection was lost"


async def test_a_long_step_says_how_far_it_has_come_and_leaves_the_loop_free(
    window: MainWindow, store: Store, served: Served, tasks: TaskOwner
) -> None:
    answers = [
        await served.rest.create(
            {"name": f"E{number}", "url": "http://127.0.0.1:9/", "checkInterval": 86_400}
        )
        for number in range(40)
    ]
    keys = [view.id for view in answers if not isinstance(view, RestFailure)]
    await remember(store, served.rest, *keys)
    said: list[str] = []
    toasts = ToastsPresenter(window.toasts, store, print)
    presenter = CommandsPresenter(served.rest, store, tasks, toasts, said.append)
    presenter.tag(keys, "shop", add=True)
    turns = 0
    while tasks.names:
        turns += 1
        await asyncio.sleep(0)
    assert said[-1] == ""
    assert "Tagging: 10 of 40" in said
    assert "Tagging: 40 of 40" in said
    assert turns > len(keys)
    assert window.toasts.toasts()[-1].title == "Tagged 40 endpoints: shop"

""" "Test now" asks a real target through a real backend, and nothing is stored."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.presenters.editing import EditingPresenter
from app.services.child import Address
from app.services.failures import RestFailure
from app.services.rest import Rest
from app.state.store import Store
from app.tasks import TaskOwner
from backend.config import Settings
from backend.main import backend
from tests.helpers.target_server import Answer, Fault, TargetServer, running_target
from tests.helpers.waiting import done
from widgets.main_window import MainWindow

TOKEN = "the token of this test"
JSON = Answer(body=b'{"status": "ok"}', headers={"content-type": "application/json"})


@pytest.fixture
async def target() -> AsyncIterator[TargetServer]:
    async with running_target(JSON) as running:
        yield running


@pytest.fixture
async def rest(tmp_path: Path) -> AsyncIterator[Rest]:
    """The line to a backend that asks for real."""
    made = Rest()
    async with backend(Settings(data_dir=tmp_path, token=TOKEN)) as running:
        await made.set_address(Address(running.url, TOKEN))
        yield made
        await made.aclose()


@pytest.fixture
def editing(window: MainWindow, store: Store, rest: Rest, tasks: TaskOwner) -> EditingPresenter:
    return EditingPresenter(window, rest, store, tasks)


@pytest.fixture
def opened(window: MainWindow, editing: EditingPresenter) -> MainWindow:
    wire(window, editing)
    return window


def wire(window: MainWindow, editing: EditingPresenter) -> None:
    window.form.submitted.connect(editing.save)
    window.form.tested.connect(editing.test)
    window.form.cancelled.connect(editing.cancelled)
    window.show()
    editing.add()


def fill(window: MainWindow, url: str, *conditions: dict[str, object]) -> None:
    window.form.field("url").editor.setText(url)
    window.form.conditions.set_values(conditions)


async def test_a_draft_is_asked_once_and_nothing_is_kept(
    opened: MainWindow, rest: Rest, target: TargetServer, tasks: TaskOwner
) -> None:
    path = {"kind": "json", "path": "$.status", "comparison": "equals"}
    fill(opened, target.url, {**path, "value": "ok"}, {**path, "value": "odd"})
    opened.form.test()
    await done(tasks)
    assert target.hits == 1
    assert opened.form.trial.lead == "Failed"
    assert opened.form.trial.sentence == 'JSON $.status is "ok", expected "odd"'
    assert '"status": "ok"' in opened.form.trial.body.toPlainText()
    assert [row.outcome for row in opened.form.conditions.rows] == [
        'JSON $.status is "ok"',
        'JSON $.status is "ok", expected "odd"',
    ]
    page = await rest.endpoints()
    assert not isinstance(page, RestFailure)
    assert page.data == ()


async def test_a_target_that_refuses_is_said(opened: MainWindow, tasks: TaskOwner) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        fill(opened, f"http://127.0.0.1:{reserved.getsockname()[1]}")
        opened.form.test()
        await done(tasks)
    assert (opened.form.trial.lead, opened.form.trial.sentence) == ("Failed", "Connection refused")


async def test_what_the_backend_refuses_stands_beside_its_condition(
    opened: MainWindow, target: TargetServer, tasks: TaskOwner
) -> None:
    fill(
        opened,
        target.url,
        {"kind": "certificate", "minDays": 3},
        {"kind": "json", "path": "status", "comparison": "exists", "value": None},
        {"kind": "body", "comparison": "matches", "value": "("},
    )
    opened.form.test()
    await done(tasks)
    said = [row.error for row in opened.form.conditions.rows]
    assert said[0] == ""
    assert said[1].startswith("Is not a JSONPath")
    assert said[2].startswith("Is not a regular expression")
    assert opened.form.general_error == ""
    assert opened.form.trial.isHidden()
    assert target.hits == 0


async def test_an_endpoint_is_stored_with_its_conditions(
    opened: MainWindow, rest: Rest, target: TargetServer, tasks: TaskOwner
) -> None:
    fill(opened, target.url, {"kind": "status", "codes": ["200-299"]})
    opened.form.field("name").editor.setText("Shop")
    opened.form.submit()
    await done(tasks)
    page = await rest.endpoints()
    assert not isinstance(page, RestFailure)
    (stored,) = page.data
    assert [each.to_wire() for each in stored.assertions] == [
        {"kind": "status", "codes": ["200-299"]}
    ]


async def test_a_second_test_takes_the_place_of_the_first(
    opened: MainWindow, target: TargetServer, tasks: TaskOwner
) -> None:
    target.answer = Answer(fault=Fault.SILENCE)
    fill(opened, target.url)
    opened.form.test()
    await target.wait_for_hits(1)
    target.answer = JSON
    opened.form.test()
    await done(tasks, timeout=4)
    assert opened.form.trial.lead == "OK"


async def test_closing_the_sheet_ends_the_test(
    opened: MainWindow, target: TargetServer, tasks: TaskOwner
) -> None:
    target.answer = Answer(fault=Fault.SILENCE)
    fill(opened, target.url)
    opened.form.test()
    await target.wait_for_hits(1)
    opened.form.leave()
    await done(tasks, timeout=4)
    assert opened.form.trial.isHidden()


async def test_without_a_backend_it_says_so_and_keeps_what_was_typed(
    window: MainWindow, store: Store, tasks: TaskOwner
) -> None:
    editing = EditingPresenter(window, Rest(), store, tasks)
    wire(window, editing)
    fill(window, "http://a.example.com")
    window.form.test()
    await done(tasks)
    assert window.form.trial.lead == "Not tested"
    assert "no connection" in window.form.trial.sentence
    assert window.form.values()["url"] == "http://a.example.com"

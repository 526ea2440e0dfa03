"""The sheet in which an endpoint is added or edited."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import Limits
from widgets.body_edit import BodyEdit
from widgets.endpoint_form import EndpointForm
from widgets.style.palette import Theme
from widgets.url_edit import proposed_name


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> Iterator[EndpointForm]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 880)
    window.show()
    yield EndpointForm(theme, window)
    window.close()


def line(form: EndpointForm, key: str) -> QLineEdit:
    editor = form.field(key).editor
    assert isinstance(editor, QLineEdit)
    return editor


def text(form: EndpointForm, key: str) -> QPlainTextEdit:
    editor = form.field(key).editor
    if isinstance(editor, BodyEdit):
        return editor.text
    assert isinstance(editor, QPlainTextEdit)
    return editor


def number(form: EndpointForm, key: str) -> QSpinBox:
    editor = form.field(key).editor
    assert isinstance(editor, QSpinBox)
    return editor


EXISTING = {
    "url": "https://api.example.com",
    "name": "API",
    "method": "POST",
    "headers": {"Accept": "application/json"},
    "body": {"deep": [1, None]},
    "checkInterval": 30,
    "degradedThreshold": 900,
    "retryInterval": 10,
    "tags": ["eu", "core"],
    "note": "mine",
    "verifyTls": False,
    "isActive": True,
    "assertions": [
        {"kind": "status", "codes": ["200-299", "304"]},
        {"kind": "responseTime", "maxMs": 900},
        {"kind": "body", "comparison": "notMatches", "value": "err.*"},
        {"kind": "json", "path": "$.a", "comparison": "equals", "value": "1"},
        {"kind": "json", "path": "$.b", "comparison": "atLeast", "value": 1.5},
        {"kind": "json", "path": "$.c", "comparison": "notEquals", "value": None},
        {"kind": "json", "path": "$.d", "comparison": "notExists", "value": None},
        {"kind": "header", "name": "ETag", "comparison": "exists", "value": None},
        {"kind": "header", "name": "Age", "comparison": "lessThan", "value": "60"},
        {"kind": "certificate", "minDays": 21},
    ],
}


@pytest.mark.parametrize(
    ("typed", "meant", "name"),
    [
        (
            "api.example.com/health?deep=1",
            "https://api.example.com/health?deep=1",
            "api.example.com",
        ),
        ("localhost:8080", "http://localhost:8080", "localhost"),
        ("10.0.0.7:81/up", "http://10.0.0.7:81/up", "10.0.0.7"),
        ("[::1]/up", "http://[::1]/up", "::1"),
    ],
)
def test_a_host_is_enough_as_in_a_browser(
    qtbot: QtBot, form: EndpointForm, typed: str, meant: str, name: str
) -> None:
    form.open_new()
    url = line(form, "url")
    qtbot.keyClicks(url, typed)
    assert form.values()["url"] == meant, "a test by a key does not leave the field"
    with qtbot.waitSignal(form.submitted) as told:
        qtbot.keyClick(url, Qt.Key.Key_Return)
    assert (told.args[0]["url"], told.args[0]["name"]) == (meant, name)
    assert (url.text(), form.field("url").error) == (meant, "")


@pytest.mark.parametrize("typed", ["ftp://a.example", "example", "http:/a.example", "a b.example"])
def test_what_is_no_host_is_left_as_it_is_typed(
    qtbot: QtBot, form: EndpointForm, typed: str
) -> None:
    form.open_new()
    url = line(form, "url")
    qtbot.keyClicks(url, typed)
    line(form, "name").setFocus()
    assert url.text() == typed
    assert form.field("url").error == "Must start with http:// or https://"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("https://api.example.com/", "api.example.com"),
        ("https://shop.example.com/v1/health/", "shop.example.com/v1/health"),
        ("https://me:pw@shop.example.com", "shop.example.com"),
        ("http://localhost:8080", "localhost:8080"),
        ("http://localhost:99999/x", "localhost:99999/x"),
    ],
)
def test_a_name_that_is_taken_is_told_apart_by_port_and_path(
    qtbot: QtBot, form: EndpointForm, typed: str, name: str
) -> None:
    form.open_new({"localhost", "shop.example.com"})
    qtbot.keyClicks(line(form, "url"), typed)
    assert line(form, "name").text() == name
    long = f"http://localhost/{'x' * 300}"
    assert len(proposed_name(long, {"localhost"})) == Limits.NAME_LENGTH


def test_the_name_follows_the_host_until_it_is_typed(qtbot: QtBot, form: EndpointForm) -> None:
    form.open_new()
    qtbot.keyClicks(line(form, "url"), "https://api.example.com/health")
    assert line(form, "name").text() == "api.example.com"
    line(form, "name").clear()
    qtbot.keyClicks(line(form, "name"), "Mine")
    qtbot.keyClicks(line(form, "url"), "2")
    assert line(form, "name").text() == "Mine"


def test_a_new_endpoint_is_submitted_with_every_wire_field(
    qtbot: QtBot, form: EndpointForm
) -> None:
    form.open_new()
    qtbot.keyClicks(line(form, "url"), " https://a.example.com ")
    line(form, "tags").setText("eu, core,,")
    text(form, "body").setPlainText('{"a": 1}')
    with qtbot.waitSignal(form.submitted) as told:
        qtbot.keyClick(line(form, "url"), Qt.Key.Key_Return)
    assert told.args == [
        {
            "url": "https://a.example.com",
            "name": "a.example.com",
            "method": "GET",
            "checkInterval": 60,
            "expectedStatusCode": 200,
            "timeoutThreshold": 5000,
            "degradedThreshold": None,
            "failureThreshold": 3,
            "recoveryThreshold": 1,
            "retryInterval": None,
            "headers": None,
            "secretHeaders": [],
            "body": {"a": 1},
            "secretBody": False,
            "tags": ["eu", "core"],
            "note": "",
            "verifyTls": True,
            "followRedirects": True,
            "isActive": True,
            "assertions": [],
        }
    ]


def test_what_it_was_opened_with_comes_back_unchanged(form: EndpointForm) -> None:
    form.open_for(EXISTING)
    values = form.values()
    assert {key: values[key] for key in EXISTING} == EXISTING
    assert not form.is_dirty()


def test_an_edit_submits_only_what_changed(qtbot: QtBot, form: EndpointForm) -> None:
    form.open_for(EXISTING)
    number(form, "checkInterval").setValue(120)
    text(form, "body").setPlainText("")
    with qtbot.waitSignal(form.submitted) as told:
        form.submit()
    assert told.args == [{"checkInterval": 120, "body": None}]


def test_an_edit_that_changed_nothing_just_closes(qtbot: QtBot, form: EndpointForm) -> None:
    form.open_for(EXISTING)
    with qtbot.assertNotEmitted(form.submitted), qtbot.waitSignal(form.cancelled):
        form.submit()
    assert not form.isVisible()


def test_a_body_that_is_not_json_is_said_beside_it_and_not_sent(
    qtbot: QtBot, form: EndpointForm
) -> None:
    form.open_new()
    text(form, "body").setPlainText("{oops")
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()
    assert form.field("body").error.startswith("Not JSON")
    assert form.field("body").isVisible()


@pytest.mark.parametrize("body", ["NaN", "-Infinity", '"\\ud800"', "1e999", "[" * 100_000])
def test_a_body_that_cannot_be_sent_is_said_beside_it(
    qtbot: QtBot, form: EndpointForm, body: str
) -> None:
    form.open_new()
    text(form, "body").setPlainText(body)
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()
    assert form.field("body").error.startswith("Not JSON")
    assert form.is_dirty()


def test_the_backend_s_errors_stand_beside_their_fields(form: EndpointForm) -> None:
    form.open_new()
    form.show_errors({"url": "must name a host", "headers.X": "bad", "whatever": "odd"})
    assert form.field("url").error == "must name a host"
    assert form.field("headers").error == "bad"
    assert form.field("headers").isVisible()
    assert form.field("name").error == ""
    assert form.general_error == "odd"


def test_typing_takes_the_error_away(qtbot: QtBot, form: EndpointForm) -> None:
    form.open_new()
    form.show_errors({"url": "must name a host"})
    qtbot.keyClicks(line(form, "url"), "h")
    assert form.field("url").error == ""


def test_a_busy_form_is_not_submitted_twice(qtbot: QtBot, form: EndpointForm) -> None:
    form.open_new()
    form.submit()
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()
    form.show_errors({"url": "must name a host"})
    with qtbot.waitSignal(form.submitted):
        form.submit()


def test_escape_closes_an_untouched_form(qtbot: QtBot, form: EndpointForm) -> None:
    form.open_new()
    with qtbot.waitSignal(form.cancelled):
        qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_escape_asks_in_place_before_changes_are_lost(qtbot: QtBot, form: EndpointForm) -> None:
    form.open_new()
    qtbot.keyClicks(line(form, "url"), "https://a")
    with qtbot.assertNotEmitted(form.cancelled):
        qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert form.is_asking()
    assert form.isVisible()
    with qtbot.waitSignal(form.cancelled):
        form.discard_button.click()
    assert not form.isVisible()


def test_numbers_keep_to_the_shared_limits(form: EndpointForm) -> None:
    form.open_new()
    assert number(form, "checkInterval").minimum() == Limits.INTERVAL_S[0]
    assert number(form, "checkInterval").maximum() == Limits.INTERVAL_S[1]
    assert number(form, "timeoutThreshold").maximum() == Limits.TIMEOUT_MS[1]


def test_the_form_opened_again_is_fresh(form: EndpointForm) -> None:
    form.open_for(EXISTING)
    form.show_errors({"url": "bad"})
    form.close_sheet()
    form.open_new()
    assert form.values()["headers"] is None
    assert line(form, "url").text() == ""
    assert form.field("url").error == ""


def test_the_sheet_is_480_wide_at_the_right(form: EndpointForm) -> None:
    form.open_new()
    assert form.sheet_geometry().width() == 480
    assert form.sheet_geometry().right() + 1 == 1280


def test_the_tab_key_stays_in_the_sheet(qtbot: QtBot, form: EndpointForm) -> None:
    form.open_new()
    window = form.window()
    behind = QLineEdit(window)
    behind.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    order = []
    for _ in range(12):
        found = window.focusWidget()
        assert found is not None
        order.append(found)
        qtbot.keyClick(found, Qt.Key.Key_Tab)
    assert all(form.isAncestorOf(widget) for widget in order)
    assert order[1] is line(form, "name")
    assert order.count(line(form, "url")) > 1


def test_enter_saves_on_the_save_button_and_in_a_number(qtbot: QtBot, form: EndpointForm) -> None:
    form.open_for(EXISTING)
    interval = number(form, "checkInterval")
    interval.setFocus()
    interval.lineEdit().setText("45")
    with qtbot.waitSignal(form.submitted) as told:
        qtbot.keyClick(interval, Qt.Key.Key_Return)
    assert told.args == [{"checkInterval": 45}]
    form.set_busy(False)
    (save,) = (one for one in form.findChildren(QPushButton) if one.text() == "Save")
    save.setFocus()
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(save, Qt.Key.Key_Return)


def test_a_secret_body_and_header_stay_secret_until_they_are_let_go(
    qtbot: QtBot, form: EndpointForm
) -> None:
    kept = {"headers": {"X-Own": "{{secret:auto.x-own.1}}"}, "body": "{{secret:auto.body.1}}"}
    form.open_for({**EXISTING, **kept})
    body = form.field("body").editor
    assert isinstance(body, BodyEdit)
    assert not form.is_dirty()
    qtbot.keyClick(body.replace_button, Qt.Key.Key_Space)
    qtbot.keyClicks(body.text, "[2]")
    with qtbot.waitSignal(form.submitted) as told:
        form.submit()
    assert told.args == [{"body": [2]}], "it stays as secret as it was"
    form.set_busy(False)
    body.secret.click()
    with qtbot.waitSignal(form.submitted) as told:
        form.submit()
    assert told.args == [{"body": [2], "secretBody": False}]


def test_what_is_there_becomes_secret_without_being_typed_anew(
    qtbot: QtBot, form: EndpointForm
) -> None:
    form.open_for(EXISTING)
    body = form.field("body").editor
    assert isinstance(body, BodyEdit)
    body.secret.click()
    assert form.is_dirty()
    with qtbot.waitSignal(form.submitted) as told:
        form.submit()
    assert told.args == [{"secretBody": True}]

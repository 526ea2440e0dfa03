""" "Test now" in the sheet: what is asked, what is shown, and values that become conditions."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import FindingResult, Status
from widgets.endpoint_form import EndpointForm
from widgets.style.palette import Theme
from widgets.trial_values import Finding, Phase, Trial

OK_BODY = '{"status": "ok", "deep": {"n": 3, "secret": "•••"}, "list": [true]}'


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> Iterator[EndpointForm]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(960, 640)
    window.show()
    made = EndpointForm(theme, window)
    made.open_new()
    url = made.field("url").editor
    assert isinstance(url, QLineEdit)
    url.setText("https://a.example.com")
    yield made
    window.close()


def trial(status: Status = Status.UP, message: str | None = None, body: str = "", **more) -> Trial:
    given = {
        "status": status,
        "message": message,
        "status_code": 200,
        "latency_ms": 84.0,
        "phases": ((Phase.CONNECT, 1.5), (Phase.FIRST_BYTE, 80.0)),
        "url": "https://a.example.com/",
        "redirects": 0,
        "body": body,
        "body_bytes": len(body),
        "body_is_cut": False,
        "findings": (),
    }
    return Trial(**{**given, **more})


def tried(form: EndpointForm, found: Trial) -> None:
    form.test()
    form.show_trial(found)


def test_the_present_draft_is_asked_for_and_needs_no_name(qtbot: QtBot, form: EndpointForm) -> None:
    with qtbot.waitSignal(form.tested) as told:
        form.test_button.click()
    assert told.args[0] == {k: v for k, v in form.values().items() if k != "name"}
    assert form.trial.isVisible()
    assert form.trial.lead == "Testing..."


def test_ctrl_enter_tests_and_does_not_save(qtbot: QtBot, form: EndpointForm) -> None:
    form.window().activateWindow()
    qtbot.waitUntil(form.window().isActiveWindow)
    with qtbot.assertNotEmitted(form.submitted), qtbot.waitSignal(form.tested):
        qtbot.keyClick(
            form.field("url").editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )


def test_what_was_found_under_another_url_is_not_shown_of_this_one(
    qtbot: QtBot, form: EndpointForm
) -> None:
    tried(form, trial(Status.DOWN, "Connection refused"))
    url = form.field("url").editor
    qtbot.keyClicks(url, "/")
    assert form.trial.isHidden()

    form.test()
    qtbot.keyClicks(url, "a")
    form.show_trial(trial(Status.DOWN, "Connection refused"))
    assert form.trial.isHidden()

    tried(form, trial(Status.DOWN, "Expected status 200, got 405"))
    method = form.field("method").editor
    assert isinstance(method, QComboBox)
    method.setCurrentText("POST")
    assert form.trial.isHidden()


@pytest.mark.parametrize(
    ("found", "lead", "sentence"),
    [
        (trial(), "OK", "It answers as expected."),
        (trial(Status.DEGRADED), "Slow", "It answers, but slowly."),
        (trial(Status.DOWN, "Connection refused"), "Failed", "Connection refused"),
        (
            trial(
                Status.DEGRADED,
                findings=(Finding(FindingResult.WARNS, "TLS certificate has 2 days left"),),
            ),
            "Slow",
            "TLS certificate has 2 days left",
        ),
    ],
)
def test_the_result_is_a_word_and_a_sentence(
    form: EndpointForm, found: Trial, lead: str, sentence: str
) -> None:
    tried(form, found)
    assert (form.trial.lead, form.trial.sentence) == (lead, sentence)
    assert form.trial.accessibleName() == f"{lead}, 200   84 ms, {sentence}"


def test_a_draft_that_is_plainly_wrong_is_not_asked_for(qtbot: QtBot, form: EndpointForm) -> None:
    form.conditions.set_values([{"kind": "status", "codes": ["2xx"]}])
    with qtbot.assertNotEmitted(form.tested):
        form.test()
    assert "such as 204" in form.conditions.rows[0].error
    assert form.conditions.rows[0].isVisible()
    assert form.trial.isHidden()


def test_why_no_test_could_be_made_is_said_in_its_place(form: EndpointForm) -> None:
    form.test()
    form.show_trial_problem("There is no connection.")
    assert (form.trial.lead, form.trial.sentence) == ("Not tested", "There is no connection.")


def test_what_comes_after_the_sheet_was_closed_is_dropped(form: EndpointForm) -> None:
    form.test()
    form.leave()
    form.open_new()
    form.show_trial(trial())
    form.refuse_trial({"url": "must name a host"})
    form.show_trial_problem("late")
    assert form.trial.isHidden()
    assert form.field("url").error == ""


def test_a_saving_ends_the_test(form: EndpointForm) -> None:
    form.test()
    form.submit()
    form.show_trial(trial())
    assert form.trial.isHidden()


def test_each_condition_has_its_outcome_beside_it_until_it_is_edited(
    qtbot: QtBot, form: EndpointForm
) -> None:
    form.conditions.set_values(
        [{"kind": "responseTime", "maxMs": 50}, {"kind": "status", "codes": ["200"]}]
    )
    findings = (
        Finding(FindingResult.FAILS, "Response time 84 ms, expected at most 50 ms"),
        Finding(FindingResult.HOLDS, "Status 200"),
    )
    tried(form, trial(Status.DOWN, findings[0].message, findings=findings))
    slow, fine = form.conditions.rows
    assert slow.outcome == findings[0].message
    assert fine.outcome == "Status 200"
    qtbot.keyClicks(fine.subject, "1")
    assert (slow.outcome, fine.outcome) == (findings[0].message, "")


def test_a_row_removed_during_a_test_does_not_shift_what_was_found(form: EndpointForm) -> None:
    form.conditions.set_values(
        [{"kind": "responseTime", "maxMs": 50}, {"kind": "status", "codes": ["200"]}]
    )
    form.test()
    form.conditions.rows[0].remove_button.click()
    one, other = Finding(FindingResult.FAILS, "first"), Finding(FindingResult.HOLDS, "second")
    form.show_trial(trial(findings=(one, other)))
    assert [row.outcome for row in form.conditions.rows] == ["second"]


def test_a_click_on_a_json_value_makes_a_condition(qtbot: QtBot, form: EndpointForm) -> None:
    tried(form, trial(body=OK_BODY))
    line = form.trial.body.document().findBlockByNumber(1)
    place = form.trial.body.cursorRect(QTextCursor(line)).center() + QPoint(30, 0)
    qtbot.mouseClick(form.trial.body.viewport(), Qt.MouseButton.LeftButton, pos=place)
    wanted = {"kind": "json", "path": "$.status", "comparison": "equals", "value": "ok"}
    assert form.values()["assertions"] == [wanted]
    assert form.conditions.isVisible()
    qtbot.mouseClick(form.trial.body.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert form.values()["assertions"] == [wanted]


def test_enter_on_a_line_does_the_same_and_a_secret_is_not_offered(
    qtbot: QtBot, form: EndpointForm
) -> None:
    tried(form, trial(body=OK_BODY))
    body = form.trial.body
    for _ in range(body.blockCount()):
        qtbot.keyClick(body, Qt.Key.Key_Return)
        qtbot.keyClick(body, Qt.Key.Key_Down)
    conditions = form.values()["assertions"]
    assert isinstance(conditions, list)
    assert [(each["path"], each["value"]) for each in conditions] == [
        ("$.status", "ok"),
        ("$.deep.n", 3),
        ("$.list[0]", True),
    ]


def test_the_tab_key_reaches_the_body_and_the_button(qtbot: QtBot, form: EndpointForm) -> None:
    tried(form, trial(body=OK_BODY))
    window = form.window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    order = []
    for _ in range(10):
        found = window.focusWidget()
        assert found is not None
        order.append(found)
        qtbot.keyClick(found, Qt.Key.Key_Tab)
    places = [
        order.index(part)
        for part in (form.field("checkInterval").editor, form.trial.body, form.test_button)
    ]
    assert places == sorted(places)


def test_a_pasted_curl_command_fills_the_form(qtbot: QtBot, form: EndpointForm) -> None:
    url = form.field("url").editor
    assert isinstance(url, QLineEdit)
    url.clear()
    QApplication.clipboard().setText(
        "curl -X PUT 'https://b.example.com/x' \\\n -H 'A: b' -d '{\"a\": 1}'"
    )
    qtbot.keyClick(url, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    values = form.values()
    assert values["url"] == "https://b.example.com/x"
    assert values["name"] == "b.example.com"
    assert (values["method"], values["headers"], values["body"]) == ("PUT", {"A": "b"}, {"a": 1})


def test_a_command_that_is_typed_is_left_alone(qtbot: QtBot, form: EndpointForm) -> None:
    url = form.field("url").editor
    assert isinstance(url, QLineEdit)
    url.clear()
    qtbot.keyClicks(url, "curl http://b.example.com")
    assert url.text() == "curl http://b.example.com"


def test_it_is_said_in_korean(form: EndpointForm, korean: None) -> None:
    tried(form, trial(Status.DOWN, 'JSON $.a is "b", expected "c"'))
    assert form.test_button.text() == "지금 테스트"
    assert form.trial.sentence == 'JSON $.a 값이 "b"입니다 - 기대: "c"'

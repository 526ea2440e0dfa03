"""The sheet in which a channel is added or edited: fields by kind, secrets, policy."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from widgets.channel_form import ChannelForm
from widgets.channel_roles import MASK, ChannelKind, Occasion
from widgets.secret_edit import SecretEdit
from widgets.style.palette import Theme

EXISTING = {
    "id": "1",
    "type": "webhook",
    "name": "Ops",
    "config": {"url": MASK, "headers": {"Authorization": MASK}, "secret": None},
    "isActive": True,
    "policy": {
        "events": ["down", "recovered"],
        "tags": ["eu"],
        "quietHours": {"start": "22:00", "end": "07:00", "timeZone": "Asia/Seoul"},
        "reminderMinutes": 30,
    },
}


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> Iterator[ChannelForm]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 880)
    window.show()
    yield ChannelForm(theme, window)
    window.close()


@pytest.fixture
def sent(form: ChannelForm) -> list[dict[str, object]]:
    heard: list[dict[str, object]] = []
    form.submitted.connect(heard.append)
    return heard


def choose(qtbot: QtBot, form: ChannelForm, kind: ChannelKind) -> None:
    """Go to a kind by the keyboard, as a person would."""
    form.kind.setFocus()
    while form.config.kind is not kind:
        before = form.config.kind
        qtbot.keyClick(form.kind, Qt.Key.Key_Down)
        assert form.config.kind is not before


def secret(form: ChannelForm, key: str) -> SecretEdit:
    field = form.field(f"config.{key}")
    assert field is not None
    assert isinstance(field.editor, SecretEdit)
    return field.editor


def line(form: ChannelForm, key: str) -> QLineEdit:
    field = form.field(key)
    assert field is not None
    assert isinstance(field.editor, QLineEdit)
    return field.editor


def error(form: ChannelForm, key: str) -> str:
    field = form.field(key)
    assert field is not None
    return field.error


def test_a_new_mail_channel_is_submitted_under_the_wires_names(
    qtbot: QtBot, form: ChannelForm, sent: list[dict[str, object]]
) -> None:
    form.open_new()
    qtbot.keyClicks(line(form, "config.to"), "a@x.test, b@x.test")
    qtbot.keyClicks(line(form, "config.from"), "v@x.test")
    qtbot.keyClicks(line(form, "config.host"), "mail.test")
    qtbot.keyClicks(secret(form, "password").line, "s3cret")
    form.policy.occasions.boxes[Occasion.DEGRADED].click()
    qtbot.keyClick(line(form, "config.host"), Qt.Key.Key_Return)
    assert sent == [
        {
            "name": "E-mail",
            "type": "email",
            "config": {
                "to": ["a@x.test", "b@x.test"],
                "from": "v@x.test",
                "host": "mail.test",
                "security": "starttls",
                "port": 587,
                "user": None,
                "password": "s3cret",
            },
            "isActive": True,
            "policy": {
                "events": ["down", "recovered", "degraded"],
                "tags": [],
                "quietHours": None,
                "reminderMinutes": None,
            },
        }
    ]


@pytest.mark.parametrize(
    ("kind", "config"),
    [
        (ChannelKind.SLACK, {"webhookUrl": "https://hooks.slack.test/x"}),
        (ChannelKind.WEBHOOK, {"url": "https://api.test/x", "headers": None, "secret": None}),
        (ChannelKind.APPRISE, {"url": "ntfy://me"}),
    ],
)
def test_each_kind_has_its_own_fields(
    qtbot: QtBot,
    form: ChannelForm,
    sent: list[dict[str, object]],
    kind: ChannelKind,
    config: dict[str, str],
) -> None:
    form.open_new()
    choose(qtbot, form, kind)
    key, value = next(iter(config.items()))
    qtbot.keyClicks(secret(form, key).line, value)
    qtbot.keyClick(secret(form, key).line, Qt.Key.Key_Return)
    assert (sent[0]["type"], sent[0]["config"]) == (kind.value, config)


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_sent(
    form: ChannelForm, sent: list[dict[str, object]]
) -> None:
    form.open_new()
    for box in form.policy.occasions.boxes.values():
        box.setChecked(False)
    form.submit()
    assert sent == []
    assert error(form, "config.host") == "This is needed."
    assert error(form, "policy.events") == "Choose at least one."


def test_a_stored_secret_is_never_shown_and_stays_when_it_is_not_replaced(
    form: ChannelForm, sent: list[dict[str, object]]
) -> None:
    form.open_for(EXISTING)
    assert secret(form, "url").is_kept
    assert not form.is_dirty()
    line(form, "name").setText("Renamed")
    form.submit()
    assert sent == [{"name": "Renamed"}]


def test_a_secret_is_replaced_by_choice_and_the_choice_can_be_taken_back(
    qtbot: QtBot, form: ChannelForm, sent: list[dict[str, object]]
) -> None:
    form.open_for(EXISTING)
    url = secret(form, "url")
    url.replace_button.click()
    assert url.line.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(url.line, "https://new.test")
    url.keep_button.click()
    assert not form.is_dirty()
    url.replace_button.click()
    qtbot.keyClicks(url.line, "https://new.test")
    form.submit()
    headers = {"Authorization": MASK}
    assert sent == [{"config": {"url": "https://new.test", "headers": headers, "secret": None}}]


def test_a_needed_secret_cannot_be_replaced_by_nothing(
    form: ChannelForm, sent: list[dict[str, object]]
) -> None:
    form.open_for(EXISTING)
    secret(form, "url").replace_button.click()
    form.submit()
    assert error(form, "config.url") == "This is needed."
    assert sent == []


def test_typing_into_a_stored_header_begins_a_new_one(qtbot: QtBot, form: ChannelForm) -> None:
    form.open_for(EXISTING)
    field = form.field("config.headers")
    assert field is not None
    edit = field.editor.findChildren(QLineEdit)[1]
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    edit.setCursorPosition(len(edit.text()))
    qtbot.keyClicks(edit, "abc")
    assert edit.text() == "abc"


def test_quiet_hours_can_be_changed_and_given_up(
    form: ChannelForm, sent: list[dict[str, object]]
) -> None:
    form.open_for(EXISTING)
    form.policy.span.start.setText("7:30")
    assert form.policy.values()["quietHours"] == {
        "start": "07:30",
        "end": "07:00",
        "timeZone": "Asia/Seoul",
    }
    form.policy.span.start.setText("7:00")
    form.submit()
    assert error(form, "policy.quietHours") == "Quiet hours must not end when they start."
    form.policy.is_quiet.click()
    form.submit()
    policy = sent[0]["policy"]
    assert isinstance(policy, dict)
    assert policy["quietHours"] is None


def test_new_quiet_hours_propose_a_time_zone(form: ChannelForm) -> None:
    form.open_new()
    form.policy.is_quiet.click()
    assert form.policy.span.zone.text()
    assert form.policy.span.zone.completer() is not None


def test_the_backends_errors_stand_beside_their_fields_and_the_rest_above(
    form: ChannelForm,
) -> None:
    form.open_for(EXISTING)
    form.show_errors({"config.url": "Bad", "policy.quietHours.timeZone": "Unknown", "": "Else"})
    assert error(form, "config.url") == "Bad"
    assert error(form, "policy.quietHours") == "Unknown"
    assert form.general_error == "Else"


def test_the_port_follows_the_security_until_it_is_somebodys_own(
    qtbot: QtBot, form: ChannelForm
) -> None:
    form.open_new()
    security, port = form.field("config.security"), form.field("config.port")
    assert security is not None
    assert port is not None
    qtbot.keyClick(security.editor, Qt.Key.Key_Down)
    assert port.editor.property("value") == 465
    port.editor.setProperty("value", 2525)
    qtbot.keyClick(security.editor, Qt.Key.Key_Down)
    assert port.editor.property("value") == 2525


def test_closing_asks_only_when_something_would_be_lost(qtbot: QtBot, form: ChannelForm) -> None:
    form.open_new()
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    form.open_new()
    qtbot.keyClicks(line(form, "config.host"), "mail")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert form.is_asking()

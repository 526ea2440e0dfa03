"""The connection light says how the line stands, in colour and words."""

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from widgets.connection_light import ConnectionLight, LinkState
from widgets.style.palette import Theme
from widgets.style.tokens import LIGHT, Tone


@pytest.fixture
def light(qtbot: QtBot, theme: Theme) -> ConnectionLight:
    made = ConnectionLight(theme)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("state", "words", "tooltip", "tone"),
    [
        (LinkState("connected", latency_ms=12), "Live - 12 ms", "Live", LIGHT.up),
        (LinkState("connected"), "Live", "Live", LIGHT.up),
        (LinkState("connecting"), "Connecting...", "Connecting...", LIGHT.connecting),
        (LinkState("connecting", 3), "Connecting...", "Reconnecting, try 3", LIGHT.connecting),
        (
            LinkState("waiting", 2, 4.0),
            "Reconnecting, try 2, in 4 s",
            "Disconnected\nTry 2 in 4 s - click to reconnect now",
            LIGHT.down,
        ),
        (LinkState("given_up"), "Disconnected - Reconnect now", "Disconnected", LIGHT.down),
    ],
)
def test_each_phase_has_its_words_tooltip_and_colour(
    light: ConnectionLight, state: LinkState, words: str, tooltip: str, tone: Tone
) -> None:
    light.show_link(state)
    assert light.text() == words
    assert light.toolTip() == tooltip
    assert light.tone() == tone
    assert words in light.accessibleName()


def test_fewer_digits_leave_it_as_wide_until_the_line_is_down(light: ConnectionLight) -> None:
    """Else the search field and the button beside it move every few seconds."""

    def width_at(latency_ms: float) -> int:
        light.show_link(LinkState("connected", latency_ms=latency_ms))
        return light.sizeHint().width()

    narrow, wide = width_at(2), width_at(189)
    assert narrow < wide == width_at(2) == light.full_width
    light.set_brief(True)
    assert light.sizeHint().width() < narrow
    light.set_brief(False)
    light.show_link(LinkState("connecting"))
    assert width_at(2) == narrow


def test_the_seconds_to_the_next_try_count_down_by_themselves(
    qtbot: QtBot, light: ConnectionLight
) -> None:
    light.show_link(LinkState("waiting", 2, 1.2))
    assert light.text().endswith("in 2 s")
    qtbot.waitUntil(lambda: light.text().endswith("in 1 s"))
    qtbot.waitUntil(lambda: light.text().endswith("in 0 s"))


@pytest.mark.parametrize("state", [LinkState("waiting", 2, 4.0), LinkState("given_up")])
def test_a_click_while_the_line_is_down_asks_to_reconnect(
    qtbot: QtBot, light: ConnectionLight, state: LinkState
) -> None:
    light.show_link(state)
    with qtbot.waitSignal(light.reconnect_requested):
        qtbot.mouseClick(light, Qt.MouseButton.LeftButton)


def test_a_click_on_a_live_line_asks_for_nothing(qtbot: QtBot, light: ConnectionLight) -> None:
    light.show_link(LinkState("connected"))
    with qtbot.assertNotEmitted(light.reconnect_requested):
        qtbot.mouseClick(light, Qt.MouseButton.LeftButton)


def test_it_speaks_korean(light: ConnectionLight, korean: None) -> None:
    light.show_link(LinkState("connected"))
    assert light.toolTip() == "실시간 연결"
    light.show_link(LinkState("given_up"))
    assert light.toolTip() == "연결 끊김"


def test_no_seconds_are_counted_that_nobody_sees(light: ConnectionLight) -> None:
    tick = light.findChild(QTimer)
    assert isinstance(tick, QTimer)
    light.hide()
    light.show_link(LinkState("waiting", 2, 4.0))
    assert not tick.isActive()
    light.show()
    assert tick.isActive()
    light.hide()
    assert not tick.isActive()
    light.show()
    light.show_link(LinkState("connected"))
    assert not tick.isActive()

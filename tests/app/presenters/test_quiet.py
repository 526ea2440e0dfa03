"""A pause of alerts ends when it should, can be ended before, and outlasts a restart."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.host.settings import SettingsFile
from app.presenters.quiet import Quiet, end_of
from widgets.quiet_phrases import Pause

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def quiet(folder: Path, clock: Clock) -> Quiet:
    return Quiet(SettingsFile(folder / "settings.json"), now=clock)


def test_a_pause_is_told_and_survives_a_restart(qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    first = quiet(tmp_path, clock)
    assert first.until is None
    with qtbot.waitSignal(first.changed) as told:
        first.begin(Pause.HOUR)
    assert told.args == [NOON + timedelta(hours=1)]
    clock.now += timedelta(minutes=59)
    assert quiet(tmp_path, clock).until == NOON + timedelta(hours=1)
    clock.now += timedelta(minutes=1)
    assert quiet(tmp_path, clock).until is None


def test_it_ends_by_itself_by_the_clock_on_the_wall(
    qtbot: QtBot, tmp_path: Path, clock: Clock
) -> None:
    pause = quiet(tmp_path, clock)
    pause.begin(Pause.HALF_HOUR)
    clock.now += timedelta(minutes=29)
    with qtbot.assertNotEmitted(pause.changed):
        pause.look()
    clock.now += timedelta(minutes=1)
    with qtbot.waitSignal(pause.changed) as told:
        pause.look()
    assert told.args == [None]


def test_its_last_moments_are_timed(qtbot: QtBot, tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    file.change("quiet_until", datetime.now(UTC).timestamp() + 0.2)
    with qtbot.waitSignal(Quiet(file, QApplication.instance()).changed, timeout=5000) as told:
        pass
    assert told.args == [None]


def test_it_can_be_ended_before_and_stays_ended(qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    pause = quiet(tmp_path, clock)
    pause.begin(Pause.TOMORROW)
    with qtbot.waitSignal(pause.changed) as told:
        pause.end()
    assert told.args == [None]
    assert quiet(tmp_path, clock).until is None
    with qtbot.assertNotEmitted(pause.changed):
        pause.end()


def test_until_tomorrow_is_the_next_days_morning_here() -> None:
    end = end_of(Pause.TOMORROW, NOON).astimezone()
    assert (end.hour, end.minute) == (8, 0)
    assert end.date() == NOON.astimezone().date() + timedelta(days=1)

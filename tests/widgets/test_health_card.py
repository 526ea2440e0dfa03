"""The health card warns before trouble becomes false alarms, and says when all is well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import BackupTrouble, RestoredFrom, StorageTrouble
from widgets.health_card import HealthCard
from widgets.health_facts import HealthFacts, Restored
from widgets.pages import ViewState
from widgets.style.palette import Theme

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
WELL = HealthFacts(
    now=NOW,
    started_at=NOW - timedelta(hours=3),
    loop_p50_ms=1,
    loop_p99_ms=9,
    window_p50_ms=1,
    window_p99_ms=4,
    under_way=2,
    waiting=0,
    late_now=0,
    late=0,
    begun=1234,
    database_bytes=12_400_000,
    free_bytes=34_000_000_000,
    alerts_waiting=0,
    alerts_waiting_since=None,
    alerts_failed=0,
    backup_at=NOW - timedelta(hours=5),
    backup_trouble=None,
    backups=7,
    trouble=None,
    restored=None,
    secrets_in_keyring=3,
    secrets_in_file=0,
    next_secret_in_keyring=True,
    reconnects=0,
    gaps=0,
)


@pytest.fixture
def card(qtbot: QtBot, theme: Theme) -> HealthCard:
    made = HealthCard(theme)
    qtbot.addWidget(made)
    return made


def test_all_is_well(card: HealthCard) -> None:
    card.show_facts(WELL)
    assert card.verdicts == ["All is well"]
    assert card.value("checks") == "2 under way, 0 waiting, 0 of 1,234 began late"
    assert card.value("data") == "12.4 MB, 34.0 GB of the disk free"
    assert card.value("runs") == "3 h"


@pytest.mark.parametrize(
    ("in_keyring", "in_file", "next_in_keyring", "words"),
    [
        (3, 0, True, "in this computer's keyring"),
        (0, 0, True, "in this computer's keyring"),
        (0, 0, False, "in a file only you can read"),
        (0, 2, True, "in a file only you can read"),
        (3, 2, True, "3 in the keyring, 2 in a file only you can read"),
    ],
)
def test_where_secrets_are_is_said(
    card: HealthCard, in_keyring: int, in_file: int, next_in_keyring: bool, words: str
) -> None:
    card.show_facts(
        replace(
            WELL,
            secrets_in_keyring=in_keyring,
            secrets_in_file=in_file,
            next_secret_in_keyring=next_in_keyring,
        )
    )
    assert card.value("secrets") == words


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        ({"trouble": StorageTrouble.FULL}, "Results cannot be stored: the disk is full"),
        ({"free_bytes": 199_000_000}, "Only 199.0 MB of the disk are free"),
        ({"late_now": 3}, "Checks are late, waiting for their turn: 3"),
        ({"loop_p99_ms": 501}, "This computer is too busy: results may come late"),
        ({"window_p99_ms": 501}, "This computer is too busy: results may come late"),
        (
            {"alerts_waiting": 1, "alerts_waiting_since": NOW - timedelta(days=30)},
            "Alerts wait since Oct 26",
        ),
        ({"backup_trouble": BackupTrouble.NO_ROOM}, "The disk has no room for a backup"),
        ({"backup_trouble": BackupTrouble.DAMAGED}, "The data are damaged"),
        ({"backup_at": NOW - timedelta(days=3)}, "The last backup is more than two days old"),
    ],
)
def test_it_warns(card: HealthCard, change: dict[str, object], warning: str) -> None:
    card.show_facts(replace(WELL, **change))
    (said,) = card.verdicts
    assert said.startswith(warning)
    card.show_facts(WELL)
    assert card.verdicts == ["All is well"]


def test_it_says_what_was_restored_and_where_the_damaged_file_lies(card: HealthCard) -> None:
    restored = Restored(NOW, RestoredFrom.NOTHING, None, "/data/vigil-damaged.db")
    card.show_facts(replace(WELL, restored=restored))
    said = card._restored.text()
    assert "Vigil began anew" in said
    assert "/data/vigil-damaged.db" in said


def test_without_an_answer_it_says_so_and_asks_again(qtbot: QtBot, card: HealthCard) -> None:
    card.show_failure("no connection")
    assert card.states.state is ViewState.ERROR
    with qtbot.waitSignal(card.retry_requested):
        card.states.empty_state.buttons()[0].click()
    card.show_facts(WELL)
    card.show_failure("no connection")
    assert card.states.state is ViewState.NORMAL, "what is known stays to be read"

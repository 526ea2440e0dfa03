"""Toasts say what the contract's table says, in both languages, and nothing else."""

import pytest
from PySide6.QtWidgets import QApplication

from app.host.language import Language
from app.presenters.toasts import ToastsPresenter, toast_of
from app.services.failures import Broken, Unreachable
from app.state.store import Store
from backend.contract.vocabulary import Resolution, Status
from tests.app.state.builders import became, created, deleted, ended, snapshot, started, state
from widgets.main_window import MainWindow


def change(previous: Status, current: Status):
    return became(current, 1).model_copy(update={"previous_status": previous})


TABLE = [
    (change(Status.DOWN, Status.UP), "✅ Endpoint a is up", "✅ Endpoint a 정상 작동", "success"),
    (change(Status.UP, Status.DOWN), "❌ Endpoint a is down", "❌ Endpoint a 장애 발생", "error"),
    (
        change(Status.UP, Status.DEGRADED),
        "⚠️ Endpoint a is slow",
        "⚠️ Endpoint a 성능 저하",
        "warning",
    ),
    (
        change(Status.UNKNOWN, Status.DOWN),
        "❌ Endpoint a is down",
        "❌ Endpoint a 장애 발생",
        "error",
    ),
    (started(1), "🚨 Incident started: Endpoint a", "🚨 Endpoint a 장애 시작됨", "error"),
    (ended(1), "✨ Endpoint a has recovered", "✨ Endpoint a 복구됨", "success"),
]


@pytest.mark.parametrize(("event", "english", "korean", "kind"), TABLE)
def test_the_words_are_the_contracts(
    qapp: QApplication, event: object, english: str, korean: str, kind: str
) -> None:
    speech = Language(qapp)
    try:
        for code, words in (("en", english), ("ko", korean)):
            speech.use(code)
            toast = toast_of(event)
            assert toast is not None
            assert (toast.title, toast.kind) == (words, kind)
    finally:
        speech.use("en")


SILENT = [
    change(Status.UNKNOWN, Status.UP),
    change(Status.DOWN, Status.UNKNOWN),
    change(Status.UP, Status.UNKNOWN),
    *(
        ended(1).model_copy(update={"reason": reason})
        for reason in (Resolution.EDITED, Resolution.PAUSED, Resolution.DELETED)
    ),
    created(1),
    deleted(1),
]


@pytest.mark.parametrize("event", SILENT)
def test_what_is_told_to_nobody_has_no_toast(qapp: QApplication, event: object) -> None:
    assert toast_of(event) is None


def test_a_recovery_shows_both_its_toasts(window: MainWindow, store: Store) -> None:
    store.replace(snapshot(state("a")))
    opened: list[str] = []
    toasts = ToastsPresenter(window.toasts, store, opened.append)
    toasts.on_event(change(Status.DOWN, Status.UP))
    toasts.on_event(ended(2))
    shown = window.toasts.toasts()
    assert [toast.title for toast in shown] == [
        "✅ Endpoint a is up",
        "✨ Endpoint a has recovered",
    ]
    assert shown[1].detail == "Was down for 2 min"
    shown[0].actions[0][1]()
    assert opened == ["a"]


def test_in_a_storm_five_are_shown_and_the_others_counted(window: MainWindow, store: Store) -> None:
    now = 100.0
    toasts = ToastsPresenter(window.toasts, store, lambda _: None, now=lambda: now)
    for _ in range(1000):
        toasts.on_event(change(Status.UP, Status.DOWN))
        toasts.on_event(created(1))
    cards = window.toasts.cards()
    assert len(cards) == 5
    assert window.toasts.missed == 995
    window.toasts.pass_time(1)
    assert window.toasts.more_button.text() == "+995 more"
    now += 3.0
    toasts.on_event(change(Status.DOWN, Status.UP))
    assert window.toasts.toasts()[-1].title == "✅ Endpoint a is up"
    toasts.say("info", "Said by somebody else")
    assert window.toasts.toasts()[-1].title == "Said by somebody else"


def test_an_endpoint_that_is_gone_cannot_be_opened(window: MainWindow, store: Store) -> None:
    ToastsPresenter(window.toasts, store, lambda _: None).on_event(change(Status.UP, Status.DOWN))
    assert window.toasts.toasts()[0].actions == ()


def test_a_failed_command_says_why(window: MainWindow, store: Store) -> None:
    toasts = ToastsPresenter(window.toasts, store, lambda _: None)
    toasts.command_failed("Could not pause: Shop", Unreachable(("refused",)))
    toasts.command_failed("Could not pause: Shop", Broken(("disk full",)))
    first, second = window.toasts.toasts()
    assert "no connection" in first.detail
    assert second.detail == "Disk full"


def test_a_subscription_that_failed_is_told_in_the_contracts_words(
    window: MainWindow, store: Store
) -> None:
    ToastsPresenter(window.toasts, store, lambda _: None).subscription_failed()
    assert window.toasts.toasts()[0].title == "Subscription failed"

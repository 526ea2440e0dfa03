"""Codes and numbers become the words a person reads."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.contract.vocabulary import Resolution, Status
from widgets import failures, incident_phrases, phrases

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_what_is_not_known_is_a_dash_and_never_a_number() -> None:
    assert phrases.latency(None) == "-"
    assert phrases.uptime(None) == "-"


@pytest.mark.parametrize(
    ("percent", "words"),
    [(99.87, "99.87 %"), (100.0, "100.00 %"), (99.9999, "99.99 %"), (0.0, "0.00 %")],
)
def test_uptime_is_only_a_hundred_when_nothing_failed(percent: float, words: str) -> None:
    assert phrases.uptime(percent) == words


def test_latency_groups_its_thousands() -> None:
    assert phrases.latency(1840.4) == "1,840 ms"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (38, "38 s"),
        (130, "2 min 10 s"),
        (240, "4 min"),
        (7800, "2 h 10 min"),
        (7200, "2 h"),
        (273_600, "3 d 4 h"),
        (-5, "0 s"),
    ],
)
def test_durations_take_at_most_two_units(seconds: float, words: str) -> None:
    assert phrases.span(seconds) == words


def test_the_detail_sentence_says_since_when_and_why() -> None:
    sentence = phrases.detail_sentence(
        Status.DOWN,
        False,
        NOW - timedelta(seconds=245),
        NOW,
        message="Expected status 200, got 503",
    )
    assert sentence == "Down for 4 min - Expected status 200, got 503"
    assert phrases.detail_sentence(Status.UP, False, NOW, NOW) == "Up for 1 s"


def test_a_pause_is_said_before_any_status() -> None:
    sentence = phrases.detail_sentence(Status.DOWN, True, NOW, NOW, message="x")
    assert sentence == "Paused - no checks are made"


TOASTS = [
    (lambda: phrases.toast_status(Status.UP, "A"), "✅ A is up", "✅ A 정상 작동"),
    (lambda: phrases.toast_status(Status.DOWN, "A"), "❌ A is down", "❌ A 장애 발생"),
    (lambda: phrases.toast_status(Status.DEGRADED, "A"), "⚠️ A is slow", "⚠️ A 성능 저하"),
    (lambda: phrases.toast_incident_started("A"), "🚨 Incident started: A", "🚨 A 장애 시작됨"),
    (lambda: phrases.toast_incident_resolved("A"), "✨ A has recovered", "✨ A 복구됨"),
    (phrases.toast_subscription_failed, "Subscription failed", "구독 실패"),
]


@pytest.mark.parametrize(("say", "english", "_korean"), TOASTS)
def test_toasts_say_exactly_what_the_contract_says(say, english: str, _korean: str) -> None:
    assert say() == english


@pytest.mark.parametrize(("say", "_english", "korean_words"), TOASTS)
def test_toasts_say_it_in_korean_too(say, _english: str, korean_words: str, korean: None) -> None:
    assert say() == korean_words


def test_a_name_with_braces_is_only_a_name() -> None:
    assert phrases.toast_status(Status.UP, "{name}{0}") == "✅ {name}{0} is up"


def test_states_have_the_korean_words_of_the_art_direction(korean: None) -> None:
    words = [phrases.status_word(status) for status in Status]
    assert words == ["정상", "장애", "저하", "대기"]
    assert phrases.status_word(Status.UP, paused=True) == "중지"


def test_known_failures_are_translated_with_their_parameters(korean: None) -> None:
    assert failures.in_words("Expected status 200, got 503") == "상태 코드 200 기대, 503 수신"
    assert failures.in_words("DNS lookup failed: no such name") == "DNS 조회 실패: 없는 이름"


def test_an_unknown_failure_stays_as_it_came(korean: None) -> None:
    assert phrases.failure_words("Something {odd} happened") == "Something {odd} happened"


def test_an_incident_closed_by_hand_is_not_called_recovered() -> None:
    title = incident_phrases.incident_title("A", NOW, Resolution.DELETED)
    assert title == "A - closed by deletion"  # a name of some length fits before it
    title = incident_phrases.incident_title("A", NOW, Resolution.PAUSED)
    assert title == "A - closed by a pause"
    assert incident_phrases.incident_title("A", NOW, Resolution.RECOVERED) == "A recovered"


def test_an_open_incident_says_its_cause_and_length() -> None:
    words = incident_phrases.incident_detail(
        NOW - timedelta(minutes=4), None, "Connection refused", NOW
    )
    assert words == "Connection refused - 4 min"


def test_the_tray_says_down_up_and_the_last_check() -> None:
    at = NOW.astimezone().replace(hour=14, minute=5, second=9)
    assert phrases.tray_tooltip(1, 0, 21, at) == "1 down - 21 up - checked 14:05:09"
    assert phrases.tray_tooltip(0, 2, 1_000, at) == "0 down - 2 slow - 1,000 up - checked 14:05:09"

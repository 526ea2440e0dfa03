"""Channels, policies and deliveries -> words, in the language in use.

The notifications page, its rows, its form and the delivery log call it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from PySide6.QtCore import QCoreApplication

from backend.contract.vocabulary import AlertKind, DeliveryState
from widgets import phrases
from widgets.channel_roles import (
    ChannelKind,
    DeliveryColumn,
    LastDelivery,
    Occasion,
    Trial,
)

translate = QCoreApplication.translate

ICONS = {
    ChannelKind.EMAIL: "mail",
    ChannelKind.SLACK: "hash",
    ChannelKind.WEBHOOK: "webhook",
    ChannelKind.APPRISE: "plug",
}


def kind_word(kind: ChannelKind) -> str:
    """Return what a kind of channel is called."""
    match kind:
        case ChannelKind.EMAIL:
            return translate("channels", "E-mail")
        case ChannelKind.SLACK:
            return "Slack"
        case ChannelKind.WEBHOOK:
            return translate("channels", "Webhook")
        case ChannelKind.APPRISE:
            return translate("channels", "Other (Apprise URL)")


def occasion_word(occasion: Occasion) -> str:
    """Return what a channel is told, as one word."""
    match occasion:
        case Occasion.DOWN:
            return translate("channels", "Down")
        case Occasion.RECOVERED:
            return translate("channels", "Recovery")
        case Occasion.DEGRADED:
            return translate("channels", "Slow")


def policy_words(policy: Mapping[str, object]) -> str:
    """Return what a channel is told: "Down, Recovery - Tags: eu - Quiet 22:00-07:00"."""
    told = cast("Sequence[str]", policy["events"])
    said = [", ".join(occasion_word(it) for it in Occasion if it.value in told)]
    tags = cast("Sequence[str]", policy.get("tags") or ())
    if tags:
        said.append(translate("channels", "Tags: {tags}").format(tags=", ".join(tags)))
    quiet = cast("Mapping[str, str] | None", policy.get("quietHours"))
    if quiet:
        said.append(
            translate("channels", "Quiet {start}-{end} ({zone})").format(
                start=quiet["start"], end=quiet["end"], zone=quiet["timeZone"]
            )
        )
    reminder = cast("int | None", policy.get("reminderMinutes"))
    if reminder:
        said.append(
            translate("channels", "Reminder every {span}").format(span=phrases.span(reminder * 60))
        )
    return " - ".join(said)


def last_words(last: LastDelivery | None, now: datetime) -> str:
    """Return how the newest alert to a channel fared, with its time."""
    if last is None:
        return translate("channels", "Nothing sent yet")
    return translate("channels", "{state} {time}").format(
        state=state_word(last.state), time=phrases.moment(last.at, now)
    )


def alert_word(kind: AlertKind) -> str:
    """Return what an alert told."""
    match kind:
        case AlertKind.DOWN:
            return translate("channels", "Down")
        case AlertKind.DEGRADED:
            return translate("channels", "Slow")
        case AlertKind.REMINDER:
            return translate("channels", "Still down")
        case AlertKind.RECOVERED:
            return translate("channels", "Recovered")
        case AlertKind.CLOSED:
            return translate("channels", "Closed")


def state_word(state: DeliveryState) -> str:
    """Return how far an alert has come."""
    match state:
        case DeliveryState.PENDING:
            return translate("channels", "On its way")
        case DeliveryState.DELIVERED:
            return translate("channels", "Delivered")
        case DeliveryState.DROPPED:
            return translate("channels", "Not sent")
        case DeliveryState.MERGED:
            return translate("channels", "Told with its end")
        case DeliveryState.FAILED:
            return translate("channels", "Given up")


def error_words(error: str | None, next_try_at: datetime | None, now: datetime) -> str:
    """Return why a delivery failed or was dropped, and when it is tried again."""
    said = _known().get(error or "") or _answered(error or "") or phrases.failure_words(error)
    if next_try_at is None or not error:
        return said
    again = translate("channels", "next try {time}").format(time=phrases.moment(next_try_at, now))
    return f"{said} - {again}"


def _answered(error: str) -> str:
    """Return what a server answered in the language in use, its own words as they came."""
    found = re.fullmatch(r"The (mail )?server answered (\d+)(?:: (.*))?", error, re.DOTALL)
    if found is None:
        return ""
    if found[1]:
        said = translate("channels", "The mail server answered {code}").format(code=found[2])
    else:
        said = translate("channels", "The server answered {code}").format(code=found[2])
    return f"{said}: {found[3]}" if found[3] else said


def _known() -> dict[str, str]:
    """Return the backend's sentences about deliveries that are not about a failed check."""
    return {
        "The channel is switched off": translate("channels", "The channel is switched off"),
        "Overtaken by what happened next": translate("channels", "Overtaken by what happened next"),
        "The beginning was not told either": translate(
            "channels", "The beginning was not told either"
        ),
        "Told together with its end": translate("channels", "Told together with its end"),
        "Over before it was told": translate("channels", "Over before it was told"),
        "The mail server closed the connection": translate(
            "channels", "The mail server closed the connection"
        ),
        "This is no URL that apprise knows": translate(
            "channels", "This is no URL that Apprise knows"
        ),
    }


def trial_words(trial: Trial) -> list[tuple[bool, str]]:
    """Return one sentence for each target of a test, with whether it is good news."""
    if trial.failure:
        return [(False, trial.failure)]
    took = phrases.latency(trial.duration_ms)
    said = []
    for it in trial.targets:
        if it.error is None:
            words = translate("channels", "{target} took the test message ({latency})")
            said.append((True, words.format(target=it.target, latency=took)))
        else:
            words = translate("channels", "{target}: {error}")
            error = error_words(it.error, None, datetime.now().astimezone())
            said.append((False, words.format(target=it.target, error=error)))
    return said


def column_word(column: DeliveryColumn) -> str:
    """Return the heading of a column of the delivery log."""
    return {
        DeliveryColumn.TIME: translate("channels", "Time"),
        DeliveryColumn.ENDPOINT: translate("channels", "Endpoint"),
        DeliveryColumn.ALERT: translate("channels", "Alert"),
        DeliveryColumn.CHANNEL: translate("channels", "Channel"),
        DeliveryColumn.STATE: translate("channels", "State"),
        DeliveryColumn.TRIES: translate("channels", "Tries"),
        DeliveryColumn.ERROR: translate("channels", "Reason"),
    }[column]

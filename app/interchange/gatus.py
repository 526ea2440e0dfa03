"""Reads a configuration of Gatus: ``endpoints`` with their conditions, in YAML.

What a condition asks becomes an expectation where Vigil has one (``gatus_conditions``); the rest
is named in the row. Alerting, pages and storage are not a matter of endpoints and named once.
"""

import re
from collections.abc import Mapping
from typing import Any

from app.interchange import gatus_conditions
from app.interchange.drafting import Drafting, listing, mapping, not_an_object, text_of
from app.interchange.gatus_conditions import seconds_of
from app.interchange.reading import Finding, Kind, Reading, Row, Source
from backend.contract.vocabulary import Limits

_LISTS = ("endpoints", "services")
_OTHER_LISTS = ("external-endpoints", "suites", "remote", "maintenance", "alerting")
_VARIABLE = re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?")
_UNKNOWN_TO_VIGIL = (
    "maintenance-windows",
    "dns",
    "ssh",
    "store",
    "always-run",
    "extra-labels",
    "ui",
)
_UNKNOWN_OF_CLIENT = (
    "dns-resolver",
    "proxy-url",
    "oauth2",
    "identity-aware-proxy",
    "kerberos",
    "tls",
    "tunnel",
)
_OWN = {"[ENDPOINT_NAME]": "name", "[ENDPOINT_GROUP]": "group", "[ENDPOINT_URL]": "url"}
"""What Gatus fills in where a body names it."""

_RANDOM = re.compile(r"\[RANDOM_STRING_\d+\]")
_INTERVAL_S = 60.0
_TIMEOUT_S = 10.0


def is_configuration(tree: Mapping[str, Any]) -> bool:
    """Say whether a YAML document has what Gatus watches."""
    return any(
        isinstance(item, dict) and "conditions" in item
        for name in _LISTS
        for item in listing(tree.get(name))[:50]
    )


def read(tree: Mapping[str, Any]) -> Reading:
    """Return the endpoints of a configuration."""
    rows = [
        _row(f"{name}[{number}]", said)
        for name in _LISTS
        for number, said in enumerate(listing(tree.get(name)))
    ]
    lost = tuple(Finding(Kind.NOT_CARRIED, name) for name in _OTHER_LISTS if tree.get(name))
    return Reading(Source.GATUS, tuple(rows), lost)


def _row(place: str, said: object) -> Row:
    if not isinstance(said, dict):
        return not_an_object(place)
    drafting = Drafting(place, {"name": text_of(said.get("name")), "url": text_of(said.get("url"))})
    url: str = drafting.fields["url"]
    scheme = url.partition("://")[0] if "://" in url else "dns" if said.get("dns") else "?"
    for variable in _VARIABLE.findall(url):
        drafting.note(Kind.UNRESOLVED, variable)
    if scheme not in ("http", "https") and not url.startswith("$"):
        drafting.note(Kind.UNSUPPORTED, scheme)
        return drafting.finish()
    _set_request(drafting, said)
    _set_client(drafting, mapping(said.get("client")))
    _set_thresholds(drafting, listing(said.get("alerts")))
    interval_s = seconds_of(said.get("interval"))
    if "interval" in said and interval_s is None:
        drafting.not_carried(f"interval {text_of(said['interval'])}")
    drafting.within("checkInterval", interval_s or _INTERVAL_S, Limits.INTERVAL_S)
    drafting.fields["isActive"] = said.get("enabled") is not False
    drafting.add_tags([text_of(said.get("group"))])
    gatus_conditions.carry_over(drafting, [text_of(it) for it in listing(said.get("conditions"))])
    drafting.not_carried(*(name for name in _UNKNOWN_TO_VIGIL if said.get(name)))
    return drafting.finish()


def _set_request(drafting: Drafting, said: Mapping[str, Any]) -> None:
    drafting.fields["method"] = text_of(said.get("method")).upper() or "GET"
    for name, value in mapping(said.get("headers")).items():
        for variable in _VARIABLE.findall(text_of(value)):
            drafting.note(Kind.UNRESOLVED, variable)
        drafting.add_header(text_of(name), text_of(value))
    body = said.get("body")
    if isinstance(body, str) and body:
        for placeholder, name in _OWN.items():
            body = body.replace(placeholder, text_of(said.get(name)))
        drafting.not_carried(*(f"body {found}" for found in _RANDOM.findall(body)))
        if said.get("graphql") is True:
            drafting.fields["body"] = {"query": body}
            drafting.add_header("Content-Type", "application/json")
        else:
            # A text is sent as it is only under a content type of its own.
            drafting.fields["body"] = body
            drafting.add_header("Content-Type", "text/plain; charset=utf-8")


def _set_client(drafting: Drafting, client: Mapping[str, Any]) -> None:
    drafting.fields["verifyTls"] = client.get("insecure") is not True
    drafting.fields["followRedirects"] = client.get("ignore-redirect") is not True
    timeout_s = seconds_of(client.get("timeout")) or _TIMEOUT_S
    drafting.within("timeoutThreshold", timeout_s * 1000, Limits.TIMEOUT_MS)
    drafting.not_carried(*(f"client.{name}" for name in _UNKNOWN_OF_CLIENT if client.get(name)))


def _set_thresholds(drafting: Drafting, alerts: list[Any]) -> None:
    """Take how many failures and successes turn the status; who is told is Vigil's own matter."""
    if not alerts:
        return
    drafting.not_carried("alerts")
    for name, wire in (("failure", "failureThreshold"), ("success", "recoveryThreshold")):
        found = [mapping(alert).get(f"{name}-threshold") for alert in alerts]
        counts = [it for it in found if isinstance(it, int) and not isinstance(it, bool) and it > 0]
        if counts:
            drafting.within(wire, min(counts), Limits.THRESHOLD)

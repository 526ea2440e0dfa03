"""Monitors of Uptime Kuma -> endpoints, from its JSON backup or its database alike.

The two spell the same fields differently (``ignoreTls``, ``ignore_tls``): here they are asked for
in lower case without underscores. Kinds Vigil does not check are named and not carried over.
"""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from app.interchange.drafting import Drafting, listing, mapping, not_an_object, path_of, text_of
from app.interchange.reading import Finding, Kind, Reading, Row, Source
from backend.contract.vocabulary import Limits

_CARRIED = frozenset({"http", "keyword", "json-query"})
_CODES = re.compile(r"[1-5]\d\d(-[1-5]\d\d)?")
_TIMEOUT_SHARE = 0.8
_MOST_REDIRECTS = 10
_DEEPEST = 20
_WARNS_DAYS = 21
"""Kuma's first notice of a certificate that runs out."""

_CONTENT_TYPES = {"xml": "text/xml; charset=utf-8", "form": "application/x-www-form-urlencoded"}
_OPERATORS = {
    "": "equals",
    "==": "equals",
    "!=": "notEquals",
    "<": "lessThan",
    "<=": "atMost",
    ">": "greaterThan",
    ">=": "atLeast",
    "contains": "contains",
}
_UNKNOWN_TO_VIGIL = {
    "resendinterval": "resendInterval",
    "proxyid": "proxyId",
    "tlsca": "tlsCa",
    "tlscert": "tlsCert",
    "notificationidlist": "notificationIDList",
    "ipfamily": "ipFamily",
}


def group_names(monitors: Iterable[object]) -> dict[object, str]:
    """Return what the groups among some monitors are called, by their id."""
    return {
        monitor["id"]: text_of(monitor.get("name"))
        for monitor in monitors
        if isinstance(monitor, dict)
        and monitor.get("type") == "group"
        and isinstance(monitor.get("id"), int)
    }


def with_groups_paused(monitors: Iterable[object]) -> list[Any]:
    """Return monitors, paused those in a paused group: the database pauses the group alone."""
    found = list(monitors)
    by_id = {each["id"]: each for each in found if isinstance(each, dict) and _is_id(each)}
    return [
        {**each, "active": False} if isinstance(each, dict) and _is_held(each, by_id) else each
        for each in found
    ]


def _is_id(monitor: Mapping[str, Any]) -> bool:
    return isinstance(monitor.get("id"), int)


def _is_held(monitor: Mapping[str, Any], by_id: Mapping[int, Mapping[str, Any]]) -> bool:
    for _ in range(_DEEPEST):
        parent = monitor.get("parent")
        if not isinstance(parent, int) or parent not in by_id:
            return False
        monitor = by_id[parent]
        if not monitor.get("active", True):
            return True
    return False


def read(place: str, monitor: Mapping[str, Any], groups: Mapping[object, str]) -> Row:
    """Return a monitor as a row.

    Args:
        place: where in the file.
        monitor: its fields, in either spelling.
        groups: names of groups by id; its own becomes a tag.
    """
    said = {str(key).replace("_", "").lower(): value for key, value in monitor.items()}
    drafting = Drafting(place, {"name": text_of(said.get("name"))})
    drafting.fields["url"] = text_of(said.get("url"))
    kind = text_of(said.get("type"))
    if kind not in _CARRIED:
        drafting.note(Kind.UNSUPPORTED, kind or "?")
        return drafting.finish()
    drafting.fields["method"] = text_of(said.get("method")).upper() or "GET"
    drafting.fields["isActive"] = bool(said.get("active", True))
    drafting.fields["note"] = text_of(said.get("description"))[: Limits.NOTE_LENGTH]
    _set_times(drafting, said)
    _set_request(drafting, said)
    _set_sign_in(drafting, said)
    _set_expectations(drafting, said, kind)
    parent = said.get("parent")
    drafting.add_tags([groups[parent]] if isinstance(parent, int) and parent in groups else [])
    drafting.add_tags(_tag(tag) for tag in listing(said.get("tags")))
    drafting.not_carried(*(name for key, name in _UNKNOWN_TO_VIGIL.items() if said.get(key)))
    return drafting.finish()


def _set_times(drafting: Drafting, said: Mapping[str, Any]) -> None:
    interval_s = _number(said.get("interval")) or 60.0
    drafting.within("checkInterval", interval_s, Limits.INTERVAL_S)
    retry_s = _number(said.get("retryinterval"))
    if retry_s:
        drafting.within("retryInterval", retry_s, (1, Limits.INTERVAL_S[1]))
    timeout_s = _number(said.get("timeout")) or interval_s * _TIMEOUT_SHARE
    drafting.within("timeoutThreshold", timeout_s * 1000, Limits.TIMEOUT_MS)
    retries = _number(said.get("maxretries")) or 0
    drafting.within("failureThreshold", retries + 1, Limits.THRESHOLD)


def _set_request(drafting: Drafting, said: Mapping[str, Any]) -> None:
    headers = _json(said.get("headers"))
    if isinstance(headers, dict):
        for name, value in headers.items():
            drafting.add_header(str(name), text_of(value))
    elif said.get("headers"):
        drafting.not_carried("headers")
    encoding = text_of(said.get("httpbodyencoding"))
    body = said.get("body")
    if isinstance(body, str) and body.strip():
        parsed = _json(body)
        drafting.fields["body"] = body if encoding in _CONTENT_TYPES or parsed is None else parsed
        if encoding in _CONTENT_TYPES:
            drafting.add_header("Content-Type", _CONTENT_TYPES[encoding])
    drafting.fields["verifyTls"] = not said.get("ignoretls")
    redirects = _number(said.get("maxredirects"))
    if redirects is not None:
        drafting.fields["followRedirects"] = redirects > 0
        if 0 < redirects < _MOST_REDIRECTS:
            drafting.not_carried(f"maxredirects {redirects:g}")


def _set_sign_in(drafting: Drafting, said: Mapping[str, Any]) -> None:
    method = text_of(said.get("authmethod"))
    user, password = (said.get(key) for key in ("basicauthuser", "basicauthpass"))
    # Before 1.18 there was no choice; since then a name without a choice is what was left behind.
    is_basic = method == "basic" or "authmethod" not in said
    if is_basic and isinstance(user, str) and user:
        pair = f"{user}:{password if isinstance(password, str) else ''}"
        token = base64.b64encode(pair.encode("utf-8", "replace")).decode("ascii")
        drafting.add_header("Authorization", f"Basic {token}")
    elif method not in ("", "basic", "null"):
        drafting.not_carried(f"authMethod {method}")


def _set_expectations(drafting: Drafting, said: Mapping[str, Any], kind: str) -> None:
    _set_codes(
        drafting, _json(said.get("acceptedstatuscodes", said.get("acceptedstatuscodesjson")))
    )
    if kind == "keyword":
        comparison = "notContains" if said.get("invertkeyword") else "contains"
        keyword = said.get("keyword")
        assertion = {"kind": "body", "comparison": comparison, "value": keyword}
        drafting.add_assertion(assertion, f"keyword {text_of(keyword)}")
    if kind == "json-query":
        _set_query(drafting, said)
    if said.get("expirynotification") and drafting.fields["url"].startswith("https:"):
        drafting.add_assertion(
            {"kind": "certificate", "minDays": _WARNS_DAYS}, "expiryNotification"
        )
    if said.get("upsidedown"):
        # What is up there is down here: better looked at by a person than crying wolf.
        drafting.note(Kind.SWITCHED_OFF, "upsideDown")
        drafting.fields["isActive"] = False


def _set_codes(drafting: Drafting, codes: object) -> None:
    found = [text_of(code) for code in listing(codes)]
    good = [code for code in found if _CODES.fullmatch(code)]
    drafting.not_carried(*(f"status {code}" for code in found if code not in good))
    if len(good) == 1 and "-" not in good[0]:
        drafting.fields["expectedStatusCode"] = int(good[0])
    elif good or not found:
        drafting.add_assertion(
            {"kind": "status", "codes": good or ["200-299"]}, "accepted_statuscodes"
        )


def _set_query(drafting: Drafting, said: Mapping[str, Any]) -> None:
    written, wanted = text_of(said.get("jsonpath")), said.get("expectedvalue")
    operator = text_of(said.get("jsonpathoperator"))
    origin = f"jsonPath {written} {operator or '=='} {text_of(wanted)}"
    path, comparison = path_of(written), _OPERATORS.get(operator)
    if path is None or comparison is None:
        drafting.not_carried(origin)
        return
    value: object = wanted
    if isinstance(wanted, str) and comparison != "contains":
        # Kuma compares texts; a JSON scalar is what most likely stands in the answer.
        parsed = _json(wanted)
        value = parsed if isinstance(parsed, bool | int | float) else wanted
    assertion = {"kind": "json", "path": path, "comparison": comparison, "value": value}
    drafting.add_assertion(assertion, origin)


def _tag(tag: object) -> str:
    name, value = (text_of(mapping(tag).get(key)) for key in ("name", "value"))
    return f"{name}: {value}" if value else name


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e12 else None


def _json(value: object) -> Any:
    """Return what a text says in JSON, ``None`` where it is none; other values as they are."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def is_backup(tree: Mapping[str, Any]) -> bool:
    """Say whether a JSON document is such a backup."""
    return "monitorList" in tree


def read_backup(tree: Mapping[str, Any]) -> Reading:
    """Return the monitors of a backup."""
    # Some versions wrote the list as an object by id.
    found = tree["monitorList"]
    listed = list(found.values()) if isinstance(found, dict) else listing(found)
    monitors = with_groups_paused(listed)
    groups = group_names(monitors)
    rows = tuple(
        read(f"monitorList[{number}]", monitor, groups)
        if isinstance(monitor, dict)
        else not_an_object(f"monitorList[{number}]")
        for number, monitor in enumerate(monitors)
    )
    lists = ("notificationList", "proxyList")
    lost = tuple(Finding(Kind.NOT_CARRIED, name) for name in lists if tree.get(name))
    return Reading(Source.KUMA, rows, lost)

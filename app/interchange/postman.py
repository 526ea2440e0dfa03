"""Reads a Postman collection (v2.0 and v2.1): one row for each request, to be picked from.

Folders become tags, ``{{variables}}`` of the collection are filled in, sign-in by basic, bearer
or key becomes a header. Scripts are not run, so what they test is not carried over.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from app.interchange.drafting import Drafting, listing, mapping, text_of
from app.interchange.reading import MOST_ROWS, Kind, Reading, Row, Source, failed
from backend.contract.vocabulary import Limits

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_VARIABLE = re.compile(r"\{\{([^{}]{1,200})\}\}")
_DEEPEST = 20
_ROUNDS = 3
_LONGEST = 200_000
_TYPES = {"json": "application/json", "xml": "application/xml", "html": "text/html"}


@dataclass(frozen=True)
class _Folder:
    """Where in a collection a request stands, and what it inherits."""

    place: str
    names: tuple[str, ...]
    auth: Mapping[str, Any]
    variables: Mapping[str, str]


def is_collection(tree: Mapping[str, Any]) -> bool:
    """Say whether a JSON document is a collection."""
    return "getpostman.com" in text_of(mapping(tree.get("info")).get("schema"))


def read(tree: Mapping[str, Any]) -> Reading:
    """Return the requests of a collection."""
    schema = text_of(mapping(tree.get("info")).get("schema"))
    version = re.search(r"v(\d+\.\d+)", schema)
    if version is None or not version[1].startswith("2."):
        return failed(Kind.OTHER_VERSION, version[1] if version else "?", source=Source.POSTMAN)
    variables = {
        text_of(each.get("key", each.get("id"))): text_of(each.get("value"))
        for each in map(mapping, listing(tree.get("variable")))
        if each.get("disabled") is not True
    }
    top = _Folder("item", (), mapping(tree.get("auth")), variables)
    rows: list[Row] = []
    for row in _rows(listing(tree.get("item")), top):
        rows.append(row)
        if len(rows) > MOST_ROWS:
            break
    return Reading(Source.POSTMAN, tuple(rows))


def _rows(items: list[Any], folder: _Folder) -> Iterator[Row]:
    for number, each in enumerate(items):
        place, item = f"{folder.place}[{number}]", mapping(each)
        if "item" in item and len(folder.names) < _DEEPEST:
            auth = mapping(item.get("auth")) or folder.auth
            names = (*folder.names, text_of(item.get("name")))
            inner = _Folder(f"{place}.item", names, auth, folder.variables)
            yield from _rows(listing(item["item"]), inner)
        elif isinstance(item.get("request"), str | dict):
            yield _row(place, item, folder)
        else:
            drafting = Drafting(place, {"name": text_of(item.get("name"))})
            drafting.note(Kind.NOT_AN_OBJECT)
            yield drafting.finish()


def _row(place: str, item: Mapping[str, Any], folder: _Folder) -> Row:
    drafting = Drafting(place)
    found = item["request"]
    request: Mapping[str, Any] = {"url": found} if isinstance(found, str) else found
    method = text_of(request.get("method")).upper() or "GET"
    drafting.fields |= {"method": method, "url": _url(drafting, request.get("url"), folder)}
    drafting.fields["name"] = text_of(item.get("name")) or drafting.fields["url"]
    description = request.get("description")
    note = text_of(description) or text_of(mapping(description).get("content"))
    drafting.fields["note"] = note[: Limits.NOTE_LENGTH]
    for header in map(mapping, listing(request.get("header"))):
        if header.get("disabled") is not True and text_of(header.get("key")):
            value = _filled(drafting, text_of(header.get("value")), folder)
            drafting.add_header(text_of(header.get("key")), value)
    _set_sign_in(drafting, mapping(request.get("auth")) or folder.auth, folder)
    _set_body(drafting, mapping(request.get("body")), folder)
    drafting.add_tags(folder.names)
    if any(
        listing(mapping(mapping(it).get("script")).get("exec")) for it in listing(item.get("event"))
    ):
        drafting.not_carried("event")
    if method not in _SAFE:
        drafting.is_suggested = False
        drafting.note(Kind.CHANGES_THINGS, method)
    return drafting.finish()


def _url(drafting: Drafting, said: object, folder: _Folder) -> str:
    url = text_of(said) or text_of(mapping(said).get("raw")) or _put_together(mapping(said))
    for part in map(mapping, listing(mapping(said).get("variable"))):
        name, value = text_of(part.get("key", part.get("id"))), text_of(part.get("value"))
        if not name:
            continue
        if value:
            steps = re.split(rf"/:{re.escape(name)}(?=[/?#]|$)", url)
            url = f"/{value}".join(steps)
        elif f"/:{name}" in url:
            drafting.note(Kind.NEEDS_VALUE, name)
    filled = _filled(drafting, url, folder)
    return filled if "://" in filled or not filled or "{{" in filled else f"http://{filled}"


def _put_together(said: Mapping[str, Any]) -> str:
    """Return the URL of its parts, where its whole was left out."""
    host, path = (
        text_of(said.get(key)) or between.join(text_of(it) for it in listing(said.get(key)))
        for key, between in (("host", "."), ("path", "/"))
    )
    pairs = (
        it for it in map(mapping, listing(said.get("query"))) if it.get("disabled") is not True
    )
    query = "&".join(f"{text_of(it.get('key'))}={text_of(it.get('value'))}" for it in pairs)
    protocol, port = text_of(said.get("protocol")), text_of(said.get("port"))
    address = f"{protocol}{'://' if protocol else ''}{host}{':' if port else ''}{port}"
    return f"{address}/{path.lstrip('/')}{'?' if query else ''}{query}" if host else ""


def _filled(drafting: Drafting, text: str, folder: _Folder) -> str:
    """Return a text with the collection's variables in it, and name those nobody knows."""
    for _ in range(_ROUNDS):
        if "{{" not in text or len(text) > _LONGEST:
            break
        text = _VARIABLE.sub(lambda found: folder.variables.get(found[1].strip()) or found[0], text)
    for name in _VARIABLE.findall(text):
        drafting.note(Kind.UNRESOLVED, name)
    return text


def _set_sign_in(drafting: Drafting, auth: Mapping[str, Any], folder: _Folder) -> None:
    kind = text_of(auth.get("type"))
    said = auth.get(kind)
    # A list of pairs since v2.1, an object before.
    pairs = {text_of(it.get("key")): it.get("value") for it in map(mapping, listing(said))}
    values = {
        name: _filled(drafting, text_of(value), folder)
        for name, value in (pairs or mapping(said)).items()
    }
    match kind:
        case "" | "noauth":
            return
        case "basic":
            pair = f"{values.get('username', '')}:{values.get('password', '')}"
            token = base64.b64encode(pair.encode("utf-8", "replace")).decode("ascii")
            drafting.add_header("Authorization", f"Basic {token}")
        case "bearer":
            drafting.add_header("Authorization", f"Bearer {values.get('token', '')}")
        case "apikey" if values.get("in", "header") == "header" and values.get("key"):
            drafting.add_header(values["key"], values.get("value", ""))
        case _:
            drafting.not_carried(f"auth {kind}")


def _set_body(drafting: Drafting, body: Mapping[str, Any], folder: _Folder) -> None:
    mode = "" if body.get("disabled") is True else text_of(body.get("mode"))
    said = body.get(mode)
    match mode:
        case "":
            return
        case "raw" if isinstance(said, str):
            if said.strip():
                _set_raw(drafting, _filled(drafting, said, folder), body)
        case "urlencoded":
            parts = [it for it in map(mapping, listing(said)) if it.get("disabled") is not True]
            drafting.fields["body"] = "&".join(
                "=".join(
                    quote_plus(_filled(drafting, text_of(it.get(key)), folder), errors="replace")
                    for key in ("key", "value")
                )
                for it in parts
            )
            drafting.add_header("Content-Type", "application/x-www-form-urlencoded")
        case "graphql":
            drafting.fields["body"] = _graphql(drafting, mapping(said), folder)
        case _:
            drafting.not_carried(f"body {mode}")


def _graphql(drafting: Drafting, said: Mapping[str, Any], folder: _Folder) -> dict[str, object]:
    """Return a query with its variables, which are kept as a text of JSON."""
    body: dict[str, object] = {"query": _filled(drafting, str(said.get("query", "")), folder)}
    written = said.get("variables")
    if isinstance(written, str) and written.strip():
        try:
            written = json.loads(_filled(drafting, written, folder))
        except (ValueError, RecursionError):
            drafting.not_carried("graphql variables")
    if isinstance(written, dict) and written:
        body["variables"] = written
    return body


def _set_raw(drafting: Drafting, text: str, body: Mapping[str, Any]) -> None:
    language = text_of(mapping(mapping(body.get("options")).get("raw")).get("language"))
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict | list):
        drafting.fields["body"] = value
    else:
        drafting.fields["body"] = text
        drafting.add_header("Content-Type", _TYPES.get(language, "text/plain"))

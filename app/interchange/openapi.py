"""Reads an OpenAPI 3 document (JSON or YAML): one row for each operation, to be picked from.

Parameters are filled in from their examples and defaults. Operations that change things are not
chosen until somebody does: an endpoint is asked again and again.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from app.interchange.drafting import Drafting, listing, mapping, not_an_object, text_of
from app.interchange.reading import MOST_ROWS, Kind, Reading, Row, Source, failed
from backend.contract.vocabulary import Limits

_METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
_SAFE = frozenset({"get", "head", "options"})
_VARIABLE = re.compile(r"\{([^{}]+)\}")
_MOST_REFERENCES = 20
_NAME_ROOM = 120


def is_document(tree: Mapping[str, Any]) -> bool:
    """Say whether a document is of OpenAPI, or of Swagger before it."""
    return "openapi" in tree or ("swagger" in tree and "paths" in tree)


def read(tree: Mapping[str, Any]) -> Reading:
    """Return the operations of a document."""
    version = text_of(tree.get("openapi", tree.get("swagger")))
    if not version.startswith("3."):
        return failed(Kind.OTHER_VERSION, version or "?", source=Source.OPENAPI)
    rows: list[Row] = []
    for path, item in mapping(tree.get("paths")).items():
        rows.extend(_operations(tree, str(path), _followed(tree, item)))
        if len(rows) > MOST_ROWS:
            break
    return Reading(Source.OPENAPI, tuple(rows))


def _operations(tree: Mapping[str, Any], path: str, item: object) -> Iterator[Row]:
    if not isinstance(item, dict):
        yield not_an_object(f"paths.{path}")
        return
    for method in _METHODS:
        if method in item:
            yield _row(tree, path, method, item)


def _row(tree: Mapping[str, Any], path: str, method: str, item: Mapping[str, Any]) -> Row:
    place, operation = f"{method.upper()} {path}", item[method]
    if not isinstance(operation, dict):
        return not_an_object(place)
    drafting = Drafting(place, {"method": method.upper()})
    said = text_of(operation.get("summary")) or text_of(operation.get("operationId"))
    drafting.fields["name"] = (said or place)[:_NAME_ROOM]
    drafting.fields["note"] = text_of(operation.get("description"))[: Limits.NOTE_LENGTH]
    server = _server(tree, item, operation)
    path, query = _with_parameters(drafting, tree, path, item, operation)
    drafting.fields["url"] = f"{server.rstrip('/')}{path}{'?' if query else ''}{query}"
    if not _names_a_host(server):
        drafting.note(Kind.NO_SERVER, server)
    _set_body(drafting, tree, operation)
    _set_codes(drafting, mapping(operation.get("responses")))
    security = operation.get("security", tree.get("security"))
    for scheme in {str(name) for each in listing(security) for name in mapping(each)}:
        drafting.not_carried(f"security {scheme}")
    drafting.add_tags(text_of(tag) for tag in listing(operation.get("tags")))
    if method not in _SAFE:
        drafting.is_suggested = False
        drafting.note(Kind.CHANGES_THINGS, method.upper())
    return drafting.finish()


def _names_a_host(url: str) -> bool:
    """Say whether a URL names a host that can be asked over HTTP."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _server(tree: Mapping[str, Any], item: Mapping[str, Any], operation: Mapping[str, Any]) -> str:
    """Return the first server that applies, its variables at their defaults."""
    for holder in (operation, item, tree):
        for server in listing(holder.get("servers")):
            variables = mapping(mapping(server).get("variables"))
            url = text_of(mapping(server).get("url"))

            def default(found: re.Match[str], held: Mapping[str, Any] = variables) -> str:
                return text_of(mapping(held.get(found[1])).get("default")) or found[0]

            return _VARIABLE.sub(default, url)
    return ""


def _with_parameters(
    drafting: Drafting,
    tree: Mapping[str, Any],
    path: str,
    item: Mapping[str, Any],
    operation: Mapping[str, Any],
) -> tuple[str, str]:
    """Return the path and the query with every parameter that is needed filled in."""
    held: dict[tuple[str, str], Mapping[str, Any]] = {}
    for each in [*listing(item.get("parameters")), *listing(operation.get("parameters"))]:
        parameter = mapping(_followed(tree, each))
        held[text_of(parameter.get("in")), text_of(parameter.get("name"))] = parameter
    query: list[str] = []
    for (where, name), parameter in held.items():
        value = _example(tree, parameter)
        if where == "path" and value:
            path = path.replace(f"{{{name}}}", quote(value, safe="", errors="replace"))
        elif where in ("query", "header") and parameter.get("required") is True:
            if not value:
                drafting.note(Kind.NEEDS_VALUE, name)
            elif where == "query":
                pair = (quote(it, safe="", errors="replace") for it in (name, value))
                query.append("=".join(pair))
            else:
                drafting.add_header(name, value)
    for name in _VARIABLE.findall(path):
        drafting.note(Kind.NEEDS_VALUE, name)
    return path, "&".join(query)


def _example(tree: Mapping[str, Any], holder: Mapping[str, Any]) -> str:
    """Return a value to try a parameter with, "" where the document has none."""
    schema = mapping(_followed(tree, holder.get("schema")))
    first = next(iter(mapping(holder.get("examples")).values()), None)
    tries = (
        holder.get("example"),
        mapping(_followed(tree, first)).get("value"),
        schema.get("example"),
        next(iter(listing(schema.get("examples"))), None),
        schema.get("default"),
        next(iter(listing(schema.get("enum"))), None),
    )
    return next((found for found in map(text_of, tries) if found), "")


def _set_body(drafting: Drafting, tree: Mapping[str, Any], operation: Mapping[str, Any]) -> None:
    request = mapping(_followed(tree, operation.get("requestBody")))
    if not request:
        return
    content = mapping(mapping(request.get("content")).get("application/json"))
    schema = mapping(_followed(tree, content.get("schema")))
    first = mapping(_followed(tree, next(iter(mapping(content.get("examples")).values()), None)))
    tries = (content.get("example"), first.get("value"), schema.get("example"))
    body = next((found for found in tries if found is not None), None)
    if body is not None:
        drafting.fields["body"] = body
    elif request.get("required") is True:
        drafting.not_carried("requestBody")


def _set_codes(drafting: Drafting, responses: Mapping[str, Any]) -> None:
    """Expect the success the document promises first."""
    codes = [text_of(code).upper() for code in responses]
    good = next((code for code in sorted(codes) if re.fullmatch(r"2(\d\d|XX)", code)), None)
    if good == "2XX":
        drafting.add_assertion({"kind": "status", "codes": ["200-299"]}, "2XX")
    elif good is not None:
        drafting.fields["expectedStatusCode"] = int(good)


def _followed(tree: Mapping[str, Any], node: object) -> object:
    """Return what a reference within the document leads to; others lead nowhere."""
    for _ in range(_MOST_REFERENCES):
        if not isinstance(node, dict) or "$ref" not in node:
            return node
        way = text_of(node["$ref"])
        if not way.startswith("#/"):
            return None
        node = tree
        for step in way[2:].split("/"):
            node = mapping(node).get(step.replace("~1", "/").replace("~0", "~"))
    return None

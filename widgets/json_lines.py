"""A JSON document as lines of text, each knowing the JSONPath of the value it shows.

The body view lays it out and offers the values. Pure Python; knows no widget.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_DEEPEST = 60

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``path`` is None where it shows no single value."""

    text: str
    path: str | None = None
    value: Scalar = None


def lines_of(text: str) -> tuple[Line, ...] | None:
    """Return a JSON text, indented, as lines; None when it is no JSON or nested too deeply."""
    try:
        document = json.loads(text, parse_constant=_refuse)
        return tuple(_lines(document, "$", "", "", ""))
    except (ValueError, RecursionError):
        return None


def step(key: str) -> str:
    """Return the piece of a JSONPath that leads to a member: ``.name`` or ``['other name']``."""
    if _NAME.fullmatch(key):
        return f".{key}"
    quoted = json.dumps(key, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"['{quoted}']"


def _lines(value: object, path: str, indent: str, head: str, tail: str) -> Iterator[Line]:
    if len(indent) > 2 * _DEEPEST:
        raise ValueError("nested too deeply")
    deeper = indent + "  "
    match value:
        case dict() if value:
            yield Line(f"{indent}{head}{{")
            last = len(value) - 1
            for place, (key, inner) in enumerate(value.items()):
                name = f"{json.dumps(key, ensure_ascii=False)}: "
                comma = "," if place < last else ""
                yield from _lines(inner, path + step(key), deeper, name, comma)
            yield Line(f"{indent}}}{tail}")
        case list() if value:
            yield Line(f"{indent}{head}[")
            last = len(value) - 1
            for place, inner in enumerate(value):
                comma = "," if place < last else ""
                yield from _lines(inner, f"{path}[{place}]", deeper, "", comma)
            yield Line(f"{indent}]{tail}")
        case dict() | list():
            yield Line(f"{indent}{head}{json.dumps(value)}{tail}")
        case str() | int() | float() | None:
            shown = json.dumps(value, ensure_ascii=False)
            yield Line(f"{indent}{head}{shown}{tail}", path, value)
        case _:
            raise ValueError("not JSON")


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")

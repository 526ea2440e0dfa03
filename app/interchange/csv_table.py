"""Reads a table of endpoints: CSV with a head that names the fields, or one URL in each line.

The head takes wire names (``checkInterval``) and what people write (``Interval``); comma,
semicolon and tab all separate. Only the URL is needed.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from app.interchange.drafting import Drafting, shown, text_of
from app.interchange.reading import MOST_ROWS, Finding, Kind, Reading, Row, Source, failed
from backend.contract.commands import EndpointDraft

_SEPARATORS = ",;\t"
_YES = frozenset({"true", "yes", "1", "on", "y", "예", "켜짐"})
_NO = frozenset({"false", "no", "0", "off", "n", "아니오", "꺼짐"})
_ALIASES = {
    "address": "url",
    "title": "name",
    "interval": "checkInterval",
    "status": "expectedStatusCode",
    "expectedstatus": "expectedStatusCode",
    "timeout": "timeoutThreshold",
    "active": "isActive",
    "enabled": "isActive",
    "slow": "degradedThreshold",
    "tag": "tags",
    "notes": "note",
    "이름": "name",
    "주소": "url",
    "간격": "checkInterval",
    "태그": "tags",
    "메모": "note",
}
_WIRE = {
    (field.alias or name).lower(): field.alias or name
    for name, field in EndpointDraft.model_fields.items()
    if name != "assertions"
}
_INTEGERS = frozenset(
    {
        "checkInterval",
        "expectedStatusCode",
        "timeoutThreshold",
        "degradedThreshold",
        "failureThreshold",
        "recoveryThreshold",
        "retryInterval",
    }
)
_FLAGS = frozenset({"isActive", "verifyTls", "followRedirects"})


def read(text: str) -> Reading:
    """Return the rows of a table."""
    first = text.lstrip("\r\n ").partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    lines = _lines(text, separator)
    head = next(lines, None)
    if isinstance(head, Finding):
        return Reading(Source.CSV, findings=(head,))
    if head is None:
        return failed(Kind.UNKNOWN)
    columns, lost = _columns(head[1])
    if "url" not in columns:
        if not all("://" in line[1][0] for line in [head]):
            return failed(Kind.UNKNOWN)
        # No head at all: the first column is what is to be asked.
        columns, lost, lines = ["url"], (), _lines(text, separator)
    return _read(lines, columns, lost)


def _read(
    lines: Iterator[tuple[int, list[str]] | Finding],
    columns: Sequence[str],
    lost: tuple[Finding, ...],
) -> Reading:
    rows: list[Row] = []
    for line in lines:
        if isinstance(line, Finding):
            return Reading(Source.CSV, tuple(rows), (*lost, line))
        rows.append(_row(str(line[0]), columns, line[1]))
        if len(rows) > MOST_ROWS:
            break
    return Reading(Source.CSV, tuple(rows), lost)


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]] | Finding]:
    """Yield the lines that hold something, with their number; a fault ends them."""
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        number = table.line_num + 1
        try:
            cells = next(table, None)
        except csv.Error as error:
            yield Finding(Kind.DAMAGED, str(number), str(error))
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield number, cells


def _columns(head: Sequence[str]) -> tuple[list[str], tuple[Finding, ...]]:
    columns, lost = [], []
    for cell in head:
        plain = re.sub(r"[\s_-]|\((?:s|ms)\)", "", cell).lower()
        name = _WIRE.get(plain) or _ALIASES.get(plain) or ""
        if not name and cell.strip():
            lost.append(Finding(Kind.NOT_CARRIED, shown(cell)))
        columns.append(name if name not in columns else "")
    return columns, tuple(lost)


def _row(place: str, columns: Sequence[str], cells: Sequence[str]) -> Row:
    drafting = Drafting(place)
    for name, cell in zip(columns, cells, strict=False):
        # An apostrophe keeps a table program from computing what is a text.
        value = re.sub(r"^'(?=[=+\-@\t\r])", "", cell.strip())
        if name and value:
            drafting.fields[name] = _VALUES.get(name, text_of)(value)
    url = text_of(drafting.fields.get("url"))
    if url and "://" not in url:
        drafting.fields["url"] = url = f"https://{url}"
    if isinstance(drafting.fields.get("method"), str):
        drafting.fields["method"] = drafting.fields["method"].upper()
    drafting.fields.setdefault("name", _host(url))
    return drafting.finish()


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        return f"{parts.hostname or ''}{parts.path.rstrip('/')}"[:200]
    except ValueError:
        return url[:200]


def _integer(value: str) -> object:
    return int(value) if re.fullmatch(r"-?\d{1,9}", value, re.ASCII) else value


def _flag(value: str) -> object:
    plain = value.lower()
    return True if plain in _YES else False if plain in _NO else value


def _tags(value: str) -> object:
    return [tag for tag in (text_of(it) for it in re.split(r"[;,|]", value)) if tag]


def _headers(value: str) -> object:
    """Return a JSON object, or lines of ``Name: value``."""
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        pairs = (line.partition(":") for line in re.split(r"[\n|]", value) if line.strip())
        return {name.strip(): said.strip() for name, _, said in pairs}
    return found


def _body(value: str) -> object:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


_VALUES: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(_INTEGERS, _integer),
    **dict.fromkeys(_FLAGS, _flag),
    "tags": _tags,
    "headers": _headers,
    "body": _body,
}

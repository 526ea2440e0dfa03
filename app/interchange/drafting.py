"""Puts together one row: fields under their wire names, checked as the backend would check them.

Every reader ends here. Knows the contract's limits and no other program's format.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.interchange.reading import IN_THE_WAY, Finding, Kind, Row
from backend.contract.assertions import Assertion
from backend.contract.commands import EndpointDraft
from backend.contract.transfer import sentence
from backend.contract.vocabulary import Limits

_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_MOST_FINDINGS = 30
_SHOWN = 300
_ASSERTION: TypeAdapter[object] = TypeAdapter(Assertion)


@dataclass
class Drafting:
    """A row under way.

    Attributes:
        place: where in the file.
        fields: what is known so far, under wire names.
        findings: what is to be said of it.
        is_suggested: whether it is chosen at first.
    """

    place: str
    fields: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    is_suggested: bool = True

    def note(self, kind: Kind, about: str = "", detail: str = "") -> None:
        """Say something of the row, once."""
        found = Finding(kind, shown(about), shown(detail))
        if found not in self.findings and len(self.findings) < _MOST_FINDINGS:
            self.findings.append(found)

    def not_carried(self, *settings: str) -> None:
        """Say that Vigil has nothing for these settings."""
        for setting in settings:
            self.note(Kind.NOT_CARRIED, setting)

    def within(self, name: str, value: float, limits: tuple[int, int]) -> None:
        """Set a number, moved into what Vigil allows, and say so where it had to be moved."""
        least, most = limits
        # Infinite and not-a-number come out as a bound as well.
        kept = round(value) if least <= value <= most else (most if value > most else least)
        self.fields[name] = kept
        if kept != value:
            self.note(Kind.ADJUSTED, name, f"{value:g} → {kept}")

    def add_tags(self, tags: Iterable[str]) -> None:
        """Add the tags that Vigil can hold, and name the others."""
        kept: list[str] = list(self.fields.get("tags", ()))
        for tag in filter(None, (text_of(tag) for tag in tags)):
            if len(tag) > Limits.TAG_LENGTH or len(kept) >= Limits.TAGS:
                self.not_carried(f"tag {tag}")
            elif tag not in kept:
                kept.append(tag)
        self.fields["tags"] = kept

    def add_assertion(self, assertion: Mapping[str, object], origin: str) -> None:
        """Add an assertion, or name its origin where Vigil cannot judge it."""
        held: list[Mapping[str, object]] = self.fields.setdefault("assertions", [])
        if len(held) >= Limits.ASSERTIONS or not _holds(assertion):
            self.not_carried(origin)
        elif assertion not in held:
            held.append(assertion)

    def add_header(self, name: str, value: str) -> None:
        """Add a header unless one of that name is there."""
        headers: dict[str, str] = self.fields.setdefault("headers", {})
        if name.lower() not in (held.lower() for held in headers):
            headers[name] = value

    def finish(self) -> Row:
        """Return the row, with a draft where nothing is in the way."""
        fields = {key: value for key, value in self.fields.items() if value is not None}
        draft = None
        if not any(finding.kind in IN_THE_WAY for finding in self.findings):
            try:
                draft = EndpointDraft.model_validate(fields)
            except ValidationError as error:
                for fault in error.errors(include_url=False, include_input=False):
                    name, _, reason = sentence(fault["loc"] or ("url",), fault).partition(" ")
                    self.note(Kind.INVALID, name, reason)
        url, method = shown(text_of(fields.get("url"))), shown(text_of(fields.get("method")))
        return Row(
            self.place,
            shown(text_of(fields.get("name"))) or url or self.place,
            f"{method or 'GET'} {url}" if url.partition("://")[2] or "://" not in url else "",
            draft,
            tuple(self.findings),
            self.is_suggested,
        )


def _holds(assertion: Mapping[str, object]) -> bool:
    """Say whether the contract takes an assertion."""
    try:
        _ASSERTION.validate_python(assertion)
    except ValidationError:
        return False
    return True


def text_of(value: object) -> str:
    """Return a scalar as a text in one line, anything else as nothing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _UNSHOWABLE.sub(" ", value).strip()
    if isinstance(value, int | float):
        try:
            return str(value)
        except ValueError:  # more digits than Python writes
            return ""
    return ""


def shown(text: str) -> str:
    """Return a text from outside as it may be shown: one line, of a length that can be read."""
    clean = _UNSHOWABLE.sub(" ", text[: 2 * _SHOWN]).strip()
    return clean if len(clean) <= _SHOWN else f"{clean[:_SHOWN]}…"


def mapping(value: object) -> Mapping[str, Any]:
    """Return a JSON object, anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def listing(value: object) -> list[Any]:
    """Return a JSON array, anything else as an empty one."""
    return value if isinstance(value, list) else []


def not_an_object(place: str) -> Row:
    """Return the row of something that describes no endpoint."""
    drafting = Drafting(place)
    drafting.note(Kind.NOT_AN_OBJECT)
    return drafting.finish()


_STEP = re.compile(
    r"\.?(?:(?P<name>[^.\[\]\s()*?+\"'`$&|<>=!,;:{}\\^~%@]+)|\[(?P<index>\d{1,9})\])"
)
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def path_of(short: str) -> str | None:
    """Return a short path as JSONPath, ``None`` where it is more than names and indexes."""
    rest = short.removeprefix("$")
    if not rest:
        return "$" if short else None
    path, at = "$", 0
    while at < len(rest):
        step = _STEP.match(rest, at)
        if step is None:
            return None
        at = step.end()
        name = step["name"]
        if name is None:
            path += f"[{step['index']}]"
        else:
            path += f".{name}" if _PLAIN.fullmatch(name) else f"['{name}']"
    return path

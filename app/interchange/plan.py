"""The dry run: what of a reading would be added, changed or skipped, beside what is watched now.

Pure. The import presenter shows it and carries it out. The same name, method and URL are the same
endpoint; the same name alone is one that the file would change, if somebody chooses so.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from app.interchange.reading import Kind, Reading, Row
from backend.contract.commands import EndpointDraft
from backend.contract.resources import EndpointView
from backend.contract.vocabulary import Defaults


class Step(StrEnum):
    """What would become of a row."""

    ADD = "add"
    CHANGE = "change"
    SKIP = "skip"
    REFUSE = "refuse"


class Same(StrEnum):
    """What a skipped row is the same as."""

    WATCHED = "watched"
    ROW = "row"


_SECRET_FIELDS = frozenset({"headers", "url", "is_active"})
"""What cannot be compared where a file has left secrets out."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One row and what would become of it.

    Attributes:
        changes: for CHANGE, what would be patched, under wire names.
        before: for CHANGE, the same fields as they are now: the way back.
        endpoint_id: for CHANGE, whose they are.
        same: for SKIP, what it is the same as.
        is_chosen: whether it is carried out until somebody says otherwise.
    """

    row: Row
    step: Step
    changes: Mapping[str, JsonValue] | None = None
    before: Mapping[str, JsonValue] | None = None
    endpoint_id: str = ""
    same: Same | None = None
    is_chosen: bool = False


def plan(reading: Reading, watched: Iterable[EndpointView]) -> tuple[Planned, ...]:
    """Return what would become of every row, in the order of the file."""
    by_name: dict[str, list[EndpointView]] = defaultdict(list)
    for view in watched:
        by_name[view.name].append(view)
    seen: set[tuple[str, str, str]] = set()
    planned = []
    for row in reading.rows:
        draft = row.draft
        if draft is None:
            planned.append(Planned(row, Step.REFUSE))
            continue
        key = draft.name, draft.method.value, draft.url
        if key in seen:
            planned.append(Planned(row, Step.SKIP, same=Same.ROW))
            continue
        seen.add(key)
        planned.append(_beside(row, draft, by_name.get(draft.name, ())))
    return tuple(planned)


def _beside(row: Row, draft: EndpointDraft, namesakes: Iterable[EndpointView]) -> Planned:
    found = list(namesakes)
    exact = [it for it in found if (it.method, it.url) == (draft.method, draft.url)]
    candidates = exact or (found if len(found) == 1 else [])
    if not candidates:
        return Planned(row, Step.ADD, is_chosen=row.is_suggested)
    view = candidates[0]
    changes, before = _difference(row, draft, view)
    if not changes:
        return Planned(row, Step.SKIP, same=Same.WATCHED)
    # Never chosen by itself: what is watched now was set by somebody, too.
    return Planned(row, Step.CHANGE, changes, before, view.id)


def _difference(
    row: Row, draft: EndpointDraft, view: EndpointView
) -> tuple[dict[str, JsonValue], dict[str, JsonValue]]:
    """Return the fields that the file sets otherwise, as it has them and as they are."""
    ignored = _SECRET_FIELDS if any(it.kind is Kind.LEFT_OUT for it in row.findings) else ()
    names = {
        name
        for name in draft.model_fields_set
        if name not in ignored and not _alike(name, draft, view)
    }
    # Compared as they are, and put on the wire only where they differ: there may be thousands.
    changes = draft.model_dump(mode="json", by_alias=True, include=names) if names else {}
    before = view.model_dump(mode="json", by_alias=True, include=names) if names else {}
    return changes, before


def _alike(name: str, draft: EndpointDraft, view: EndpointView) -> bool:
    value, now = getattr(draft, name), getattr(view, name)
    if name == "headers":
        return (value or {}) == (now or {})
    if name == "retry_interval" and value is None:
        return bool(now == min(view.check_interval, Defaults.RETRY_INTERVAL_S))
    if name == "degraded_threshold" and value is None:
        return bool(now == default_degraded_ms(view.timeout_threshold))
    if name == "body":
        return json.dumps(value, sort_keys=True) == json.dumps(now, sort_keys=True)  # true is not 1
    return bool(value == now)


def default_degraded_ms(timeout_ms: int) -> int:
    """Return from when on an answer is slow, where nobody said otherwise."""
    return round(timeout_ms * Defaults.DEGRADED_SHARE)

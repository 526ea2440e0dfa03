"""Reads and writes what Vigil itself exports: the format of ``backend.contract.transfer``.

Row by row, so that one bad endpoint does not keep the others out. An endpoint whose secrets were
left out is paused: without them its checks would fail.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.interchange.drafting import Drafting, listing, not_an_object, text_of
from app.interchange.plan import default_degraded_ms
from app.interchange.reading import Kind, Reading, Row, Source, failed
from backend.contract.commands import EndpointDraft
from backend.contract.resources import EndpointView
from backend.contract.transfer import (
    FORMAT,
    FORMAT_VERSION,
    ExportedEndpoint,
    ExportFile,
    without_secrets,
)
from backend.contract.version import VERSION
from backend.contract.vocabulary import Defaults


def is_export(tree: Mapping[str, Any]) -> bool:
    """Say whether a JSON document calls itself an export of Vigil."""
    return tree.get("format") == FORMAT


def read(tree: Mapping[str, Any]) -> Reading:
    """Return the endpoints of an export."""
    version = tree.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        return failed(Kind.OTHER_VERSION, text_of(version), source=Source.VIGIL)
    if version > FORMAT_VERSION:
        return failed(Kind.NEWER, text_of(version), source=Source.VIGIL)
    rows = (
        [
            _row(f"endpoints[{number}]", said)
            for number, said in enumerate(listing(tree["endpoints"]))
        ]
        if "endpoints" in tree
        else []
    )
    return Reading(Source.VIGIL, tuple(rows))


def _row(place: str, said: object) -> Row:
    if not isinstance(said, dict):
        return not_an_object(place)
    fields = dict(said)
    drafting = Drafting(place, fields)
    for lost in listing(fields.pop("leftOut", None)):
        drafting.note(Kind.LEFT_OUT, text_of(lost))
        fields["isActive"] = False
    return drafting.finish()


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be written.

    Attributes:
        content: its bytes.
        count: how many endpoints it holds.
        secrets: how many secrets were left out of it.
    """

    content: bytes
    count: int
    secrets: int


def document(views: Iterable[EndpointView], now: datetime) -> Document:
    """Return these endpoints as a file."""
    exported = tuple(_exported(view) for view in views)
    file = ExportFile(exported_at=now, exported_by=f"Vigil {VERSION}", endpoints=exported)
    text = json.dumps(file.to_wire(), indent=2, ensure_ascii=False)
    secrets = sum(len(each.left_out) for each in exported)
    return Document(f"{text}\n".encode("utf-8", "replace"), len(exported), secrets)


def _exported(view: EndpointView) -> ExportedEndpoint:
    fields = {name: getattr(view, name) for name in EndpointDraft.model_fields}
    url, headers, body, left_out = without_secrets(view.url, view.headers, view.body)
    fields |= {"url": url, "headers": headers, "body": body}
    # What only follows from the other fields goes on following from them.
    if view.degraded_threshold == default_degraded_ms(view.timeout_threshold):
        fields["degraded_threshold"] = None
    if view.retry_interval == min(view.check_interval, Defaults.RETRY_INTERVAL_S):
        fields["retry_interval"] = None
    return ExportedEndpoint.model_construct(**fields, left_out=left_out)

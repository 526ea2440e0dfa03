"""Endpoints -> the file that Vigil and ``vigil-backend import`` read back, without secrets."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.interchange.plan import default_degraded_ms
from backend.contract.commands import EndpointDraft
from backend.contract.resources import EndpointView
from backend.contract.transfer import ExportedEndpoint, ExportFile, without_secrets
from backend.contract.version import VERSION
from backend.contract.vocabulary import Defaults


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
    url, headers, left_out = without_secrets(view.url, view.headers)
    fields |= {"url": url, "headers": headers}
    # What only follows from the other fields goes on following from them.
    if view.degraded_threshold == default_degraded_ms(view.timeout_threshold):
        fields["degraded_threshold"] = None
    if view.retry_interval == min(view.check_interval, Defaults.RETRY_INTERVAL_S):
        fields["retry_interval"] = None
    return ExportedEndpoint.model_construct(**fields, left_out=left_out)

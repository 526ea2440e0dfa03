"""Reads what Vigil itself exported: the format of ``backend.contract.transfer``.

Row by row, so that one bad endpoint does not keep the others out. An endpoint whose secrets were
left out is paused: without them its checks would fail.
"""

from collections.abc import Mapping
from typing import Any

from app.interchange.drafting import Drafting, listing, not_an_object, text_of
from app.interchange.reading import Kind, Reading, Row, Source, failed
from backend.contract.transfer import FORMAT, FORMAT_VERSION


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

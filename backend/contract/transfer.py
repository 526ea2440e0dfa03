"""The file that ``vigil-backend export`` writes and ``import`` reads, and what is wrong with one.

Every endpoint is a draft as ``POST /endpoints`` takes it, and is validated as strictly. Secrets
stay at home: ``without_secrets`` takes them out, for the backend's command and the desktop alike.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, TypeVar
from urllib.parse import urlsplit

from backend.contract.commands import EndpointDraft
from backend.contract.secret_names import is_kept
from backend.contract.wire import Command, Instant

Body = TypeVar("Body")

FORMAT: Final = "vigil-export"
FORMAT_VERSION: Final = 1

PUBLIC_HEADERS: Final = frozenset(
    {
        "accept",
        "accept-encoding",
        "accept-language",
        "cache-control",
        "connection",
        "content-type",
        "host",
        "origin",
        "pragma",
        "referer",
        "upgrade",
        "user-agent",
    }
)
"""Headers that say nothing private; every other one may be a secret."""


class ExportedEndpoint(EndpointDraft):
    """One endpoint; ``left_out`` names the secrets it had."""

    left_out: tuple[str, ...] = ()


class ExportFile(Command):
    """The whole file."""

    format: Literal["vigil-export"] = FORMAT
    version: Literal[1] = FORMAT_VERSION
    exported_at: Instant
    exported_by: str
    endpoints: tuple[ExportedEndpoint, ...]


def public_url(url: str) -> str:
    """Return a URL as it may be passed on: without user, password and query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def without_secrets(
    url: str, headers: Mapping[str, str] | None, body: Body
) -> tuple[str, dict[str, str] | None, Body | None, tuple[str, ...]]:
    """Return URL, headers and body that may be shown to others, and the names of what they lost."""
    left_out: list[str] = []
    kept = dict(headers or {})
    for name, value in (headers or {}).items():
        if name.lower() in PUBLIC_HEADERS and not is_kept(value):
            continue
        del kept[name]
        left_out.append(f"the header {name}")
    parts = urlsplit(url)
    if parts.password is not None:
        host = f"{parts.username or ''}@{parts.netloc.rpartition('@')[2]}"
        url = parts._replace(netloc=host).geturl()
        left_out.append("the password of the URL")
    if is_kept(body):
        left_out.append("the body")
    return url, None if headers is None else kept, None if is_kept(body) else body, tuple(left_out)


_OPENING = re.compile(r"^\w+ should (?=be|have|match|contain|start|end)")
_WORDS = {"missing": "is required", "extra_forbidden": "is not a known field"}


def sentence(names: Sequence[str | int], error: Mapping[str, Any]) -> str:
    """Return a fault of pydantic's as a sentence.

    Args:
        names: the way to the value, in wire names.
        error: one of ``ValidationError.errors()``.
    """
    place = list(names)
    if place[0] == "assertions":
        del place[2:3]  # the kind chose the form that is asked for; nobody wrote it there
    # Deep inside a value (the JSON to send, say) the place would be longer than the fault.
    subject = ".".join(str(name) for name in place) if len(place) <= 3 else str(place[0])
    said = _OPENING.sub("must ", str(error["msg"])).removeprefix("Value error, ")
    return f"{subject} {_WORDS.get(error['type'], said)}"

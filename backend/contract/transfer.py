"""The file that ``vigil-backend export`` writes and ``import`` reads: endpoints as JSON.

Every endpoint is a draft as ``POST /endpoints`` takes it, and is validated as strictly. Secrets
stay at home: ``without_secrets`` takes them out, for the backend's command and the desktop alike.
"""

from collections.abc import Mapping
from typing import Final, Literal
from urllib.parse import urlsplit

from backend.contract.commands import EndpointDraft
from backend.contract.wire import Command, Instant

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


def without_secrets(
    url: str, headers: Mapping[str, str] | None
) -> tuple[str, dict[str, str] | None, tuple[str, ...]]:
    """Return a URL and headers that may be shown to others, and the names of what they lost."""
    left_out: list[str] = []
    kept = dict(headers or {})
    for name in [it for it in kept if it.lower() not in PUBLIC_HEADERS]:
        del kept[name]
        left_out.append(f"the header {name}")
    parts = urlsplit(url)
    if parts.password is not None:
        host = f"{parts.username or ''}@{parts.netloc.rpartition('@')[2]}"
        url = parts._replace(netloc=host).geturl()
        left_out.append("the password of the URL")
    return url, None if headers is None else kept, tuple(left_out)

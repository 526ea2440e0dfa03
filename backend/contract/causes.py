"""What several endpoints that changed together have in common: the likely cause, named once.

Pure. The letters of the backend and the desktop's toasts and notifications group by it; the
words are made by them. What is not known here cannot be a cause: an address is one where a URL
names it, or where the endpoint was seen to answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from backend.contract.vocabulary import CauseKind


@dataclass(frozen=True, slots=True)
class Affected:
    """What is known of one endpoint that changed.

    Attributes:
        url: what it is asked at.
        message: why it is DOWN, in the backend's words; ``None`` when it is not.
        tags: how the user sorted it.
        address: where it last answered, if its name led somewhere.
    """

    url: str
    message: str | None = None
    tags: tuple[str, ...] = ()
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing endpoints share: a host, an address, a certificate's fault or a tag by name.

    ``subject`` is "" for the resolver, of which there is but one.
    """

    kind: CauseKind
    subject: str = ""


def causes_of(one: Affected) -> tuple[Cause, ...]:
    """Return everything of an endpoint that others may share, the likeliest cause first."""
    found = []
    host = _host_of(one.url)
    if host:
        found.append(Cause(CauseKind.ADDRESS if _is_address(host) else CauseKind.HOST, host))
    if one.address and one.address != host:
        found.append(Cause(CauseKind.ADDRESS, one.address))
    message = one.message or ""
    if message.startswith("DNS lookup failed"):
        found.append(Cause(CauseKind.RESOLVER))
    if message.startswith("TLS certificate"):
        found.append(Cause(CauseKind.CERTIFICATE, message))
    found += [Cause(CauseKind.TAG, tag) for tag in sorted(one.tags)]
    return tuple(found)


def common_cause(affected: Sequence[Affected]) -> Cause | None:
    """Return the likeliest thing that all of them share; ``None`` for one or for nothing."""
    if len(affected) < 2:
        return None
    shared = set.intersection(*(set(causes_of(one)) for one in affected))
    return next((cause for cause in causes_of(affected[0]) if cause in shared), None)


def by_cause(affected: Sequence[Affected]) -> list[tuple[Cause | None, tuple[int, ...]]]:
    """Sort endpoints into groups of at least two that share something, the largest first.

    Returns:
        Each group's cause and the places of its members; last, under ``None``, those that share
        nothing with another, if there are any.
    """
    left = dict(enumerate(map(causes_of, affected)))
    groups: list[tuple[Cause | None, tuple[int, ...]]] = []
    while True:
        members: dict[Cause, list[int]] = {}
        for place, causes in left.items():
            for cause in causes:
                members.setdefault(cause, []).append(place)
        # Among groups of a size the likelier cause: max keeps the first it meets.
        ranked = sorted(members, key=lambda cause: list(CauseKind).index(cause.kind))
        largest = max(ranked, key=lambda cause: len(members[cause]), default=None)
        if largest is None or len(members[largest]) < 2:
            break
        groups.append((largest, tuple(members[largest])))
        for place in members[largest]:
            del left[place]
    return [*groups, (None, tuple(left))] if left else groups


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

"""Does this network answer for everybody? What gives it away, and the decision.

Before a login page, a network sends every question to one place of its own: by a redirect, by a
certificate that is not the target's, or by a name server that has one address for all names. Then
unrelated targets are answered by one stranger, and none as itself. Pure; the engine's portal
gathers what was seen.
"""

import hashlib
import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from backend.contract.vocabulary import Reason
from backend.domain.connectivity import UNRELATED_SILENT, parsed
from backend.domain.reply import Failure, Reply

LOGIN_REQUIRED: Final = 511
"""Network Authentication Required (RFC 6585): nobody but a network before its login says so."""

_NO_ANSWER: Final = frozenset({Reason.NETWORK, Reason.RESOLVER, Reason.OURS})


@dataclass(frozen=True, slots=True)
class Seen:
    """Who answered an attempt, as far as that shows.

    Attributes:
        host: who was asked: a name, or a literal address.
        address: where the answer came from; ``None`` without one, and after a redirect elsewhere.
        landed: the other host it was sent to.
        manner: how the connection went wrong, if it did: the certificate shown, or in words.
        answered: whether there was an answer, were it a bad one.
        wants_login: whether it says so itself.
    """

    host: str
    address: str | None = None
    landed: str | None = None
    manner: str | None = None
    answered: bool = False
    wants_login: bool = False


@dataclass(frozen=True, slots=True)
class Witness:
    """What a target shows now, beside how it was known before; ``None``: it was not."""

    now: Seen
    usual: Seen | None = None

    @property
    def is_itself(self) -> bool:
        """Whether it answered, and nothing about it is strange."""
        return self.now.answered and not marks(self.now, self.usual)


def seen(host: str, attempt: Reply | Failure) -> Seen:
    """Return who answered an attempt to ask a host."""
    facts = attempt.facts
    answered = not (isinstance(attempt, Failure) and attempt.reason in _NO_ANSWER)
    if facts is None:
        return Seen(host, answered=answered)
    last = _host_of(facts.url) if facts.redirects else host
    location = {name.lower(): value for name, value in facts.headers}.get("location")
    if location is not None and facts.status_code is not None and 300 <= facts.status_code < 400:
        last = _host_of(urljoin(facts.url, location)) or last
    landed = last if last != host and _site(last) != _site(host) else None
    peer = None if facts.peer is None else facts.peer.rpartition(":")[0].strip("[]")
    manner = None
    if isinstance(attempt, Failure) and peer is not None and facts.status_code is None:
        manner = attempt.message
        if attempt.reason is Reason.TLS and facts.certificates:
            manner = hashlib.sha256(facts.certificates[0]).hexdigest()
    return Seen(
        host,
        address=None if landed else peer,
        landed=landed,
        manner=manner,
        answered=answered,
        wants_login=facts.status_code == LOGIN_REQUIRED,
    )


def marks(now: Seen, usual: Seen | None) -> frozenset[str]:
    """Return what is strange about an answer: what it was not like before."""
    found = set()
    if now.wants_login:
        found.add("wants a login")
    if now.landed is not None and (usual is None or usual.landed != now.landed):
        found.add(f"sent to {now.landed}")
    if now.manner is not None and (usual is None or usual.manner != now.manner):
        found.add(f"manner {now.manner}")
    moved = usual is not None and usual.address is not None and usual.address != now.address
    if moved and now.address is not None and parsed(now.host) is None:
        found.add(f"at {now.address}")
    return frozenset(found)


def is_stranger(witnesses: Sequence[Witness]) -> bool:
    """Say whether one stranger answers for targets that have nothing to do with each other."""
    if any(it.now.wants_login for it in witnesses):
        return True
    if any(it.is_itself for it in witnesses):
        return False
    shared: dict[str, list[Witness]] = {}
    for witness in witnesses:
        for mark in marks(witness.now, witness.usual):
            shared.setdefault(mark, []).append(witness)
    if any(_unrelated(group) >= 2 for group in shared.values()):
        return True
    silent = [it for it in witnesses if not it.now.answered and it.usual is not None]
    return bool(shared) and _unrelated(silent) >= UNRELATED_SILENT


def _unrelated(witnesses: Iterable[Witness]) -> int:
    """Return how many of them have neither a site nor a network in common with one before."""
    sites: set[str] = set()
    networks: set[str] = set()
    count = 0
    for witness in witnesses:
        site, network = _site(witness.now.host), _network(witness)
        if site in sites or network in networks:
            continue
        sites.add(site)
        networks |= set() if network is None else {network}
        count += 1
    return count


def _site(host: str) -> str:
    """Return the end of a name that one owner's hosts share, roughly; an address as it is."""
    name = host.lower().rstrip(".")
    return name if parsed(name) is not None else ".".join(name.split(".")[-2:])


def _network(witness: Witness) -> str | None:
    """Return the network a target is in, as wide as one operator's: /16, /32."""
    known = None if witness.usual is None else witness.usual.address
    address = parsed(witness.now.host) or parsed(known or witness.now.address or "")
    if address is None:
        return None
    width = 16 if address.version == 4 else 32
    return str(ipaddress.ip_network((address, width), strict=False))


def _host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""

"""Secrets taken out of what the user set, and put back into what is asked or sent.

Pure: the values come as arguments and are handed back, where they are kept is the archive's. Used
by the engine for endpoints and by the messengers for channels.
"""

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Final
from urllib.parse import quote, urlsplit

from backend.contract.alerts import ChannelType
from backend.contract.secret_names import (
    MADE,
    MADE_BODY,
    REFERENCE,
    is_kept,
    is_reference,
    is_sensitive,
    names_in,
    reference,
)
from backend.domain.endpoint import Endpoint, Json

_FORBIDDEN_IN_HEADER: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]")

BODY_LENGTH: Final = 65_536
"""How long a body that is kept as a secret may be, in characters of JSON."""

NewName = Callable[[str], str]
"""Makes a name for a secret from what it is for."""


class SecretRefusedError(Exception):
    """What is to be a secret cannot be one; its message begins with the field and has no value."""


class SecretUnusableError(Exception):
    """A secret cannot be put where it belongs; its message is for people and names no value."""


@dataclass
class Hiding:
    """Takes secrets out of values, and keeps them by the names it gives them.

    Args:
        new_name: makes the names.
        known: names by value: what is kept already keeps its name.
    """

    new_name: NewName
    known: Mapping[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def text(self, plain: str, purpose: str) -> str:
        """Return what stands for a text; one that holds a reference, or nothing, stays."""
        if not plain or REFERENCE.search(plain):
            return plain
        name = self.known.get(plain)
        if name is None:
            name = self.new_name(purpose)
            self.values[name] = plain
        return reference(name)

    def headers(
        self, plain: Mapping[str, str], *, every: bool = False, marked: Collection[str] = ()
    ) -> dict[str, str]:
        """Return headers without the values of those for credentials.

        Args:
            plain: as they were set.
            every: all of them are.
            marked: these are secret as well, in lower case.

        Raises:
            SecretRefusedError: one that is marked holds the name of another secret.
        """
        kept: dict[str, str] = {}
        for name, value in plain.items():
            is_marked = name.lower() in marked
            if is_marked and REFERENCE.search(value) and not is_reference(value):
                words = f"headers must not name a secret in {name}, which is one itself"
                raise SecretRefusedError(words)
            hides = every or is_marked or is_sensitive(name)
            kept[name] = self.text(value, name.lower()) if hides else value
        return kept

    def body(self, plain: Json) -> Json:
        """Return what stands for a whole body; none, and one that is hidden, stays.

        Raises:
            SecretRefusedError: it is too long, or holds the name of another secret.
        """
        if plain is None or is_kept(plain, MADE_BODY):
            return plain
        text = json.dumps(plain)
        if REFERENCE.search(text):
            raise SecretRefusedError("body must not name a secret: it is one itself")
        if len(text) > BODY_LENGTH:
            raise SecretRefusedError(f"body must have at most {BODY_LENGTH} characters as a secret")
        name = self.known.get(text, "")
        if not name.startswith(MADE_BODY):  # a header may have that value, too
            name = self.new_name("body")
            self.values[name] = text
        return reference(name)

    def password(self, url: str) -> str:
        """Return a URL without its password."""
        parts = urlsplit(url)
        userinfo, at, host = parts.netloc.rpartition("@")
        user, colon, password = userinfo.partition(":")
        if not password:
            return url
        hidden = self.text(password, "password")
        return parts._replace(netloc=f"{user}{colon}{hidden}{at}{host}").geturl()

    def behind_host(self, url: str) -> str:
        """Return a URL of which scheme and host are left."""
        url = self.password(url)
        head, tail = _split(url)
        return head + self.text(tail, "address")

    def endpoint(self, endpoint: Endpoint) -> Endpoint:
        """Return an endpoint as it may be kept and shown."""
        headers = None if endpoint.headers is None else self.headers(endpoint.headers)
        return replace(endpoint, url=self.password(endpoint.url), headers=headers)

    def config(self, kind: ChannelType, config: Mapping[str, Json]) -> dict[str, Json]:
        """Return a channel's config, under its wire names, as it may be kept."""
        kept = dict(config)
        for name in ("password", "secret"):
            value = kept.get(name)
            if isinstance(value, str):
                kept[name] = self.text(value, name)
        headers = kept.get("headers")
        if isinstance(headers, dict):
            kept["headers"] = {**self.headers(_texts(headers), every=True)}
        for name in ("url", "webhookUrl"):
            url = kept.get(name)
            if isinstance(url, str) and kind is ChannelType.APPRISE:
                scheme, mark, rest = url.partition("://")
                kept[name] = scheme + mark + self.text(rest, "address")
            elif isinstance(url, str):
                kept[name] = self.behind_host(url)
        return kept


def names_of(endpoint: Endpoint) -> frozenset[str]:
    """Return the names of the secrets an endpoint refers to."""
    found = names_in(endpoint.url).union(*map(names_in, (endpoint.headers or {}).values()))
    if endpoint.body is None:
        return found
    return found | names_in(json.dumps(endpoint.body))


@dataclass(frozen=True, slots=True, kw_only=True)
class WithSecretBody(Endpoint):
    """An endpoint in whose body is the value of a secret: nobody else may be sent that body."""


def filled(endpoint: Endpoint, values: Mapping[str, str]) -> Endpoint:
    """Return an endpoint with the values of its secrets in their places.

    One in whose body there are any is a :class:`WithSecretBody`.

    Raises:
        SecretUnusableError: a value is none that a header can carry, or no body.
    """
    headers = endpoint.headers and {
        name: _in_header(value, values) for name, value in endpoint.headers.items()
    }
    asked = replace(
        endpoint,
        url=REFERENCE.sub(lambda found: _in_url(found[1], values), endpoint.url),
        headers=headers,
        body=_in_body(endpoint.body, values),
    )
    if endpoint.body is None or not names_in(json.dumps(endpoint.body)):
        return asked
    return WithSecretBody(**{it.name: getattr(asked, it.name) for it in fields(Endpoint)})


def marked_headers(endpoint: Endpoint) -> frozenset[str]:
    """Return the headers of an endpoint whose values are hidden, in lower case."""
    headers = endpoint.headers or {}
    return frozenset(name.lower() for name, value in headers.items() if is_kept(value))


def hides_body(endpoint: Endpoint) -> bool:
    """Say whether the whole body of an endpoint is a secret."""
    return is_kept(endpoint.body, MADE_BODY)


def filled_json(value: Json, values: Mapping[str, str]) -> Json:
    """Return JSON with the values of its secrets in their places, within texts only."""
    if value is None:
        return None

    def escaped(found: re.Match[str]) -> str:
        return json.dumps(values[found[1]])[1:-1]

    made: Json = json.loads(REFERENCE.sub(escaped, json.dumps(value)))
    return made


def _in_body(body: Json, values: Mapping[str, str]) -> Json:
    found = REFERENCE.fullmatch(body) if isinstance(body, str) else None
    if found is None or not is_kept(body, MADE_BODY):
        return filled_json(body, values)
    try:
        made: Json = json.loads(values[found[1]])
    except (ValueError, RecursionError):
        raise SecretUnusableError(f"The secret {found[1]} is no JSON") from None
    return made


def _in_header(text: str, values: Mapping[str, str]) -> str:
    for name in names_in(text):
        # What breaks a line would be a header of its own.
        if _FORBIDDEN_IN_HEADER.search(values[name]):
            raise SecretUnusableError(f"The secret {name} has characters no header can carry")
    return REFERENCE.sub(lambda found: values[found[1]], text)


def _in_url(name: str, values: Mapping[str, str]) -> str:
    """Return a value as a part of a URL; what Vigil took out of one goes back as it was."""
    return values[name] if name.startswith(MADE) else quote(values[name], safe="")


def _split(url: str) -> tuple[str, str]:
    """Return a URL up to the slash behind its host, and what follows."""
    parts = urlsplit(url)
    head = f"{parts.scheme}://{parts.netloc}/"
    rest = url.partition("://")[2]
    return head, rest[len(parts.netloc) :].removeprefix("/")


def _texts(headers: Mapping[str, Json]) -> dict[str, str]:
    return {name: str(value) for name, value in headers.items()}

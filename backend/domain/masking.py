"""Secrets taken out of what targets send back before it is kept or shown.

A server may echo what it was sent. Everything the user set as a header counts as a secret, but
for headers that say nothing private; so do the password of a URL and a body kept as a secret.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from backend.contract import transfer
from backend.contract.transfer import PUBLIC_HEADERS
from backend.domain.endpoint import Endpoint, Json
from backend.domain.facts import Facts

MASK: Final = "•••"

_SECRET_HEADERS: Final = frozenset(
    {
        "authorization",
        "cookie",
        "proxy-authorization",
        "set-cookie",
        "set-cookie2",
        "x-api-key",
        "x-auth-token",
        "x-csrf-token",
    }
)
_SHORTEST: Final = 4
"""A shorter value is in every text by chance, and guessed as soon as it is looked for."""


def secrets_of(endpoint: Endpoint) -> tuple[str, ...]:
    """Return what must not be seen of an endpoint's request, the longest first."""
    found: set[str] = set()
    for name, value in (endpoint.headers or {}).items():
        if name.lower() not in PUBLIC_HEADERS:
            # Of "Bearer abc" the second word is the secret, also where it stands alone.
            found |= {value.strip(), *value.split(), *_cookies(name, value)}
    parts = urlsplit(endpoint.url)
    if parts.password:
        user, password = unquote(parts.username or ""), unquote(parts.password)
        pair = b64encode(f"{user}:{password}".encode()).decode()
        found |= {parts.password, password, pair}
    kept = (secret for secret in found if len(secret) >= _SHORTEST and secret not in _SCHEMES)
    return tuple(sorted(kept, key=len, reverse=True))


def secrets_sent(endpoint: Endpoint, facts: Facts | None) -> tuple[str, ...]:
    """Return what must not be seen of what was really sent, the longest first."""
    own = secrets_of(endpoint)
    if facts is None or not facts.secrets:
        return own
    return tuple(sorted({*own, *facts.secrets}, key=len, reverse=True))


def worth_masking(values: Iterable[str]) -> tuple[str, ...]:
    """Return what of some secrets can be masked, as it is, in a URL and in JSON."""
    forms = {form for it in values for form in (it, quote(it, safe=""), json.dumps(it)[1:-1])}
    return tuple(it for it in forms if len(it) >= _SHORTEST)


def texts_of(value: Json) -> Iterator[str]:
    """Yield the texts and numbers within JSON: what of a secret body somebody could quote."""
    if isinstance(value, dict):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def without_secrets(endpoint: Endpoint) -> tuple[Endpoint, tuple[str, ...]]:
    """Return an endpoint that may be shown to others, and the names of what it lost."""
    url, headers, body, left_out = transfer.without_secrets(
        endpoint.url, endpoint.headers, endpoint.body
    )
    return replace(endpoint, url=url, headers=headers, body=body), left_out


def masked(text: str, secrets: tuple[str, ...]) -> str:
    """Return a text without any of some secrets."""
    for secret in secrets:
        text = text.replace(secret, MASK)
    return text


def masked_head(text: str, secrets: tuple[str, ...]) -> str:
    """Return the beginning of a longer text without secrets, also where one is cut by its end."""
    text = masked(text, secrets)
    for secret in secrets:
        for length in range(len(secret) - 1, _SHORTEST - 1, -1):
            if text.endswith(secret[:length]):
                return text[:-length] + MASK
    return text


def masked_header(name: str, value: str, secrets: tuple[str, ...]) -> str:
    """Return the value of a header of an answer, or a mask where the header is for secrets."""
    return MASK if name.lower() in _SECRET_HEADERS else masked(value, secrets)


_SCHEMES: Final = frozenset({"Basic", "Bearer", "Digest", "Token", "bearer", "basic", "token"})


def _cookies(name: str, value: str) -> set[str]:
    if name.lower() != "cookie":
        return set()
    return {pair.partition("=")[2].strip() for pair in value.split(";")}

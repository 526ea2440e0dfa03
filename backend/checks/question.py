"""What is asked: the request of an endpoint, and the next one after a redirect.

Called by the HTTP prober. Knows URLs and headers, no connection and no library.
"""

import json
from base64 import b64encode
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from backend.contract.vocabulary import Method
from backend.domain.endpoint import Endpoint
from backend.domain.secret_values import WithSecretBody

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_FRAMING: Final = frozenset({"content-length", "transfer-encoding"})


class InvalidAddressError(Exception):
    """A URL that cannot be asked; its message is for people."""


@dataclass(frozen=True, slots=True)
class Question:
    """One request. Header names are lower case; ``own_headers`` are those the user set.

    ``secret_content``: the content holds a secret, so it is for this origin alone.
    """

    method: str
    url: str
    own_headers: dict[str, str]
    content: bytes | None
    content_type: str | None
    secret_content: bool = False

    def headers(self, user_agent: str) -> dict[str, str]:
        """Return all headers but Host and those of the framing; the user's win."""
        headers = {
            "accept": "*/*",
            "accept-encoding": "gzip, deflate",
            "connection": "close",
            "user-agent": user_agent,
        }
        if self.content_type is not None:
            headers["content-type"] = self.content_type
        return headers | self.own_headers


def question_of(endpoint: Endpoint) -> Question:
    """Return the first request of an endpoint.

    A body is sent as JSON; text with a content type of the user's own is sent as it is. A user
    name and password in the URL become Basic authorization.
    """
    own = {
        name.lower(): value.strip()
        for name, value in (endpoint.headers or {}).items()
        if name.lower() not in _FRAMING  # the length is what is really sent
    }
    parts = urlsplit(endpoint.url)
    if parts.username is not None and "authorization" not in own:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        own["authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    content_type = own.pop("content-type", None)
    if endpoint.body is None:
        content = None
    elif isinstance(endpoint.body, str) and content_type is not None:
        content = endpoint.body.encode()
    else:
        content = json.dumps(endpoint.body).encode()
        content_type = content_type or "application/json"
    url = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()
    return Question(
        endpoint.method.value,
        url,
        own,
        content,
        content_type,
        secret_content=isinstance(endpoint, WithSecretBody),
    )


def redirected(question: Question, status_code: int, location: str) -> Question:
    """Return the request a redirect asks for.

    The headers the user set, and a body with a secret in it, stay with the origin they were set
    for.

    Raises:
        InvalidAddressError: it leads elsewhere than to http or https.
    """
    try:
        parts = urlsplit(urljoin(question.url, location))
        host, scheme = parts.hostname, parts.scheme
        url = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()
        stays = origin_of(url) == origin_of(question.url)
    except ValueError as error:
        raise InvalidAddressError("Redirected to an invalid address") from error
    if scheme not in _DEFAULT_PORTS:
        raise InvalidAddressError("Redirected to an address that is neither http nor https")
    if not host:
        raise InvalidAddressError("Redirected to an invalid address")
    following = replace(question, url=url, own_headers=question.own_headers if stays else {})
    becomes_get = status_code == 303 and question.method != Method.HEAD
    if becomes_get or (status_code in (301, 302) and question.method == Method.POST):
        return replace(following, method=Method.GET.value, content=None, content_type=None)
    if question.secret_content and not stays:
        return replace(following, content=None, content_type=None)
    return following


def origin_of(url: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port of a URL."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)

"""A pasted curl command -> the fields of the endpoint form.

The endpoint form calls it for what is typed or pasted as a URL. Pure Python; whatever the text
holds, nothing is raised. What the form has no field for is left out.
"""

import base64
import json
import re
import shlex
from dataclasses import dataclass, field

from backend.contract.vocabulary import Limits, Method

_CONTINUED = re.compile(r"\\[ \t]*(\r\n|\r|\n|\u2028)")
_DATA = frozenset(
    {"--data", "--data-ascii", "--data-raw", "--data-binary", "--data-urlencode", "--json"}
)
_LONG = {
    "X": "--request",
    "H": "--header",
    "d": "--data",
    "u": "--user",
    "A": "--user-agent",
    "e": "--referer",
    "b": "--cookie",
    "m": "--max-time",
    "k": "--insecure",
    "I": "--head",
    "G": "--get",
}
_TAKES_VALUE = _DATA | {
    "--request",
    "--header",
    "--user",
    "--user-agent",
    "--referer",
    "--cookie",
    "--max-time",
    "--url",
}
_IGNORED_WITH_VALUE = frozenset(
    {
        *("--output", "--cookie-jar", "--connect-timeout", "--proxy", "--form", "--cacert"),
        *("--cert", "--key", "--resolve", "--retry", "--write-out", "--max-redirs", "--interface"),
    }
)
_IGNORED_LETTERS_WITH_VALUE = frozenset("ocxFEwyYzTrCDKPQt")
_NAMED_HEADERS = {"--user-agent": "User-Agent", "--referer": "Referer", "--cookie": "Cookie"}


@dataclass
class _Request:
    """What was read so far."""

    url: str = ""
    method: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    is_json: bool = False
    is_query: bool = False
    is_head: bool = False
    insecure: bool = False
    max_time_s: float | None = None


def fields_of(text: str) -> dict[str, object] | None:
    """Return what a curl command asks for under the wire's names.

    Returns:
        ``url``, ``method``, ``headers``, ``body``, and only if the command says so ``verifyTls``
        and ``timeoutThreshold``; None when it is no curl command with an HTTP URL.
    """
    words = _words(text)
    if not words or words[0] not in ("curl", "curl.exe"):
        return None
    found = _read(words[1:])
    if "://" not in found.url and found.url:
        found.url = f"http://{found.url}"
    if not found.url.startswith(("http://", "https://")):
        return None
    return _fields(found)


def _words(text: str) -> list[str]:
    bare = _CONTINUED.sub(" ", text.strip())
    if not bare.startswith("curl"):
        return []
    try:
        # A shell's $'...' quotes like '...' but for its backslashes: near enough for JSON.
        return shlex.split(bare.replace(" $'", " '"))
    except ValueError:
        return []


def _read(words: list[str]) -> _Request:
    found, rest = _Request(), iter(words)
    for word in rest:
        if word.startswith("--"):
            name, has_value, value = word.partition("=")
            if name in _TAKES_VALUE:
                _take(found, name, value if has_value else next(rest, ""))
            elif name in _IGNORED_WITH_VALUE and not has_value:
                next(rest, "")
            else:
                _flag(found, name)
        elif word.startswith("-") and len(word) > 1:
            for place, letter in enumerate(word[1:], 2):
                name = _LONG.get(letter, "")
                if name in _TAKES_VALUE:
                    _take(found, name, word[place:] or next(rest, ""))
                    break
                if letter in _IGNORED_LETTERS_WITH_VALUE:
                    if not word[place:]:
                        next(rest, "")
                    break
                _flag(found, name)
        elif not found.url:
            found.url = word
    return found


def _flag(found: _Request, name: str) -> None:
    match name:
        case "--insecure":
            found.insecure = True
        case "--head":
            found.is_head = True
        case "--get":
            found.is_query = True


def _take(found: _Request, name: str, value: str) -> None:
    match name:
        case "--request":
            found.method = value.upper()
        case "--url":
            found.url = value
        case "--header":
            header, _, said = value.partition(":")
            if header.strip():
                found.headers[header.strip()] = said.strip()
        case "--user":
            token = base64.b64encode(value.encode("utf-8", "replace")).decode("ascii")
            found.headers["Authorization"] = f"Basic {token}"
        case "--max-time":
            found.max_time_s = _seconds(value)
        case _ if name in _NAMED_HEADERS:
            found.headers[_NAMED_HEADERS[name]] = value
        case _:
            found.pieces.append(value)
            found.is_json = found.is_json or name == "--json"


def _seconds(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _fields(found: _Request) -> dict[str, object]:
    text = ("" if found.is_json else "&").join(found.pieces)
    url, method = found.url, found.method
    if found.is_query and text:
        url, text = f"{url}{'&' if '?' in url else '?'}{text}", ""
    if not method:
        method = "HEAD" if found.is_head else "POST" if text else "GET"
    if method not in tuple(Method):
        method = Method.GET.value
    headers = found.headers
    if found.is_json:
        headers = {"Content-Type": "application/json", "Accept": "application/json"} | headers
    body = _body(text)
    if isinstance(body, str) and not any(name.lower() == "content-type" for name in headers):
        headers = headers | {"Content-Type": "application/x-www-form-urlencoded"}
    fields: dict[str, object] = {
        "url": url,
        "method": method,
        "headers": headers or None,
        "body": body,
    }
    if found.insecure:
        fields["verifyTls"] = False
    if found.max_time_s is not None and found.max_time_s > 0:
        least, most = Limits.TIMEOUT_MS
        fields["timeoutThreshold"] = int(min(max(found.max_time_s * 1000, least), most))
    return fields


def _body(text: str) -> object:
    """Return a JSON object or array as what it is, any other text as a text, nothing as None."""
    if not text:
        return None
    try:
        value = json.loads(text)
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, dict | list) else text

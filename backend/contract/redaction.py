"""What is taken out of a text that is written down for people to read and to pass on.

For log lines and crash reports, of the backend and of the desktop. It knows the forms in which a
secret gets into a sentence or a traceback, not the secrets themselves.
"""

import re
from typing import Final

_URL: Final = re.compile(r"\b(https?|wss?)://[^\s'\"<>]+", re.IGNORECASE)
"""An address; its query may hold a key, its path names what failed and stays."""

_USERINFO: Final = re.compile(r"(?<=:)//[^/?#]*@")
"""``//user:password@`` behind the scheme; elsewhere the same is a part of the path."""

_CREDENTIALS: Final = re.compile(r"\b(Bearer|Basic)\s+\S+", re.IGNORECASE)
"""The value of an Authorization header, wherever it is quoted."""

_HEADER: Final = re.compile(
    r"\b((?:proxy-)?authorization|(?:set-)?cookie2?|x-api-key|x-auth-token)"
    r"(['\"]\s*[:,]\s*|\s*[:=]\s*)"
    r"(?:b?'[^'\n]*'|b?\"[^\"\n]*\"|(?!Bearer|Basic)[^'\"\s][^\n]*)",
    re.IGNORECASE,
)
"""A header that holds credentials, as HTTP, a dictionary or a pair writes it."""

_INPUT: Final = re.compile(r"\binput_value=.*?(?=, input_type=|\]$|$)", re.MULTILINE | re.DOTALL)
"""How pydantic quotes a value that it refuses."""


def redact(text: str) -> str:
    """Return a text without what may be secret, marked by three dots where something was.

    That is user, password and query of URLs, credentials and the values of headers that hold
    them, and what was given where something else was expected. Text that holds none of these
    comes back as it is; to redact twice may take out more, never less.
    ``GET https://a:b@example.com/health?key=1`` becomes ``GET https://example.com/health?...``:
    enough to know which endpoint it was.

    Args:
        text: one line of a log, or a whole traceback.
    """
    bare = _URL.sub(_bare_url, _INPUT.sub("input_value=...", text))
    return _CREDENTIALS.sub(r"\1 ...", _HEADER.sub(r"\1\2...", bare))


def _bare_url(found: re.Match[str]) -> str:
    url = _USERINFO.sub("//", found.group())
    bare = re.split(r"[?#]", url, maxsplit=1)[0]
    return bare if bare == url else f"{bare}?..."

"""A body as text, whatever it claims to be: bounded, never an error, and fit to be shown.

Used by the judge and for evidence. The charset is the target's word, so only those are believed
whose decoders take linear time (``punycode`` does not).
"""

import codecs
import re
from typing import Final

_CHARSET: Final = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9_.:+-]{1,40})", re.IGNORECASE)
_BELIEVED: Final = re.compile(
    r"utf-8|utf-8-sig|utf-16|utf-16-le|utf-16-be|utf-32|utf-32-le|utf-32-be|ascii"
    r"|iso8859-\d+|cp\d+|koi8-[ru]|euc_kr|johab|euc_jp|shift_jis|iso2022_(jp|kr)"
    r"|gb2312|gbk|gb18030|big5|mac-\w+|tis-620"
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def text_of(body: bytes, content_type: str = "") -> str:
    """Return a body as text; what cannot be read becomes U+FFFD."""
    found = _CHARSET.search(content_type)
    charset = "utf-8"
    if found is not None:
        try:
            named = codecs.lookup(found[1]).name
        except (LookupError, ValueError):
            named = charset
        if _BELIEVED.fullmatch(named):
            charset = named
    try:
        return without_surrogates(body.decode(charset, "replace").removeprefix("\ufeff"))
    except (UnicodeError, LookupError):
        return body.decode("latin-1")


def without_surrogates(text: str) -> str:
    """Return a text that every encoding of Unicode takes: JSON may hold halves of pairs."""
    return text.encode("utf-8", "replace").decode("utf-8")


def shown_text(text: str) -> str:
    """Return a text without control characters, but with its lines and tabs."""
    return _CONTROL.sub("\ufffd", text.replace("\r\n", "\n"))


def excerpt(text: str, most: int) -> str:
    """Return the beginning of a text on one line, at most so many characters of it."""
    line = " ".join(_CONTROL.sub(" ", text[: most * 4]).split())
    return line if len(line) <= most else line[: most - 1] + "…"

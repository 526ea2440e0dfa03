"""The answer most servers give, read in one step: whole in its first bytes, of a stated length.

Called by the exchange before it asks h11. It takes nothing that h11 would refuse or read
otherwise, by the same grammar (RFC 9112); whatever is not plain is left to h11 altogether.
"""

import re
from typing import Final

RawHeaders = list[tuple[bytes, bytes]]

_HEAD: Final = re.compile(
    rb"HTTP/1\.1 ([2-5][0-9]{2})(?: [\x20-\x7e]*)?\r\n"
    rb"((?:[-!#$%&'*+.^_`|~0-9A-Za-z]+:[\t\x20-\x7e]*\r\n)+)\r\n"
)
_LENGTH: Final = re.compile(rb"[0-9]{1,9}")
_WITHOUT_BODY: Final = frozenset({204, 304})


def plain_answer(method: bytes, received: bytes) -> tuple[int, RawHeaders, bytes] | None:
    """Return status, headers as they came, and the body; ``None`` where it is not so plain.

    Args:
        method: of the request; the answer to HEAD has a length and no body.
        received: all that has come so far.
    """
    head = _HEAD.match(received)
    if head is None or method in (b"HEAD", b"CONNECT"):
        return None
    status_code, headers = int(head[1]), _fields(head[2])
    length = _length(headers)
    if length is None or status_code in _WITHOUT_BODY:
        return None
    body = received[head.end() :]
    return (status_code, headers, body) if len(body) == length else None


def _fields(lines: bytes) -> RawHeaders:
    fields = []
    for line in lines[:-2].split(b"\r\n"):
        name, _, value = line.partition(b":")
        fields.append((name, value.strip(b" \t")))
    return fields


def _length(headers: RawHeaders) -> int | None:
    """Return how long the body is; ``None`` where that is not all there is to say of it."""
    found: bytes | None = None
    for name, value in headers:
        match name.lower():
            case b"content-length" if found is None:
                found = value
            case b"content-length" | b"transfer-encoding" | b"content-encoding":
                return None
    return int(found) if found is not None and _LENGTH.fullmatch(found) else None

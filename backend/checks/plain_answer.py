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
    status_code = int(head[1])
    headers: RawHeaders = []
    length: bytes | None = None
    for line in head[2][:-2].split(b"\r\n"):
        name, _, value = line.partition(b":")
        value = value.strip(b" \t")
        headers.append((name, value))
        match name.lower():
            case b"content-length" if length is None:
                length = value
            case b"content-length" | b"transfer-encoding" | b"content-encoding":
                return None
    if length is None or not _LENGTH.fullmatch(length) or status_code in _WITHOUT_BODY:
        return None
    body = received[head.end() :]
    return (status_code, headers, body) if len(body) == int(length) else None

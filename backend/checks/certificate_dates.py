"""Until when a certificate is valid, read straight from its bytes.

Every answer over TLS is asked for it. The library that reads the rest of a certificate takes
9 MB; it is loaded once there is a failure to show (:func:`backend.checks.tls.ready_to_read`).
"""

from datetime import UTC, datetime
from typing import Final

_SEQUENCE: Final = 0x30
_VERSION: Final = 0xA0
_UTC_TIME: Final = 0x17
_GENERALIZED_TIME: Final = 0x18
_LONG: Final = 0x80
_LENGTH_BYTES: Final = 4
_BEFORE_VALIDITY: Final = 3
"""Serial number, algorithm and issuer."""

_CENTURY: Final = 50
"""Two digits of a year from here on are of the 20th century (RFC 5280, 4.1.2.5.1)."""


def valid_until(certificate: bytes) -> datetime:
    """Return the end (UTC) of a certificate in DER form.

    Raises:
        ValueError: it cannot be read.
    """
    try:
        tag, at, _ = _element(certificate, 0)
        inner, at, end = _element(certificate, at)
        if tag != _SEQUENCE or inner != _SEQUENCE:
            raise ValueError("no certificate")
        tag, _, after = _element(certificate, at)
        if tag == _VERSION:
            at = after
        for _ in range(_BEFORE_VALIDITY):
            *_, at = _element(certificate, at)
        tag, at, end = _element(certificate[:end], at)
        if tag != _SEQUENCE:
            raise ValueError("no dates where they should be")
        *_, at = _element(certificate[:end], at)
        tag, at, end = _element(certificate[:end], at)
    except IndexError:
        raise ValueError("cut off") from None
    return _time_of(tag, certificate[at:end])


def _element(der: bytes, at: int) -> tuple[int, int, int]:
    """Return tag, start and end of what begins there; see X.690, 8.1."""
    tag, length, start = der[at], der[at + 1], at + 2
    if length & _LONG:
        size = length & ~_LONG
        if not 1 <= size <= _LENGTH_BYTES:
            raise ValueError("a length that DER does not have")
        length, start = int.from_bytes(der[start : start + size], "big"), start + size
    end = start + length
    if end > len(der):
        raise ValueError("cut off")
    return tag, start, end


def _time_of(tag: int, content: bytes) -> datetime:
    said = content.decode("ascii")
    if tag == _UTC_TIME:
        said = f"{20 if int(said[:2]) < _CENTURY else 19}{said}"
    elif tag != _GENERALIZED_TIME:
        raise ValueError("no time")
    digits = said[:-1]
    if len(said) != len("20250102030405Z") or said[-1] != "Z" or not digits.isdecimal():
        raise ValueError("no time in the form of a certificate")
    month, day, hour, minute, second = (int(digits[at : at + 2]) for at in range(4, 14, 2))
    return datetime(int(digits[:4]), month, day, hour, minute, second, tzinfo=UTC)

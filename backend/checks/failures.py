"""Whose fault it was, and in plain words what: from a library's exception to a failure.

Called by the probers. No message quotes an exception whose text may hold a header or a body.
"""

import errno
import socket
import ssl
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from backend.checks.question import InvalidAddressError
from backend.checks.reach import ForbiddenAddressError
from backend.checks.resolver import TooManyLookupsError
from backend.contract.vocabulary import Reason
from backend.domain.reply import Failure

TIMED_OUT: Final = Failure(Reason.NETWORK, "Timeout exceeded")
TOO_BUSY: Final = Failure(Reason.OURS, "This computer was asleep or too busy")

CERTIFICATE_EXPIRED: Final = 10
"""OpenSSL's X509_V_ERR_CERT_HAS_EXPIRED."""

_CERTIFICATES: Final = {
    9: "TLS certificate is not valid yet",
    CERTIFICATE_EXPIRED: "TLS certificate expired",
    18: "TLS certificate is self-signed",
    19: "TLS certificate chain ends in a self-signed certificate that is not trusted",
    20: "TLS certificate comes from an issuer that is not trusted",
    21: "TLS certificate comes from an issuer that is not trusted",
    62: "TLS certificate is for another host",
    64: "TLS certificate is for another IP address",
}
"""By ``verify_code``, which is OpenSSL's X509_V_ERR_..., see its x509_vfy.h."""

_NO_TLS: Final = "The server does not speak TLS on this port"
_OLD_TLS: Final = "The server only speaks a version of TLS that is no longer safe"

_HANDSHAKES: Final = {
    "WRONG_VERSION_NUMBER": _NO_TLS,
    "RECORD_LAYER_FAILURE": _NO_TLS,  # the same since OpenSSL 3.2
    "HTTP_REQUEST": _NO_TLS,
    "UNSUPPORTED_PROTOCOL": _OLD_TLS,
    "TLSV1_ALERT_PROTOCOL_VERSION": _OLD_TLS,
    "DH_KEY_TOO_SMALL": "The server's key exchange is no longer safe",
    "TLSV1_ALERT_NO_APPLICATION_PROTOCOL": "The server does not speak HTTP/1.1",
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": "The server asks for a client certificate",
    "UNEXPECTED_EOF_WHILE_READING": "The server closed the connection within the TLS handshake",
}
"""By the name OpenSSL gives the reason, see its sslerr.h."""

_LOOKUPS: Final = {
    socket.EAI_NONAME: "no such name",
    socket.EAI_AGAIN: "the name server does not answer",
}

_CONNECTIONS: Final = {
    errno.ECONNREFUSED: "Connection refused",
    errno.EHOSTUNREACH: "Host unreachable",
    errno.EHOSTDOWN: "Host unreachable",
    errno.ENETUNREACH: "Network unreachable",
    errno.ENETDOWN: "Network unreachable",
    errno.ECONNRESET: "Connection reset",
    errno.ECONNABORTED: "Connection aborted",
    errno.EPIPE: "Connection closed by the server",
}


def failure_of(error: Exception) -> Failure:
    """Return what an exception of a check says about the target, or about ourselves."""
    for kind, read in _TABLE:
        if isinstance(error, kind):
            return read(error)
    return Failure(Reason.OURS, f"Internal error: {type(error).__name__}")


def expired_on(day: date) -> Failure:
    """Return the failure of a certificate that was valid until a day."""
    return Failure(Reason.TLS, f"TLS certificate expired on {day.isoformat()}")


def _certificate(error: ssl.SSLCertVerificationError) -> Failure:
    known = _CERTIFICATES.get(error.verify_code)
    return Failure(Reason.TLS, known or f"TLS certificate refused: {error.verify_message}")


def _tls(error: ssl.SSLError) -> Failure:
    # An error asyncio makes itself has no such attribute.
    code = str(getattr(error, "reason", None) or "unknown error")
    if code in _HANDSHAKES:
        return Failure(Reason.TLS, _HANDSHAKES[code])
    return Failure(Reason.TLS, f"TLS failed: {code.replace('_', ' ').lower()}")


def _lookup(error: socket.gaierror) -> Failure:
    cause = _LOOKUPS.get(error.errno or 0, error.strerror or "unknown error")
    return Failure(Reason.RESOLVER, f"DNS lookup failed: {cause}")


def _connection(error: OSError) -> Failure:
    """Judge by the number alone: what is not about the line is about this computer."""
    # Asyncio raises some of these classes without a number.
    number = error.errno or _NUMBERS.get(type(error), 0)
    if number in _CONNECTIONS:
        return Failure(Reason.NETWORK, _CONNECTIONS[number])
    name = errno.errorcode.get(number, type(error).__name__)
    return Failure(Reason.OURS, f"Internal error: {name}")


_NUMBERS: Final[dict[type[OSError], int]] = {
    ConnectionRefusedError: errno.ECONNREFUSED,
    ConnectionResetError: errno.ECONNRESET,
    ConnectionAbortedError: errno.ECONNABORTED,
    BrokenPipeError: errno.EPIPE,
}

_TABLE: Final[tuple[tuple[type[Exception], Callable[[Any], Failure]], ...]] = (
    (ssl.SSLCertVerificationError, _certificate),
    (ssl.SSLError, _tls),
    (TimeoutError, lambda _: TIMED_OUT),
    (socket.gaierror, _lookup),
    (ForbiddenAddressError, lambda error: Failure(Reason.OURS, str(error))),
    (OSError, _connection),
    (InvalidAddressError, lambda error: Failure(Reason.TARGET, str(error))),
    (
        TooManyLookupsError,
        lambda _: Failure(Reason.OURS, "Too many names are being looked up"),
    ),
)
"""The first that fits counts: the narrow before the wide."""

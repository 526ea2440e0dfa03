"""Every exception has an owner; what is ours is never blamed on a target."""

import errno
import socket
import ssl

import h11
import pytest

from backend.checks.failures import failure_of
from backend.checks.question import InvalidAddressError
from backend.checks.resolver import TooManyLookupsError
from backend.contract.vocabulary import Reason

NETWORK = {
    errno.ECONNREFUSED: "Connection refused",
    errno.EHOSTUNREACH: "Host unreachable",
    errno.ENETUNREACH: "Network unreachable",
    errno.ECONNRESET: "Connection reset",
    errno.ECONNABORTED: "Connection aborted",
    errno.EPIPE: "Connection closed by the server",
    errno.ETIMEDOUT: "Timeout exceeded",
}


@pytest.mark.parametrize(("number", "message"), NETWORK.items())
def test_trouble_on_the_line_is_the_networks(number: int, message: str) -> None:
    failure = failure_of(OSError(number, "words of the system"))

    assert (failure.reason, failure.message) == (Reason.NETWORK, message)


def test_a_reset_that_asyncio_raises_without_a_number_is_known() -> None:
    assert failure_of(ConnectionResetError("lost")).message == "Connection reset"


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.EADDRNOTAVAIL])
def test_what_this_computer_lacks_is_ours(number: int) -> None:
    failure = failure_of(OSError(number, "words of the system"))

    assert failure.reason is Reason.OURS
    assert errno.errorcode[number] in failure.message


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (socket.EAI_NONAME, "DNS lookup failed: no such name"),
        (socket.EAI_AGAIN, "DNS lookup failed: the name server does not answer"),
        (socket.EAI_FAIL, "DNS lookup failed: words of the system"),
    ],
)
def test_a_name_without_address_is_the_resolvers(number: int, message: str) -> None:
    failure = failure_of(socket.gaierror(number, "words of the system"))

    assert (failure.reason, failure.message) == (Reason.RESOLVER, message)


def test_a_certificate_error_nobody_foresaw_says_what_openssl_says() -> None:
    error = ssl.SSLCertVerificationError("certificate verify failed")
    error.verify_code, error.verify_message = 23, "certificate revoked"
    failure = failure_of(error)

    assert (failure.reason, failure.message) == (
        Reason.TLS,
        "TLS certificate refused: certificate revoked",
    )


def test_an_ssl_error_without_a_reason_is_still_tls() -> None:
    assert failure_of(ssl.SSLError("odd")).reason is Reason.TLS


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (InvalidAddressError("Redirected to an invalid address"), Reason.TARGET),
        (TooManyLookupsError(), Reason.OURS),
        (h11.LocalProtocolError("Illegal header value b'geheim'"), Reason.OURS),
        (ValueError("geheim"), Reason.OURS),
        (MemoryError(), Reason.OURS),
    ],
)
def test_everything_else_has_an_owner_and_quotes_nothing(error: Exception, reason: Reason) -> None:
    failure = failure_of(error)

    assert failure.reason is reason
    assert "geheim" not in failure.message

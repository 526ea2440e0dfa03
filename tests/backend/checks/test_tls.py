"""TLS: verified by default, and every refusal said in plain words."""

import asyncio
import datetime
import socket
import ssl

import pytest
import trustme

from backend.checks.certificate_dates import valid_until
from backend.checks.http_prober import HttpProber
from backend.contract.vocabulary import Reason
from backend.domain.reply import Failure, Reply
from tests.backend.checks.conftest import endpoint_at, server_context
from tests.helpers.odd_answers import CLOSING, HTTP_2_SETTINGS, OK, REST
from tests.helpers.raw_server import answering, raw_server
from tests.helpers.target_server import running_target

LONG_AGO = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)
FAR_AWAY = datetime.datetime(2200, 1, 1, tzinfo=datetime.UTC)


def self_signed() -> ssl.SSLContext:
    """Return a server that vouches for itself: an authority's own certificate."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with (
        authority.cert_pem.tempfile() as certificate,
        authority.private_key_pem.tempfile() as key,
    ):
        context.load_cert_chain(certificate, key)
    return context


async def test_a_trusted_certificate_is_fine(prober: HttpProber, authority: trustme.CA) -> None:
    tls = server_context(authority.issue_cert("127.0.0.1"))
    async with running_target(tls=tls) as target:
        reply = await prober.ask(endpoint_at(target.url))

    assert isinstance(reply, Reply)
    assert reply.body == b"ok"


async def refused(prober: HttpProber, tls: ssl.SSLContext) -> Failure:
    async with running_target(tls=tls) as target:
        failure = await prober.ask(endpoint_at(target.url))
        assert target.hits == 0
        assert isinstance(await prober.ask(endpoint_at(target.url, verify_tls=False)), Reply), (
            "who opted out gets through"
        )
    assert isinstance(failure, Failure)
    assert failure.reason is Reason.TLS
    return failure


async def test_an_expired_certificate_says_since_when(
    prober: HttpProber, authority: trustme.CA
) -> None:
    certificate = authority.issue_cert("127.0.0.1", not_after=LONG_AGO)
    failure = await refused(prober, server_context(certificate))

    assert failure.message == "TLS certificate expired on 2026-01-01"


async def test_a_certificate_of_tomorrow_is_not_valid_yet(
    prober: HttpProber, authority: trustme.CA
) -> None:
    certificate = authority.issue_cert(
        "127.0.0.1", not_before=FAR_AWAY, not_after=FAR_AWAY + datetime.timedelta(days=1)
    )
    failure = await refused(prober, server_context(certificate))

    assert failure.message == "TLS certificate is not valid yet"


async def test_a_self_signed_certificate_is_named(prober: HttpProber) -> None:
    failure = await refused(prober, self_signed())

    assert failure.message == "TLS certificate is self-signed"


async def test_an_issuer_nobody_trusts_is_named(prober: HttpProber) -> None:
    failure = await refused(prober, server_context(trustme.CA().issue_cert("127.0.0.1")))

    assert failure.message == "TLS certificate comes from an issuer that is not trusted"


async def test_a_certificate_for_another_address_is_named(
    prober: HttpProber, authority: trustme.CA
) -> None:
    failure = await refused(prober, server_context(authority.issue_cert("127.0.0.2")))

    assert failure.message == "TLS certificate is for another IP address"


async def test_a_certificate_for_another_host_is_named(
    prober: HttpProber, authority: trustme.CA
) -> None:
    tls = server_context(authority.issue_cert("elsewhere.test"))
    async with running_target(tls=tls) as target:
        url = target.url.replace("127.0.0.1", "localhost")
        failure = await prober.ask(endpoint_at(url))

    assert failure == Failure(Reason.TLS, "TLS certificate is for another host")


async def test_a_server_that_talks_no_tls_is_named(prober: HttpProber) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 smtp.test ESMTP\r\n")
        await reader.read()

    async with raw_server(talk) as port:
        failure = await prober.ask(endpoint_at(f"https://127.0.0.1:{port}"))

    assert failure == Failure(Reason.TLS, "The server does not speak TLS on this port")


async def test_a_refused_handshake_is_named(prober: HttpProber) -> None:
    async def alert(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"\x15\x03\x01\x00\x02\x02\x28")  # fatal: handshake_failure (RFC 8446, 6)
        await reader.read()

    async with raw_server(alert) as port:
        failure = await prober.ask(endpoint_at(f"https://127.0.0.1:{port}"))

    assert isinstance(failure, Failure)
    assert failure.reason is Reason.TLS
    assert "handshake failure" in failure.message


_HELLO_BODY = b"\x03\x02" + bytes(32) + b"\x00\x00\x2f\x00"
OLD = {
    "by its alert": b"\x15\x03\x01\x00\x02\x02\x46",  # fatal: protocol_version
    "by its hello": b"\x16\x03\x02\x00\x2a\x02\x00\x00\x26" + _HELLO_BODY,  # of TLS 1.1
}


@pytest.mark.parametrize("said", OLD.values(), ids=OLD)
async def test_a_version_of_tls_that_is_no_longer_safe_is_named(
    prober: HttpProber, said: bytes
) -> None:
    """Asyncio's own server would hang up without a word, unlike those that are really old."""

    async def old(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        writer.write(said)
        await reader.read()

    async with raw_server(old) as port:
        failure = await prober.ask(endpoint_at(f"https://127.0.0.1:{port}"))

    assert failure == Failure(
        Reason.TLS, "The server only speaks a version of TLS that is no longer safe"
    )


async def test_a_handshake_broken_off_is_named(prober: HttpProber) -> None:
    async def leave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.close()

    async with raw_server(leave) as port:
        failure = await prober.ask(endpoint_at(f"https://127.0.0.1:{port}"))

    assert isinstance(failure, Failure)
    assert failure.reason in (Reason.TLS, Reason.NETWORK), failure
    assert failure.message in (
        "The server closed the connection within the TLS handshake",
        "Connection reset",
    )


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (OK + REST, b"ok"),
        (CLOSING + b"ok", b"ok"),
        (OK + b"Content-Length: 9\r\n\r\nok", None),
    ],
)
async def test_who_closes_without_notice_is_judged_by_what_was_promised(
    prober: HttpProber, authority: trustme.CA, answer: bytes, body: bytes | None
) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        # The end of the connection below TLS, with no goodbye within it.
        writer.get_extra_info("socket").shutdown(socket.SHUT_WR)
        await reader.read()

    tls = server_context(authority.issue_cert("127.0.0.1"))
    async with raw_server(hang_up, tls) as port:
        reply = await prober.ask(endpoint_at(f"https://127.0.0.1:{port}"))

    if body is None:
        assert reply == Failure(Reason.TARGET, "The answer was cut short", 200)
    else:
        assert isinstance(reply, Reply)
        assert reply.body == body


async def test_a_server_of_http_2_alone_is_named(prober: HttpProber, authority: trustme.CA) -> None:
    tls = server_context(authority.issue_cert("127.0.0.1"))
    tls.set_alpn_protocols(["h2"])
    async with raw_server(answering(HTTP_2_SETTINGS), tls) as port:
        failure = await prober.ask(endpoint_at(f"https://127.0.0.1:{port}"))

    assert failure == Failure(Reason.TARGET, "The server speaks HTTP/2 only")


async def test_the_certificates_shown_are_noted_also_where_they_are_refused(
    prober: HttpProber, authority: trustme.CA
) -> None:
    between = authority.create_child_ca()
    good = server_context(between.issue_cert("127.0.0.1"))
    strange = server_context(trustme.CA().issue_cert("127.0.0.1"))
    async with running_target(tls=good) as target, running_target(tls=strange) as other:
        reply = await prober.ask(endpoint_at(target.url))
        failure = await prober.ask(endpoint_at(other.url))

    assert isinstance(reply, Reply)
    assert isinstance(failure, Failure)
    assert reply.facts
    assert failure.facts
    assert len(reply.facts.certificates) == 2, "its own and the one between"
    assert len(failure.facts.certificates) == 1
    assert valid_until(failure.facts.certificates[0]).year >= 2038
    assert failure.facts.phases.tls_ms is not None
    assert failure.facts.phases.first_byte_ms is None

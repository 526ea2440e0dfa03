"""TLS: verified by default, and every refusal said in plain words."""

import asyncio
import datetime
import ssl

import trustme

from backend.checks.http_prober import HttpProber
from backend.contract.vocabulary import Reason
from backend.domain.reply import Failure, Reply
from tests.backend.checks.conftest import endpoint_at, raw_server, server_context
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

    assert failure == Failure(Reason.TLS, "TLS failed: wrong version number")


async def test_a_refused_handshake_is_named(prober: HttpProber) -> None:
    async def alert(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"\x15\x03\x01\x00\x02\x02\x28")  # fatal: handshake_failure (RFC 8446, 6)
        await reader.read()

    async with raw_server(alert) as port:
        failure = await prober.ask(endpoint_at(f"https://127.0.0.1:{port}"))

    assert isinstance(failure, Failure)
    assert failure.reason is Reason.TLS
    assert "handshake failure" in failure.message

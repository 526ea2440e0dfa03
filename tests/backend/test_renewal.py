"""A renewed certificate is shown to who comes next, and one that is broken is not."""

import asyncio
import ssl
from hashlib import sha256
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.helpers.shared_server import Papers, SharedServer, shared_server


def digest_in(papers: Papers) -> str:
    """Return the fingerprint of the certificate in a file."""
    first = papers.cert.read_text().partition("-----END CERTIFICATE-----")
    return sha256(ssl.PEM_cert_to_DER_cert("".join(first[:2]) + "\n")).hexdigest()


async def digest_shown(server: SharedServer, name: str | None = "localhost") -> str:
    """Return the fingerprint of the certificate that a new connection is shown."""
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    _, writer = await asyncio.open_connection(
        "127.0.0.1", server.port, ssl=anybody, server_hostname=name
    )
    shown: bytes = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.close()
    await writer.wait_closed()
    return sha256(shown).hexdigest()


def put(papers: Papers, *, over: Papers) -> None:
    """Put the files of one pair in the place of another's, as a renewal does."""
    papers.cert.replace(over.cert)
    papers.key.replace(over.key)


async def test_a_renewed_certificate_is_shown_from_the_next_handshake_on(tmp_path: Path) -> None:
    async with shared_server(tmp_path) as server:
        own, renewed = server.papers, Papers(tmp_path / "renewed")
        before, after = digest_in(own), digest_in(renewed)
        async with own.rest(server.url, own.add("kim")) as rest:
            assert (await rest.get("/api/endpoints")).status_code == 200
            assert await digest_shown(server) == before
            put(renewed, over=own)
            assert await digest_shown(server) == after
            # An address is no name to ask for: the handshake names no server.
            assert await digest_shown(server, "127.0.0.1") == after
            assert (await rest.get("/api/endpoints")).status_code == 200, "open lines stay"
        async with renewed.rest(server.url, own.add("lee")) as rest:
            assert (await rest.get("/api/endpoints")).status_code == 200


@pytest.mark.parametrize("spoilt", ["half", "other key", "gone"])
async def test_one_that_is_broken_leaves_the_old_in_use_and_is_told_once(
    tmp_path: Path, spoilt: str
) -> None:
    async with shared_server(tmp_path) as server:
        own, renewed = server.papers, Papers(tmp_path / "renewed")
        before = digest_in(own)
        match spoilt:
            case "half":
                content = renewed.cert.read_bytes()
                own.cert.write_bytes(content[: len(content) // 3])
            case "other key":
                own.cert.write_bytes(renewed.cert.read_bytes())
            case _:
                own.key.unlink()
        with capture_logs() as told:
            for _ in range(3):
                assert await digest_shown(server) == before
        assert [it["event"] for it in told] == ["the certificate before stays in use"]
        put(renewed, over=own)
        assert await digest_shown(server) != before, "once it is whole it is taken up"

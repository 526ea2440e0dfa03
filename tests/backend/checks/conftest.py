"""Probers, endpoints and certificates for the tests of the probes."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping

import pytest
import trustme

from backend.__main__ import LoopFactory, loop_factory
from backend.checks.http_prober import HttpProber
from backend.checks.tls import Contexts, trusting_context
from backend.domain.endpoint import Endpoint


def pytest_asyncio_loop_factories() -> Mapping[str, LoopFactory]:
    """Reach every verdict on both kinds of loop; on Windows they are the same."""
    found = {"asyncio": asyncio.new_event_loop, "uvloop": loop_factory(audited=False)}
    return found if found["uvloop"] is not asyncio.new_event_loop else {"asyncio": found["asyncio"]}


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Return the one authority the prober trusts."""
    return trustme.CA()


@pytest.fixture(scope="session")
def contexts(authority: trustme.CA) -> Contexts:
    verifying = ssl.create_default_context()
    authority.configure_trust(verifying)
    return Contexts(verifying, trusting_context())


@pytest.fixture
async def prober(contexts: Contexts) -> AsyncIterator[HttpProber]:
    async with HttpProber("9.9", contexts) as opened:
        yield opened


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """Return what a server needs to show a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def endpoint_at(url: str, **fields: object) -> Endpoint:
    """Return an endpoint at a URL."""
    known = {"id": "e", "name": "E", "created_at_ms": 0, "updated_at_ms": 0}
    return Endpoint(**{**known, "url": url, **fields})

"""Probers, endpoints and certificates for the tests of the probes."""

import ssl
from collections.abc import AsyncIterator

import pytest
import trustme

from backend.checks.http_prober import HttpProber
from backend.checks.tls import Contexts, trusting_context
from backend.domain.endpoint import Endpoint


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

"""TLS contexts, made once, and what a certificate says of itself."""

import ssl
from dataclasses import dataclass
from datetime import date
from typing import Self

import httpx


@dataclass(frozen=True, slots=True)
class Contexts:
    """How connections are secured; shared by all checks, since making one takes up to 0.1 s."""

    verifying: ssl.SSLContext
    trusting: ssl.SSLContext
    """Takes any certificate: for endpoints that opted out."""

    @classmethod
    def load(cls) -> Self:
        """Read the certificates of the system and of certifi; blocks, so call it in a thread."""
        verifying = httpx.create_ssl_context(trust_env=False)
        verifying.load_default_certs()
        return cls(verifying, trusting_context())


def trusting_context() -> ssl.SSLContext:
    """Return a context that takes any certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def valid_until(certificate: bytes) -> date:
    """Return the last day (UTC) of a certificate in DER form.

    Raises:
        ValueError: it cannot be read.
    """
    from cryptography import x509  # noqa: PLC0415

    return x509.load_der_x509_certificate(certificate).not_valid_after_utc.date()

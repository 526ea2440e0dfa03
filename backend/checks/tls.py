"""TLS contexts, made once, and what a certificate says of itself."""

import _ssl
import asyncio
import ssl
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, Self

import httpx

from backend.contract.evidence import CertificateView

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_NAMES: Final = 20
_SPOKEN: Final = ["http/1.1"]
_READER: Final = "cryptography.x509"


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
        verifying.set_alpn_protocols(_SPOKEN)
        return cls(verifying, trusting_context())


def trusting_context() -> ssl.SSLContext:
    """Return a context that takes any certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(_SPOKEN)
    return context


def chain_of(secured: ssl.SSLObject) -> tuple[bytes, ...]:
    """Return the certificates a server showed, in DER form, its own first."""
    if sys.version_info >= (3, 13):
        return tuple(secured.get_unverified_chain())
    # Before 3.13 the public way knows the server's own certificate only.
    certificates = secured._sslobj.get_unverified_chain() or ()  # type: ignore[attr-defined]  # noqa: SLF001
    return tuple(certificate.public_bytes(_ssl.ENCODING_DER) for certificate in certificates)


def certificate_view(certificate: bytes) -> CertificateView | None:
    """Return what a certificate in DER form says of itself; ``None`` where it cannot be read."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415

    try:
        read = x509.load_der_x509_certificate(certificate)
        return CertificateView(
            subject=read.subject.rfc4514_string(),
            issuer=read.issuer.rfc4514_string(),
            names=_names_of(read)[:_NAMES],
            not_before=read.not_valid_before_utc,
            not_after=read.not_valid_after_utc,
            sha256=read.fingerprint(SHA256()).hex(),
        )
    except (ValueError, TypeError, x509.UnsupportedGeneralNameType):
        return None


def _names_of(certificate: "Certificate") -> tuple[str, ...]:
    from cryptography import x509  # noqa: PLC0415

    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return ()
    return tuple(str(name.value) for name in found.value)


async def ready_to_read(certificates: Sequence[bytes]) -> None:
    """Have :func:`certificate_view` hold up nobody: what it needs is loaded, in a thread.

    Args:
        certificates: those that are to be read, if there are any.
    """
    if certificates and _READER not in sys.modules:
        await asyncio.to_thread(import_module, _READER)

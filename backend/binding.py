"""Serving other computers: where, by which certificate, and to whom; or why not.

Read by the entry point, which knows what was asked for, and by the composition root, which wants
it proven before anything is opened: no address of the network is listened on without TLS and a
list of tokens.
"""

import os
import ssl
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Final

from backend.renewal import Renewal
from backend.storage.errors import TokenListUnusable
from backend.storage.tokens import TokenList

_EVERYBODY: Final = 0o007
_HTTPS: Final = 443

_IPAddress = IPv4Address | IPv6Address


class BindingError(Exception):
    """It is not served like this; the message is one sentence for who asked for it."""


@dataclass(frozen=True, slots=True)
class Binding:
    """Where a server for several users is to be, as it was asked for.

    Attributes:
        address: of this computer.
        port: 0 for any free one.
        tls_cert: PEM, the server's own certificate first.
        tls_key: PEM, not encrypted.
        token_file: the list of tokens.
        hosts: what clients may call it beside the address and the names of the certificate:
            a name, or a name and a port.
    """

    address: _IPAddress
    port: int = 0
    tls_cert: Path | None = None
    tls_key: Path | None = None
    token_file: Path | None = None
    hosts: tuple[str, ...] = ()

    @property
    def is_for_others(self) -> bool:
        """Whether other computers can reach it."""
        return not self.address.is_loopback


@dataclass(frozen=True, slots=True)
class Entrance:
    """What a binding was proven to have.

    Attributes:
        address: to listen on.
        tls: what secures it; ``None`` on loopback, where that was not asked for.
        tokens: who may come in; ``None`` on loopback for the one token of its owner.
        names: what it is called, without a port unless one was given by hand.
    """

    address: _IPAddress
    tls: ssl.SSLContext | None
    tokens: TokenList | None
    names: tuple[str, ...]

    def hosts(self, port: int) -> tuple[str, ...]:
        """Return what a Host header may say where it is served on a port."""
        found: list[str] = []
        for name in self.names:
            if _has_port(name):
                found.append(name)
                continue
            found.append(f"{name}:{port}")
            if self.tls is not None and port == _HTTPS:
                found.append(name)  # clients leave it out
        return tuple(dict.fromkeys(found))

    def url(self, port: int) -> str:
        """Return where it is served."""
        return f"{'http' if self.tls is None else 'https'}://{_in_url(self.address)}:{port}"


def prove(binding: Binding) -> Entrance:
    """Return what a server is entered by, once all of it is there and fits.

    Raises:
        BindingError: something is missing, unreadable, does not fit, or has expired.
    """
    cert, key, tokens = binding.tls_cert, binding.tls_key, binding.token_file
    if (cert is None) is not (key is None):
        raise BindingError("--tls-cert and --tls-key are only of use together")
    if binding.is_for_others:
        reach = f"{binding.address} can be reached by other computers"
        if cert is None:
            raise BindingError(f"{reach}: --tls-cert and --tls-key are needed")
        if tokens is None:
            raise BindingError(f"{reach}: --token-file is needed")
    tls, names = None, _own_names(binding.address)
    if cert is not None and key is not None:
        names = (*names, *_names_of(cert))
        tls = Renewal(cert, key, _proven, BindingError).context()
    names = tuple(dict.fromkeys((*names, *(host.lower() for host in binding.hosts))))
    if not names:
        raise BindingError(
            f"{cert} names no single host: say with --allow-host what clients call this server"
        )
    try:
        listed = None if tokens is None else TokenList(tokens)
    except TokenListUnusable as error:
        raise BindingError(str(error)) from None
    return Entrance(binding.address, tls, listed, names)


def _own_names(address: _IPAddress) -> tuple[str, ...]:
    if address.is_loopback:
        return ("127.0.0.1", "localhost", "[::1]")
    return () if address.is_unspecified else (_in_url(address),)


def _in_url(address: _IPAddress) -> str:
    return f"[{address}]" if isinstance(address, IPv6Address) else str(address)


def _has_port(name: str) -> bool:
    return not name.endswith("]") and ":" in name


def _names_of(file: Path) -> tuple[str, ...]:
    """Return what a certificate calls its server; one that may not be used now is refused."""
    # Loaded only now: a backend that serves its owner alone has no certificate.
    x509 = import_module("cryptography.x509")
    try:
        certificate = x509.load_pem_x509_certificates(_content(file, "certificate"))[0]
    except ValueError:
        raise BindingError(f"the certificate {file} is no PEM certificate") from None
    now = datetime.now(UTC)
    if certificate.not_valid_after_utc < now:
        raise BindingError(
            f"the certificate {file} expired on {certificate.not_valid_after_utc:%Y-%m-%d}"
        )
    if certificate.not_valid_before_utc > now:
        begins = certificate.not_valid_before_utc
        raise BindingError(f"the certificate {file} is not valid before {begins:%Y-%m-%d}")
    try:
        named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    hosts = [name.lower() for name in named.get_values_for_type(x509.DNSName) if "*" not in name]
    found = (ip_address(str(it)) for it in named.get_values_for_type(x509.IPAddress))
    return (*hosts, *(_in_url(address) for address in found))


def _proven(cert: Path, key: Path) -> ssl.SSLContext:
    _names_of(cert)
    return _context(cert, key)


def _context(cert: Path, key: Path) -> ssl.SSLContext:
    _content(key, "key")
    if os.name == "posix" and stat.S_IMODE(key.stat().st_mode) & _EVERYBODY:
        raise BindingError(f"the key {key} is open to everybody on this computer: chmod 600 {key}")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    try:
        # A password would be asked for on the terminal.
        context.load_cert_chain(cert, key, password=lambda: "")
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise BindingError(f"the key {key} does not fit the certificate {cert}") from None
        raise BindingError(f"the key {key} is no PEM key, or it is encrypted") from None
    return context


def _content(file: Path, what: str) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise BindingError(f"the {what} {file} is missing") from None
    except OSError as error:
        raise BindingError(f"the {what} {file} cannot be read: {error.strerror}") from None

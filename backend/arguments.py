"""What can be said on the backend's command line when it is to serve, and what makes no sense.

Read by the entry point before anything slow is loaded.
"""

import argparse
import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path

from backend.cli.terminal import OVERVIEW

_ORIGIN = re.compile(r"https?://[^/?#\s@]+")
_HOST = re.compile(r"([a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?")


def parser_of_serving() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vigil-backend",
        allow_abbrev=False,
        epilog=OVERVIEW,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data-dir", type=Path, required=True, metavar="DIR")
    parser.add_argument("--port", type=_port, default=0, help="on loopback; 0 (default) for any")
    token = parser.add_mutually_exclusive_group()
    token.add_argument(
        "--token-stdin",
        action="store_true",
        help="the first line of standard input is the token, its end stops the backend",
    )
    token.add_argument(
        "--token-file",
        type=Path,
        metavar="FILE",
        help="holds the token, default: DIR/token; with --bind a list: vigil-backend token",
    )
    parser.add_argument(
        "--allow-origin",
        type=_origin,
        action="append",
        default=[],
        metavar="ORIGIN",
        help="a page of this origin may connect; may be given more than once",
    )
    parser.add_argument(
        "--keyring",
        action="store_true",
        help="keep secrets in the keyring of this session, not in DIR/secrets.json",
    )
    _add_binding(parser)
    _add_policy(parser)
    _add_retention(parser)
    return parser


def _add_binding(parser: argparse.ArgumentParser) -> None:
    bound = parser.add_argument_group(
        "serving several users",
        "on an address that other computers reach, only with TLS and a list of tokens; checks "
        "then reach no private addresses unless that is allowed below",
    )
    bound.add_argument(
        "--bind", type=_binding, metavar="ADDRESS[:PORT]", help="of this computer, not a name"
    )
    bound.add_argument("--tls-cert", type=Path, metavar="FILE", help="PEM, with its chain")
    bound.add_argument("--tls-key", type=Path, metavar="FILE", help="PEM, not encrypted")
    bound.add_argument(
        "--allow-host",
        type=_host,
        action="append",
        default=[],
        metavar="NAME",
        help="what clients call it, beside the address and the certificate's names",
    )


def _add_policy(parser: argparse.ArgumentParser) -> None:
    asked = parser.add_argument_group("whom checks and channels may reach")
    private = asked.add_mutually_exclusive_group()
    private.add_argument(
        "--no-private-addresses",
        action="store_true",
        help="none of this computer or its networks, whatever name leads there",
    )
    private.add_argument(
        "--allow-private-addresses",
        action="store_true",
        help="those too, although --bind serves other computers",
    )
    asked.add_argument(
        "--allow-network",
        type=ip_network,
        action="append",
        default=[],
        metavar="NETWORK",
        help="10.1.0.0/16, say: may be reached all the same; may be given more than once",
    )


def _add_retention(parser: argparse.ArgumentParser) -> None:
    kept = parser.add_argument_group("how long history is kept; days are kept for ever")
    for name, unit, default in (
        ("checks", "DAYS", 7),
        ("minutes", "HOURS", 48),
        ("hours", "DAYS", 90),
    ):
        kept.add_argument(
            f"--keep-{name}", type=_at_least_one, default=default, metavar=unit, help="%(default)s"
        )


def _at_least_one(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 100_000:
        raise ValueError(text)
    return number


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise ValueError(text)
    return port


def _origin(text: str) -> str:
    if not _ORIGIN.fullmatch(text):
        raise ValueError(text)
    return text.lower()


def _host(text: str) -> str:
    if not _HOST.fullmatch(text):
        raise ValueError(text)
    return text.lower()


def _binding(text: str) -> tuple[IPv4Address | IPv6Address, int | None]:
    """Return address and port of ``ADDRESS[:PORT]``; IPv6 with a port in brackets."""
    host, port = text, ""
    if text.startswith("["):
        host, closed, rest = text[1:].partition("]")
        if not closed or (rest and not rest.startswith(":")):
            raise ValueError(text)
        port = rest[1:]
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
    address = ip_address("127.0.0.1" if host == "localhost" else host)
    return address, _port(port) if port else None


def what_makes_no_sense(options: argparse.Namespace) -> str:
    """Return a sentence on options that contradict each other, "" for none."""
    if options.bind is None:
        if options.tls_cert or options.tls_key or options.allow_host:
            return "--tls-cert, --tls-key and --allow-host need --bind"
        return ""
    if options.token_stdin:
        return "with --bind the tokens are in a file: --token-file, not --token-stdin"
    return ""


def forbids_private(options: argparse.Namespace) -> bool:
    """Say whether private addresses may not be reached: as asked, or since others are served."""
    serves_others = options.bind is not None and not options.bind[0].is_loopback
    return bool(options.no_private_addresses) or (
        serves_others and not options.allow_private_addresses
    )

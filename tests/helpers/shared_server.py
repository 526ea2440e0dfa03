"""A backend for several users: certificates of a private authority, and a list of tokens.

For tests of who may come in from other computers. In the test's own process with scripted
targets, or as the real program.
"""

import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

import httpx
import trustme

from backend.binding import Binding
from backend.config import Settings
from backend.contract.vocabulary import TokenScope
from backend.main import backend
from backend.storage.tokens import add_token, revoke_token
from tests.helpers.program import Program, running_program
from tests.helpers.scripted_prober import ScriptedProber

EVERYWHERE = "0.0.0.0"


@dataclass
class Papers:
    """What a server for several users is started with, in one folder.

    Attributes:
        ca: the authority's certificate, PEM.
        cert, key: the server's own.
        tokens: the list.
        tls: trusts the authority.
    """

    folder: Path
    names: tuple[str, ...] = ("127.0.0.1", "localhost")
    ca: Path = field(init=False)
    cert: Path = field(init=False)
    key: Path = field(init=False)
    tokens: Path = field(init=False)
    tls: ssl.SSLContext = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.ca, self.tokens = self.folder / "ca.pem", self.folder / "tokens.json"
        self.cert, self.key = self.folder / "cert.pem", self.folder / "key.pem"
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.ca)
        issued = authority.issue_cert(*self.names)
        self.cert.write_bytes(b"".join(pem.bytes() for pem in issued.cert_chain_pems))
        issued.private_key_pem.write_to_path(self.key)
        self.key.chmod(0o600)
        self.tls = ssl.create_default_context(cafile=self.ca)

    def add(self, name: str, scope: TokenScope = TokenScope.WRITE) -> str:
        """Make a token; return it."""
        return add_token(self.tokens, name, scope, 1_700_000_000_000)

    def revoke(self, name: str) -> None:
        """Take one away."""
        revoke_token(self.tokens, name)

    def rest(self, url: str, token: str | None) -> httpx.AsyncClient:
        """Return a client that shows a token."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return httpx.AsyncClient(
            base_url=url, headers=headers, verify=self.tls, trust_env=False, timeout=10
        )

    def options(self, bind: str = EVERYWHERE) -> list[str]:
        """Return how the program is told of them."""
        named = {"--tls-cert": self.cert, "--tls-key": self.key, "--token-file": self.tokens}
        return ["--bind", bind, *(str(it) for pair in named.items() for it in pair)]


@dataclass
class SharedServer:
    """One that serves in the test's own process."""

    url: str
    papers: Papers
    prober: ScriptedProber

    @property
    def port(self) -> int:
        """The port it serves on."""
        return int(self.url.rsplit(":", 1)[1])


@asynccontextmanager
async def shared_server(folder: Path) -> AsyncIterator[SharedServer]:
    """Run one until the block ends; ``folder`` need not be there."""
    papers, prober = Papers(folder / "papers"), ScriptedProber()
    papers.add("first")
    binding = Binding(
        ip_address("127.0.0.1"),
        tls_cert=papers.cert,
        tls_key=papers.key,
        token_file=papers.tokens,
    )
    settings = Settings(folder / "data", binding=binding, wrong_token_wait_s=0)
    async with backend(settings, prober=prober) as serving:
        yield SharedServer(serving.url, papers, prober)


@dataclass
class RunningServer:
    """One that runs as the real program, reached over loopback."""

    program: Program
    url: str
    papers: Papers


@asynccontextmanager
async def running_server(home: Path, *arguments: str) -> AsyncIterator[RunningServer]:
    """Run one on every address of this computer until the block ends."""
    papers = Papers(home / "papers")
    papers.add("first")
    command = ["-m", "backend", "serve", "--data-dir", str(home / "data"), *papers.options()]
    async with running_program(*command, *arguments, home=home) as program:
        ready = json.loads(await program.wait_for_line(lambda line: line.startswith("{")))
        yield RunningServer(program, ready["url"].replace(EVERYWHERE, "127.0.0.1"), papers)

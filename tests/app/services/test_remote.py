"""A server elsewhere: entered by a token, over TLS, and what is told when it keeps us out."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest_asyncio
import trustme

from app.services.child import Address
from app.services.connection import LinkSettings
from app.services.failures import RestFailure
from app.services.line import Line
from app.services.remote import Obstacle, RemoteServer, Trouble
from app.state.link import Phase
from app.state.store import Store
from backend.contract.vocabulary import TokenScope
from tests.helpers.bell import Bell
from tests.helpers.cable import plugged_in
from tests.helpers.shared_server import SharedServer, shared_server

QUICK = LinkSettings(
    first_delay_s=0.05, max_delay_s=0.2, tries=20, connect_timeout_s=5, start_timeout_s=5
)


@dataclass
class Pocket:
    """Keeps a token in memory."""

    token: str | None = None

    async def get(self) -> str | None:
        return self.token

    async def put(self, token: str) -> None:
        self.token = token

    async def drop(self) -> None:
        self.token = None


@dataclass
class Joined:
    """A desktop's line to a server, and what it told."""

    server: RemoteServer
    line: Line
    store: Store
    pocket: Pocket
    bell: Bell = field(default_factory=Bell)
    troubles: list[Trouble | None] = field(default_factory=list)
    scopes: list[TokenScope] = field(default_factory=list)

    async def until(self, seen: Callable[[], object], what: str, timeout: float = 10) -> None:
        await self.bell.until(seen, what, timeout, lambda: (self.line.link.state, self.troubles))

    async def until_live(self) -> None:
        await self.until(lambda: self.line.link.state.phase is Phase.CONNECTED, "the light")

    async def until_obstacle(self, obstacle: Obstacle) -> None:
        await self.until(
            lambda: any(it is not None and it.obstacle is obstacle for it in self.troubles),
            obstacle.value,
        )

    def names(self) -> set[str]:
        return {record.view.name for record in self.store.records.values()}


@asynccontextmanager
async def joined(
    url: str, token: str | None, authority: Path | None = None
) -> AsyncIterator[Joined]:
    """Join a server until the block ends."""
    pocket = Pocket(token)
    server = RemoteServer(url, pocket, authority)
    store = Store(lambda: 0)
    line = Line(store, server, QUICK)
    it = Joined(server, line, store, pocket)

    def heard(*_: Any) -> None:
        it.bell.ring()

    for listeners, kept in ((server.troubled, it.troubles), (server.allowed, it.scopes)):
        listeners.add(kept.append)
        listeners.add(heard)
    line.link.changed.add(server.on_link)
    line.link.changed.add(heard)
    line.sync.changed.add(heard)
    line.start()
    try:
        yield it
    finally:
        await line.aclose()


@pytest_asyncio.fixture
async def shared(tmp_path: Path) -> AsyncIterator[SharedServer]:
    """A server for several users."""
    async with shared_server(tmp_path / "server") as server:
        yield server


async def test_a_token_that_is_kept_is_enough(shared: SharedServer) -> None:
    token = shared.papers.add("desk")
    async with joined(shared.url, token, shared.papers.ca) as it:
        await it.until_live()
        assert it.line.link.state.transport == "websocket"
        await it.until(lambda: it.scopes, "what the token allows")
        assert set(it.scopes) == {TokenScope.WRITE}
        added = await it.line.rest.create({"name": "shop", "url": "http://192.0.2.1/"})
        assert not isinstance(added, RestFailure)
        await it.until(lambda: it.names() == {"shop"}, "the endpoint")
        assert [trouble for trouble in it.troubles if trouble is not None] == []


async def test_a_token_is_asked_for_once_and_kept_when_the_server_took_it(
    shared: SharedServer,
) -> None:
    async with joined(shared.url, None, shared.papers.ca) as it:
        await it.until_obstacle(Obstacle.TOKEN_MISSING)
        await it.until(lambda: it.line.link.state.phase is Phase.GIVEN_UP, "a red light")
        it.server.use_token("vigil_wrong")
        await it.until_obstacle(Obstacle.TOKEN_REFUSED)
        assert it.pocket.token is None
        token = shared.papers.add("desk", TokenScope.READ)
        it.server.use_token(token)
        await it.until_live()
        await it.until(lambda: it.pocket.token == token, "the token to be kept")
        assert set(it.scopes) == {TokenScope.READ}
        refused = await it.line.rest.create({"name": "shop", "url": "http://192.0.2.1/"})
        assert isinstance(refused, RestFailure)
        assert str(refused) == "this token may only read"


async def test_a_revoked_token_ends_the_line_and_is_forgotten(shared: SharedServer) -> None:
    token = shared.papers.add("desk")
    async with joined(shared.url, token, shared.papers.ca) as it:
        await it.until_live()
        shared.papers.revoke("desk")
        await it.until_obstacle(Obstacle.TOKEN_REFUSED)
        await it.until(lambda: it.line.link.state.phase is Phase.GIVEN_UP, "a red light")
        assert it.pocket.token is None
        assert it.line.link.state.phase is not Phase.CONNECTED
        it.line.reconnect_now()
        await it.until_obstacle(Obstacle.TOKEN_MISSING)
        it.server.use_token(shared.papers.add("another"))
        await it.until_live()


async def test_a_token_of_another_scope_is_noticed(shared: SharedServer) -> None:
    reads, writes = shared.papers.add("r", TokenScope.READ), shared.papers.add("w")
    async with joined(shared.url, reads, shared.papers.ca) as it:
        await it.until_live()
        await it.until(lambda: it.scopes, "what the token allows")
        it.server.use_token(writes)
        await it.until(lambda: it.scopes[-1] is TokenScope.WRITE, "more to be allowed")
        await it.until(lambda: it.line.link.connections == 2, "a line of that token")


async def test_a_server_of_an_authority_that_is_not_trusted_is_not_shown_the_token(
    shared: SharedServer, tmp_path: Path
) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(other)
    token = shared.papers.add("desk")
    for authority in (None, other):
        async with joined(shared.url, token, authority) as it:
            await it.until_obstacle(Obstacle.UNTRUSTED)
            assert "certificate" in next(found.detail for found in it.troubles if found)
            assert it.pocket.token == token, "the token is not to blame"


async def test_a_file_that_holds_no_authority_is_told(tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.pem"
    nothing.write_text("no certificate")
    async with joined("https://127.0.0.1:9", "token", nothing) as it:
        await it.until_obstacle(Obstacle.AUTHORITY_UNUSABLE)


async def test_a_server_that_answers_to_another_name_only_is_told(shared: SharedServer) -> None:
    token = shared.papers.add("desk")
    async with (
        plugged_in(shared.port) as cable,
        joined(f"https://127.0.0.1:{cable.port}", token, shared.papers.ca) as it,
    ):
        await it.until_obstacle(Obstacle.NAME_REFUSED)
        await it.until(lambda: it.line.link.state.attempt > 2, "tries that go on")


async def test_two_desktops_stay_in_step_on_one_server(shared: SharedServer) -> None:
    first, second = shared.papers.add("first desk"), shared.papers.add("second", TokenScope.READ)
    ca = shared.papers.ca
    async with joined(shared.url, first, ca) as one, joined(shared.url, second, ca) as other:
        await one.until_live()
        await other.until_live()
        ids = []
        for number in range(12):
            draft = {"name": f"api {number}", "url": "http://192.0.2.1/"}
            ids.append((await one.line.rest.create(draft)).id)
        for endpoint_id in ids[:4]:
            await one.line.rest.delete(endpoint_id)
        await one.line.rest.patch(ids[5], {"name": "another name"})
        expected = {f"api {number}" for number in range(4, 12)} - {"api 5"} | {"another name"}
        for it in (one, other):
            await it.until(lambda it=it: it.names() == expected, "the same endpoints")

        def seen(it: Joined) -> dict[str, Any]:
            return {key: record.view for key, record in it.store.records.items()}

        await other.until(lambda: seen(one) == seen(other), "all of them alike")


def test_neither_the_token_nor_the_trust_is_in_a_representation() -> None:
    assert "secret" not in repr(Address("https://a.example", "secret"))

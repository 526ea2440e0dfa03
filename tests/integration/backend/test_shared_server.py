"""A server for several users: the real program, over TLS, on every address of this computer."""

import asyncio
import json
import signal
import socket
import ssl
from pathlib import Path

import httpx
import pytest
from socketio.exceptions import ConnectionError as Refused

from backend.contract.vocabulary import TokenScope
from backend.storage.tokens import PREFIX
from tests.helpers.program import running_program
from tests.helpers.shared_server import EVERYWHERE, Papers, RunningServer, running_server
from tests.helpers.socket_client import connected
from tests.helpers.target_server import running_target

CUT_WITHIN_S = 3
DRAFT = {"name": "shop", "url": "http://192.0.2.1/", "isActive": False}


async def refusal(home: Path, *arguments: str) -> str:
    """Start a server that must not come to serve; return the one sentence it says."""
    command = ("-m", "backend", "serve", "--data-dir", str(home / "data"), *arguments)
    async with running_program(*command, home=home) as program:
        assert await program.wait_for_exit() == 2, program.said()
    assert program.output == []
    assert not (home / "data").exists(), "nothing is opened before all is proven"
    (sentence,) = program.errors
    return sentence


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        ("no tls", "can be reached by other computers: --tls-cert and --tls-key are needed"),
        ("no tokens", "can be reached by other computers: --token-file is needed"),
        ("no key", "--tls-cert and --tls-key are only of use together"),
        ("a missing certificate", "cert.pem is missing"),
        ("a missing key", "key.pem is missing"),
        ("a missing list", "tokens.json is missing: vigil-backend token add makes it"),
        ("another key", "does not fit the certificate"),
        ("an open list", "is open to other users of this computer: chmod 600"),
        ("a list in plain text", "is not one that vigil-backend token add has written"),
    ],
)
async def test_it_refuses_to_start_and_says_why(tmp_path: Path, spoilt: str, says: str) -> None:
    papers = Papers(tmp_path / "papers")
    papers.add("office")
    options = papers.options()
    match spoilt:
        case "no tls":
            options = options[:2] + options[-2:]
        case "no tokens":
            options = options[:-2]
        case "no key":
            options = options[:4] + options[-2:]
        case "a missing certificate":
            papers.cert.unlink()
        case "a missing key":
            papers.key.unlink()
        case "a missing list":
            papers.tokens.unlink()
        case "another key":
            papers.key.write_bytes(Papers(tmp_path / "others").key.read_bytes())
        case "an open list":
            papers.tokens.chmod(0o640)
        case _:
            papers.tokens.write_text("a-token-in-plain-text")
    sentence = await refusal(tmp_path, *options)
    assert sentence.startswith("vigil-backend: ")
    assert says in sentence


async def test_a_server_with_tokens_of_both_scopes_keeps_each_to_its_own(tmp_path: Path) -> None:
    async with running_server(tmp_path) as server:
        papers, url = server.papers, server.url
        writes = papers.add("writes")
        reads = papers.add("reads", TokenScope.READ)
        async with papers.rest(url, None) as rest:
            assert (await rest.get("/api/health")).json() == {"status": "ok"}
            assert (await rest.get("/api/endpoints")).status_code == 401
        async with papers.rest(url, writes[:-1] + "x") as rest:
            assert (await rest.get("/api/endpoints")).status_code == 401
        async with papers.rest(url, reads) as rest:
            assert (await rest.get("/api/endpoints")).status_code == 200
            assert (await rest.post("/api/endpoints", json=DRAFT)).status_code == 403
        async with papers.rest(url, writes) as rest:
            assert (await rest.post("/api/endpoints", json=DRAFT)).status_code == 201
        for transport in ("websocket", "polling"):
            for wrong in (None, "", "x", 7, [reads], writes[:-1], {"token": reads}):
                with pytest.raises(Refused):
                    async with connected(url, wrong, tls=papers.tls, transport=transport):
                        pass


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_a_revoked_token_is_cut_off_and_the_others_stay(
    tmp_path: Path, transport: str
) -> None:
    async with running_server(tmp_path) as server:
        papers, url = server.papers, server.url
        gone, stays = papers.add("gone"), papers.add("stays", TokenScope.READ)
        async with (
            connected(url, gone, tls=papers.tls, transport=transport) as first,
            connected(url, stays, tls=papers.tls, transport=transport) as second,
            papers.rest(url, gone) as rest,
        ):
            await first.ask("subscribe:all")
            assert (await rest.get("/api/endpoints")).status_code == 200
            papers.revoke("gone")
            assert (await rest.get("/api/endpoints")).status_code == 401
            await first.is_cut_off(CUT_WITHIN_S)
            await second.ask("subscribe:all")
            assert second.is_connected
        with pytest.raises(Refused):
            async with connected(url, gone, tls=papers.tls, transport=transport):
                pass


async def test_the_commands_add_list_and_revoke_while_it_runs(tmp_path: Path) -> None:
    async def command(*arguments: str, code: int = 0) -> tuple[list[str], list[str]]:
        listed = ("--token-file", str(server.papers.tokens))
        every = ("-m", "backend", "token", *arguments, *listed)
        async with running_program(*every, home=tmp_path / "other") as program:
            assert await program.wait_for_exit() == code, program.said()
        return program.output, program.errors

    async with running_server(tmp_path) as server:
        (token,), _ = await command("add", "office", "--scope", "read")
        assert token.startswith(PREFIX)
        lines, _ = await command("list")
        assert [(line.split()[0], line.split()[-1]) for line in lines] == [
            ("write", "first"),
            ("read", "office"),
        ]
        assert token not in "".join(lines)
        _, errors = await command("add", "office", "--scope", "read", code=2)
        assert errors == ["vigil-backend: there is a token named office already"]
        async with connected(server.url, token, tls=server.papers.tls) as client:
            await command("revoke", "office")
            await client.is_cut_off(CUT_WITHIN_S)
        _, errors = await command("revoke", "office", code=2)
        assert errors == ["vigil-backend: there is no token named office"]


async def test_only_who_trusts_the_authority_and_speaks_todays_tls_is_answered(
    tmp_path: Path,
) -> None:
    async with running_server(tmp_path) as server:
        with pytest.raises(httpx.ConnectError, match="certificate verify failed"):
            async with httpx.AsyncClient(trust_env=False) as stranger:
                await stranger.get(server.url + "/api/health")
        with pytest.raises(httpx.HTTPError):
            async with httpx.AsyncClient(trust_env=False) as plain:
                await plain.get(server.url.replace("https", "http") + "/api/health")
        port = int(server.url.rsplit(":", 1)[1])
        versions = {}
        for newest in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            context = ssl.create_default_context(cafile=server.papers.ca)
            context.maximum_version = newest
            reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
            versions[newest] = writer.get_extra_info("ssl_object").version()
            writer.close()
            await reader.read()
        assert list(versions.values()) == ["TLSv1.2", "TLSv1.3"]


async def test_it_answers_to_its_own_names_only(tmp_path: Path) -> None:
    async with running_server(tmp_path, "--allow-host", "status.example") as server:
        port = int(server.url.rsplit(":", 1)[1])
        async with server.papers.rest(server.url, None) as rest:

            async def asked_as(host: str, **more: str) -> int:
                headers = {"Host": host, **more}
                return (await rest.get("/api/health", headers=headers)).status_code

            for host in ("127.0.0.1", "localhost", "status.example"):
                assert await asked_as(f"{host}:{port}") == 200, host
                own = f"https://{host}:{port}"
                assert await asked_as(f"{host}:{port}", Origin=own) == 200, host
            for host in (f"evil.example:{port}", "status.example", "status.example:1"):
                assert await asked_as(host) == 403, host
            foreign = (f"http://localhost:{port}", "https://evil.example", "null")
            for origin in foreign:
                assert await asked_as(f"localhost:{port}", Origin=origin) == 403, origin


async def preview(server: RunningServer, token: str, url: str) -> dict[str, object]:
    """Have a server ask an address once."""
    async with server.papers.rest(server.url, token) as rest:
        answer = await rest.post("/api/endpoints/preview", json={"url": url})
    return answer.json()["result"]


@pytest.mark.parametrize(
    ("options", "reached"),
    [
        ((), False),
        (("--allow-private-addresses",), True),
        (("--allow-network", "127.0.0.1/32"), True),
    ],
)
async def test_private_addresses_are_out_of_reach_unless_they_are_allowed(
    tmp_path: Path, options: tuple[str, ...], reached: bool
) -> None:
    async with running_target() as target, running_server(tmp_path, *options) as server:
        token = server.papers.add("writes")
        told = await preview(server, token, target.url)
        assert (told["statusCode"] == 200) is reached
        assert bool(target.requests) is reached


def said_by_the_kernel(pid: int) -> bytes:
    """Return the arguments and the environment of a process."""
    return b"".join(Path(f"/proc/{pid}/{name}").read_bytes() for name in ("cmdline", "environ"))


def files_below(folder: Path) -> dict[str, bytes]:
    """Return what every file there holds, by name."""
    return {str(it): it.read_bytes() for it in folder.rglob("*") if it.is_file()}


async def test_the_token_is_in_no_argument_file_or_line_of_the_log(tmp_path: Path) -> None:
    async with running_server(tmp_path) as server:
        papers, token = server.papers, server.papers.add("office")
        async with papers.rest(server.url, token) as rest:
            await rest.post("/api/endpoints", json=DRAFT)
            assert (await rest.get(f"/api/{token}/x")).status_code == 404
        async with papers.rest(server.url, None) as rest:
            await rest.get(f"/api/endpoints/{token}?token={token}")
        async with connected(server.url, token, tls=papers.tls):
            papers.revoke("office")
        assert token.encode() not in said_by_the_kernel(server.program.pid)
        server.program.signal(signal.SIGTERM)
        assert await server.program.wait_for_exit() == 0
        assert token not in server.program.said()
    files = files_below(tmp_path)
    assert any(name.endswith("backend.log") for name in files)
    assert [name for name, content in files.items() if token.encode() in content] == []


async def test_wrong_tokens_from_one_address_keep_nobody_else_waiting(tmp_path: Path) -> None:
    async with running_server(tmp_path) as server:
        token, port = server.papers.add("office"), int(server.url.rsplit(":", 1)[1])
        flood = httpx.AsyncHTTPTransport(verify=server.papers.tls, local_address="127.0.0.2")
        limits = {"transport": flood, "timeout": 30, "base_url": server.url}
        async with (
            httpx.AsyncClient(**limits, headers={"Authorization": "Bearer x"}) as stranger,
            asyncio.TaskGroup() as group,
        ):
            flooding = [group.create_task(stranger.get("/api/endpoints")) for _ in range(90)]
            await asyncio.wait(flooding, return_when=asyncio.FIRST_COMPLETED)
            loop = asyncio.get_running_loop()
            began = loop.time()
            async with server.papers.rest(server.url, "wrong") as mistaken:
                assert (await mistaken.get("/api/endpoints")).status_code == 401
            async with server.papers.rest(server.url, token) as rest:
                assert (await rest.get("/api/endpoints")).status_code == 200
            assert not all(it.done() for it in flooding), "the flood waits for its turn still"
            assert loop.time() - began < 3
            answers = {(await it).status_code for it in flooding}
        assert 401 in answers
        with socket.create_connection(("127.0.0.1", port)):
            pass


async def test_the_ready_line_names_what_is_bound(tmp_path: Path) -> None:
    async with running_server(tmp_path) as server:
        (line,) = server.program.output
        assert json.loads(line)["url"].startswith(f"https://{EVERYWHERE}:")


async def test_each_change_is_a_line_with_who_made_it_and_not_what_it_was(tmp_path: Path) -> None:
    async with running_server(tmp_path) as server:
        papers, url = server.papers, server.url
        async with papers.rest(url, papers.add("Kim")) as rest:
            added = (await rest.post("/api/endpoints", json=DRAFT | {"note": "mark-77"})).json()
            await rest.get(f"/api/endpoints/{added['id']}")
            await rest.put("/api/secrets/pin", json={"value": "mark-78"})
        async with papers.rest(url, papers.add("Lee")) as rest:
            await rest.delete(f"/api/endpoints/{added['id']}")
            await rest.patch(f"/api/endpoints/{added['id']}", json={"name": "mark-79"})
        async with papers.rest(url, papers.add("reads", TokenScope.READ)) as rest:
            await rest.post("/api/endpoints", json=DRAFT)
        lines = (tmp_path / "data" / "logs" / "backend.log").read_text().splitlines()
    changes = [line.partition("by=")[2] for line in lines if "a change was asked for" in line]
    assert changes == [
        "'Kim' door='POST /api/endpoints' status=201",
        "'Kim' door='PUT /api/secrets/pin' status=200",
        f"'Lee' door='DELETE /api/endpoints/{added['id']}' status=200",
        f"'Lee' door='PATCH /api/endpoints/{added['id']}' status=404",
    ]
    assert not [line for line in lines if "mark-7" in line]

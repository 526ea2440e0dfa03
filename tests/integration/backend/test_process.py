"""`python -m backend` as a child process: how it starts, what stops it, how it ends."""

import asyncio
import json
import signal
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from backend.contract.version import VERSION
from tests.helpers.program import Backend, Program, running_backend, running_program
from tests.helpers.socket_client import connected

STOPS_WITHIN_S = 5


def start(home: Path, *arguments: str):
    """Start a backend that is not expected to be ready."""
    return running_program("-m", "backend", *arguments, home=home)


async def stopped_in(program: Program) -> tuple[int, float]:
    """Wait for the end; return the exit code and how many seconds it took."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    code = await program.wait_for_exit(15)
    return code, loop.time() - began


async def health(backend: Backend) -> dict[str, object]:
    """Ask a backend how it is, with its token."""
    headers = {"Authorization": f"Bearer {backend.token}"}
    async with httpx.AsyncClient(trust_env=False, headers=headers) as rest:
        return (await rest.get(backend.url + "/api/health")).json()


async def test_the_ready_line_says_where_it_serves(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend:
        (line,) = backend.program.output
        ready = json.loads(line)
        assert ready == {
            "ready": True,
            "url": f"http://127.0.0.1:{backend.port}",
            "pid": backend.program.pid,
            "version": VERSION,
        }
        told = await health(backend)
        assert told == told | {"status": "ok", "version": VERSION}


def proc(program: Program, name: str) -> str:
    """Read what the kernel says of a program."""
    return Path(f"/proc/{program.pid}/{name}").read_text()


async def test_nothing_listens_beyond_loopback(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend:
        table = proc(backend.program, "net/tcp").splitlines()[1:]
        listening = [row.split()[1] for row in table if row.split()[3] == "0A"]
        mine = [address for address in listening if int(address[-4:], 16) == backend.port]
        assert mine == [f"0100007F:{backend.port:04X}"]


async def test_the_end_of_standard_input_stops_it(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend:
        backend.program.close_input()
        code, seconds = await stopped_in(backend.program)
        assert code == 0, backend.program.said()
        assert seconds < 3


async def test_the_end_of_standard_input_stops_it_while_it_is_still_starting(
    tmp_path: Path,
) -> None:
    async with start(tmp_path, "--data-dir", str(tmp_path / "data"), "--token-stdin") as program:
        program.say("token")
        program.close_input()
        assert await program.wait_for_exit(15) == 0, program.said()


async def test_a_parent_that_is_gone_before_the_token_came_stops_it(tmp_path: Path) -> None:
    async with start(tmp_path, "--data-dir", str(tmp_path / "data"), "--token-stdin") as program:
        program.close_input()
        assert await program.wait_for_exit(15) == 0, program.said()
        assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_it_within_five_seconds_with_clients_connected(
    tmp_path: Path, number: signal.Signals
) -> None:
    async with running_backend(tmp_path) as backend:
        async with connected(backend.url, backend.token) as client:
            await client.ask("subscribe:all")
            polling = asyncio.open_connection("127.0.0.1", backend.port)
            _, writer = await polling  # and one that only opens the line
            backend.program.signal(number)
            code, seconds = await stopped_in(backend.program)
            writer.close()
        assert code == 0, backend.program.said()
        assert seconds < STOPS_WITHIN_S
        assert "Traceback" not in backend.program.said()
        assert backend.program.errors == []


async def test_a_signal_stops_it_while_a_check_hangs(tmp_path: Path) -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()
        writer.close()

    asked = asyncio.Event()
    silent = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    async with silent, running_backend(tmp_path) as backend:
        url = f"http://127.0.0.1:{silent.sockets[0].getsockname()[1]}"
        headers = {"Authorization": f"Bearer {backend.token}"}
        async with httpx.AsyncClient(trust_env=False, headers=headers) as rest:
            draft = {"name": "silent", "url": url, "timeoutThreshold": 120_000}
            await rest.post(backend.url + "/api/endpoints", json=draft)
        await asyncio.wait_for(asked.wait(), 10)
        backend.program.signal(signal.SIGTERM)
        code, seconds = await stopped_in(backend.program)
        assert code == 0, backend.program.said()
        assert seconds < STOPS_WITHIN_S


async def test_a_second_start_on_the_same_data_says_so(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as first:
        data = str(tmp_path / "data")
        async with start(tmp_path / "second", "--data-dir", data) as second:
            assert await second.wait_for_exit() == 3
            assert second.errors == [f"vigil-backend: {data} is in use by another Vigil"]
            assert second.output == []
        assert (await health(first))["status"] == "ok"


async def test_a_killed_backend_leaves_its_data_free_for_the_next(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend:
        backend.program.signal(signal.SIGKILL)
        await backend.program.wait_for_exit()
    async with running_backend(tmp_path) as backend:
        assert (await health(backend))["status"] == "ok"


async def test_a_data_directory_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("this is a file")
    async with start(tmp_path / "home", "--data-dir", str(tmp_path / "data")) as program:
        assert await program.wait_for_exit() == 3
        (sentence,) = program.errors
        assert sentence.startswith(f"vigil-backend: {tmp_path / 'data'} cannot be written: ")


async def test_data_of_a_newer_program_are_left_alone(tmp_path: Path) -> None:
    async with running_backend(tmp_path):
        pass
    database = tmp_path / "data" / "vigil.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    before = database.read_bytes()
    async with start(tmp_path, "--data-dir", str(tmp_path / "data")) as program:
        assert await program.wait_for_exit() == 4
        (sentence,) = program.errors
        assert "newer Vigil" in sentence
    assert database.read_bytes() == before


async def test_a_port_that_is_taken_says_so(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend:
        other = str(tmp_path / "other")
        async with start(
            tmp_path / "second", "--data-dir", other, "--port", str(backend.port)
        ) as second:
            assert await second.wait_for_exit() == 5
            (sentence,) = second.errors
            assert sentence.startswith(f"vigil-backend: port {backend.port} cannot be bound: ")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--data-dir", "d", "--port", "70000"],
        ["--data-dir", "d", "--port", "http"],
        ["--data-dir", "d", "--host", "0.0.0.0"],
        ["--data-dir", "d", "--token-stdin", "--token-file", "t"],
        ["--data-dir", "d", "--allow-origin", "*"],
        ["--data-dir", "d", "--allow-origin", "https://a.example/page"],
        ["--data-dir", "d", "--token", "secret"],
        ["--data-dir", "d", "--keep-checks", "0"],
    ],
)
async def test_wrong_arguments_end_with_two(tmp_path: Path, arguments: list[str]) -> None:
    async with start(tmp_path, *arguments) as program:
        assert await program.wait_for_exit() == 2
        assert program.output == []


async def test_an_empty_token_is_a_wrong_argument(tmp_path: Path) -> None:
    async with start(tmp_path, "--data-dir", str(tmp_path / "data"), "--token-stdin") as program:
        program.say("")
        assert await program.wait_for_exit() == 2


async def ready_url(program: Program) -> str:
    """Wait for the ready line and return the URL in it."""
    line = await program.wait_for_line(lambda line: line.startswith("{"))
    return json.loads(line)["url"]


@pytest.mark.parametrize("named", [False, True])
async def test_a_token_file_is_made_private_and_used_again(tmp_path: Path, named: bool) -> None:
    data = tmp_path / "data"
    file = tmp_path / "my-token" if named else data / "token"
    arguments = ["--data-dir", str(data), *(["--token-file", str(file)] if named else [])]
    tokens = []
    for _ in range(2):
        async with start(tmp_path, *arguments) as program:
            url = await ready_url(program)
            token = file.read_text().strip()
            assert await health(Backend(program, url, token)) != {"status": "ok"}
            tokens.append(token)
            program.signal(signal.SIGTERM)
            assert await program.wait_for_exit() == 0
    assert tokens[0] == tokens[1]
    assert len(bytes.fromhex(tokens[0])) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_token_file_without_a_token_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    arguments = ["--data-dir", str(tmp_path / "data"), "--token-file", str(tmp_path / "empty")]
    async with start(tmp_path, *arguments) as program:
        assert await program.wait_for_exit() == 2
        assert program.errors == [f"vigil-backend: {tmp_path / 'empty'} holds no token"]


async def test_nobody_else_can_read_what_it_keeps(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend:
        modes = {
            path: stat.S_IMODE(path.stat().st_mode)
            for path in [tmp_path / "data", *(tmp_path / "data").rglob("*")]
        }
        wrong = {
            str(path): oct(mode)
            for path, mode in modes.items()
            if mode != (0o700 if path.is_dir() else 0o600)
        }
        assert wrong == {}
        assert (tmp_path / "data" / "logs" / "backend.log") in modes
        assert backend.token not in proc(backend.program, "cmdline")
        assert backend.token not in proc(backend.program, "environ")


async def test_secrets_in_addresses_do_not_reach_the_log(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend:
        headers = {"Authorization": f"Bearer {backend.token}"}
        async with httpx.AsyncClient(trust_env=False, headers=headers) as rest:
            draft = {"name": "shop", "url": "http://kim:hunter2@127.0.0.1:1/x?key=hunter3"}
            path = f"{backend.url}/api/endpoints"
            added = (await rest.post(path, json=draft)).json()
            await rest.post(f"{path}/{added['id']}/check")
        backend.program.close_input()
        await backend.program.wait_for_exit()
        said = (tmp_path / "data" / "logs" / "backend.log").read_text() + backend.program.said()
        for secret in ("hunter2", "hunter3", backend.token):
            assert secret not in said

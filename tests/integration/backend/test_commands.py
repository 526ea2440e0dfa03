"""`vigil-backend COMMAND` as a child process: what it prints, what it writes, how it ends."""

import json
import os
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import httpx
import pytest

from backend.storage.database import FILE_NAME
from tests.helpers.program import Backend, Program, running_backend, running_program
from tests.helpers.target_server import Answer, Fault, running_target

DAY_S = 86_400
SECRET = "sesame-open-up"


async def ran(home: Path, *arguments: str) -> tuple[int, Program]:
    """Run a command to its end."""
    async with running_program("-m", "backend", *arguments, home=home) as program:
        code = await program.wait_for_exit()
    assert "Traceback" not in program.said()
    return code, program


@asynccontextmanager
async def asking(backend: Backend) -> AsyncIterator[httpx.AsyncClient]:
    bearer = {"Authorization": f"Bearer {backend.token}"}
    async with httpx.AsyncClient(base_url=backend.url, headers=bearer, trust_env=False) as rest:
        yield rest


async def filled(home: Path, *drafts: dict[str, object]) -> None:
    """Put endpoints into the archive in ``home / "data"``, with nobody left working on it."""
    async with running_backend(home) as backend:
        async with asking(backend) as rest:
            for draft in drafts:
                known = {"checkInterval": DAY_S, "isActive": False}
                answer = await rest.post("/api/endpoints", json=known | draft)
                assert answer.status_code == 201, answer.text
        backend.program.close_input()
        assert await backend.program.wait_for_exit() == 0


def endpoints_in(data: Path) -> list[tuple[str, str, int]]:
    with closing(sqlite3.connect(data / FILE_NAME)) as db:
        return db.execute("SELECT name, url, is_active FROM endpoints ORDER BY key").fetchall()


def age(file: Path) -> None:
    """Make a file look an hour old."""
    at_s = file.stat().st_mtime - 3600
    os.utime(file, (at_s, at_s))


SHOP = {"name": "Shop", "url": "http://shop.test/", "tags": ["prod"], "isActive": True}
BANK = {
    "name": "Bank",
    "url": "http://me:pass-phrase@bank.test/?a=1",
    "headers": {"X-Api-Key": SECRET, "Accept": "text/plain"},
    "assertions": [{"kind": "responseTime", "maxMs": 900}],
}


async def test_a_check_that_succeeds_shows_its_phases_and_ends_with_0(tmp_path: Path) -> None:
    async with running_target() as target:
        code, program = await ran(tmp_path, "check", target.url)
    assert code == 0, program.said()
    assert program.output[0].startswith("success: ")
    assert "answered 200" in program.output[0]
    for phase in ("  connecting     ", "  first byte     ", "  in all         "):
        assert any(line.startswith(phase) and line.endswith(" ms") for line in program.output)
    assert not (tmp_path / "data").exists(), "nothing is kept"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(503), "failure: Expected status 200, got 503"),
        (Answer(fault=Fault.SILENCE), "failure: Timeout exceeded"),
    ],
)
async def test_a_check_that_fails_says_why_and_ends_with_1(
    tmp_path: Path, answer: Answer, said: str
) -> None:
    async with running_target() as target:
        target.answer = answer
        code, program = await ran(tmp_path, "check", target.url, "--timeout", "300")
    assert code == 1, program.said()
    assert program.output[0].startswith(said)


async def test_a_check_can_be_read_by_a_program(tmp_path: Path) -> None:
    async with running_target() as target:
        target.answer = Answer(404)
        code, program = await ran(tmp_path, "check", target.url, "--expect", "404", "--json")
    found = json.loads("\n".join(program.output))
    assert code == 0
    assert found["result"]["statusCode"] == 404
    assert found["evidence"]["phases"]["firstByte"] > 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", "shop.test"),
        ("check", "ftp://shop.test/"),
        ("check", "http://shop.test/", "--timeout", "5"),
        ("check", "http://shop.test/", "--expect", "99"),
        ("check", "http://shop.test/", "--method", "FETCH"),
        ("backup", "copy.db"),
        ("import", "--data-dir", "data"),
        ("import", "nowhere.json", "--data-dir", "data"),
        ("doctor", "--data-dir", "data", "--deep"),
        ("serve",),
        ("cure", "--data-dir", "data"),
    ],
)
async def test_wrong_arguments_end_with_2_and_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    code, program = await ran(tmp_path, *arguments)
    assert code == 2, program.said()
    assert program.output == []
    assert program.errors


async def test_serve_is_what_happens_without_a_command(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    command = ("-m", "backend", "serve", "--data-dir", data, "--token-stdin")
    async with running_program(*command, home=tmp_path) as program:
        program.say("token")
        await program.wait_for_line(lambda line: '"ready": true' in line)
        program.close_input()
        assert await program.wait_for_exit() == 0


async def test_a_backup_of_a_running_backend_is_whole_and_private(tmp_path: Path) -> None:
    copy = tmp_path / "restored" / FILE_NAME
    copy.parent.mkdir()
    async with running_backend(tmp_path) as backend, asking(backend) as rest:
        assert (await rest.post("/api/endpoints", json=BANK)).status_code == 201
        code, program = await ran(
            tmp_path, "backup", str(copy), "--data-dir", str(tmp_path / "data")
        )
        assert code == 0, program.said()
        assert program.output == [f"{copy}: {copy.stat().st_size} bytes, verified"]
    assert [it[0] for it in endpoints_in(copy.parent)] == ["Bank"]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [it.name for it in copy.parent.iterdir()] == [FILE_NAME]


async def test_a_backup_overwrites_nothing_and_needs_an_archive(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    code, program = await ran(tmp_path, "backup", str(copy), "--data-dir", str(tmp_path / "none"))
    assert code == 3, program.said()
    assert not copy.exists()
    await filled(tmp_path)
    copy.write_text("precious")
    code, _ = await ran(tmp_path, "backup", str(copy), "--data-dir", str(tmp_path / "data"))
    assert code == 2
    assert copy.read_text() == "precious"


async def test_an_export_has_no_secret_and_comes_back_by_import(tmp_path: Path) -> None:
    await filled(tmp_path, SHOP, BANK)
    file, other = tmp_path / "endpoints.json", tmp_path / "other"
    code, program = await ran(tmp_path, "export", str(file), "--data-dir", str(tmp_path / "data"))
    assert code == 0, program.said()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text()
    assert SECRET not in text
    assert "pass-phrase" not in text
    document = json.loads(text)
    assert (document["format"], document["version"]) == ("vigil-export", 1)
    assert document["endpoints"][1]["leftOut"] == [
        "the header X-Api-Key",
        "the password of the URL",
    ]

    dry = ("import", str(file), "--data-dir", str(other))
    code, program = await ran(tmp_path, *dry)
    assert code == 0, program.said()
    assert "2 would be added" in program.output[-1]
    assert not other.exists(), "a dry run makes nothing"

    code, program = await ran(tmp_path, *dry, "--apply")
    assert code == 0, program.said()
    assert program.output[-1] == "2 added, 0 are there already"
    assert any("paused, for it lost the header X-Api-Key" in line for line in program.output)
    assert endpoints_in(other) == [
        ("Shop", "http://shop.test/", 1),
        ("Bank", "http://me@bank.test/?a=1", 0),
    ]

    for again in (dry, (*dry, "--apply")):
        code, program = await ran(tmp_path, *again)
        assert code == 0
        assert "2 are there already" in program.output[-1]
    assert len(endpoints_in(other)) == 2


async def test_what_was_imported_is_told_with_a_number_and_served(tmp_path: Path) -> None:
    home = tmp_path / "home"
    await filled(tmp_path, BANK)
    file = tmp_path / "endpoints.json"
    await ran(tmp_path, "export", str(file), "--data-dir", str(tmp_path / "data"))
    await ran(tmp_path, "import", str(file), "--data-dir", str(home / "data"), "--apply")
    async with running_backend(home) as backend, asking(backend) as rest:
        (bank,) = (await rest.get("/api/endpoints")).json()["data"]
    assert bank["headers"] == {"Accept": "text/plain"}
    assert [it["kind"] for it in bank["assertions"]] == ["responseTime"]
    with closing(sqlite3.connect(home / "data" / FILE_NAME)) as db:
        assert db.execute("SELECT seq, name FROM events").fetchall() == [(1, "endpoint:created")]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("{", 2, "is not JSON"),
        ("[" * 100_000, 2, "is not JSON"),
        ("[]", 2, "is no export of Vigil"),
        ('{"format": "vigil-export", "version": 2}', 4, "newer Vigil"),
        ('{"format": "vigil-export", "version": 1}', 2, "endpoints"),
    ],
)
async def test_a_file_that_is_no_export_is_refused(
    tmp_path: Path, text: str, code: int, said: str
) -> None:
    file = tmp_path / "odd.json"
    file.write_text(text)
    data = tmp_path / "data"
    found, program = await ran(tmp_path, "import", str(file), "--data-dir", str(data), "--apply")
    assert found == code, program.said()
    assert said in program.said()
    assert not data.exists()


async def test_one_wrong_endpoint_keeps_all_others_out(tmp_path: Path) -> None:
    file, data = tmp_path / "odd.json", tmp_path / "data"
    head = {"format": "vigil-export", "version": 1, "exportedBy": "a hand"}
    said = head | {
        "exportedAt": "2026-01-01T00:00:00.000Z",
        "endpoints": [SHOP, SHOP | {"url": "ftp://shop.test/"}],
    }
    file.write_text(json.dumps(said))
    code, program = await ran(tmp_path, "import", str(file), "--data-dir", str(data), "--apply")
    assert code == 2
    assert "endpoints.1.url" in program.said()
    assert not data.exists()


async def test_an_import_into_a_running_backend_is_refused(tmp_path: Path) -> None:
    await filled(tmp_path, SHOP)
    file, home = tmp_path / "endpoints.json", tmp_path / "home"
    await ran(tmp_path, "export", str(file), "--data-dir", str(tmp_path / "data"))
    async with running_backend(home) as backend, asking(backend) as rest:
        command = ("import", str(file), "--data-dir", str(home / "data"))
        assert (await ran(tmp_path, *command))[0] == 0
        code, program = await ran(tmp_path, *command, "--apply")
        assert code == 3
        assert "in use" in program.said()
        assert (await rest.get("/api/endpoints")).json()["data"] == []


async def test_the_doctor_finds_nothing_wrong_with_what_is_well(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend, asking(backend) as rest:
        await rest.post("/api/endpoints", json=SHOP)
        code, program = await ran(tmp_path, "doctor", "--data-dir", str(tmp_path / "data"))
        assert code == 0, program.said()
    assert [line[:2] for line in program.output] == ["ok", "ok", "ok", "no", "ok"]
    assert program.output[3].startswith("note  backups: none yet")
    assert "Vigil is running" in program.output[0]
    assert "1 endpoints" in program.output[1]


async def test_the_doctor_names_checks_that_are_late_while_vigil_runs(tmp_path: Path) -> None:
    await filled(tmp_path, SHOP | {"checkInterval": 5})
    data = tmp_path / "data"
    with closing(sqlite3.connect(data / FILE_NAME)) as db, db:
        db.execute("UPDATE endpoints SET updated_at_ms = 0, is_active = 0")
        db.execute("UPDATE health SET last_checked_ms = 1000")
    async with running_backend(tmp_path):
        with closing(sqlite3.connect(data / FILE_NAME)) as db, db:
            db.execute("UPDATE endpoints SET is_active = 1")  # unknown to who runs: never checked
        fresh, program = await ran(tmp_path, "doctor", "--data-dir", str(data))
        assert fresh == 0, "it has only just begun" + program.said()
        age(data / "lock")
        late, program = await ran(tmp_path, "doctor", "--data-dir", str(data))
    assert late == 1
    assert any(line.startswith("BAD   late: Shop") for line in program.output)
    code, _ = await ran(tmp_path, "doctor", "--data-dir", str(data))
    assert code == 0, "nobody checks while Vigil is not running"


async def test_the_doctor_names_alerts_that_were_given_up(tmp_path: Path) -> None:
    await filled(tmp_path)
    data = tmp_path / "data"
    with closing(sqlite3.connect(data / FILE_NAME)) as db, db:
        db.execute(
            "INSERT INTO outbox (id, channel_id, channel_name, endpoint_id, subject, kind, status,"
            " at_ms, number, notice, state, settled_ms) VALUES ('a', 'c', 'C', 'e', 's', 'down',"
            " 'DOWN', 0, 0, '{}', 'failed', unixepoch() * 1000)"
        )
    code, program = await ran(tmp_path, "doctor", "--data-dir", str(data))
    assert code == 1
    assert program.output[2].startswith("BAD   outbox: 0 alerts wait; 1 given up")


async def test_the_doctor_sees_damage(tmp_path: Path) -> None:
    await filled(tmp_path, *({**SHOP, "name": f"Shop {n}", "note": "x" * 2000} for n in range(20)))
    file = tmp_path / "data" / FILE_NAME
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * 30_000 + whole[38_192:])
    code, program = await ran(tmp_path, "doctor", "--data-dir", str(file.parent))
    assert code == 1, program.said()
    assert program.output[0].startswith("BAD   archive: ")
    copy = tmp_path / "copy.db"
    code, program = await ran(tmp_path, "backup", str(copy), "--data-dir", str(file.parent))
    assert code == 3, program.said()
    assert not copy.exists()


async def test_a_newer_archive_is_left_alone(tmp_path: Path) -> None:
    await filled(tmp_path)
    data = tmp_path / "data"
    with closing(sqlite3.connect(data / FILE_NAME)) as db:
        db.execute("PRAGMA user_version = 999")
    before = (data / FILE_NAME).read_bytes()
    for command in ("doctor", "export"):
        code, program = await ran(tmp_path, command, "--data-dir", str(data))
        assert code == 4, program.said()
    assert (data / FILE_NAME).read_bytes() == before

"""A desktop joins a server that runs elsewhere: asks for a token, is live, and is cut off."""

from pathlib import Path

import httpx

from backend.contract.vocabulary import TokenScope
from tests.helpers.desk import Desk, running_desk
from tests.helpers.shared_server import RunningServer, running_server
from tests.helpers.target_server import TargetServer


def joins(server: RunningServer) -> list[str]:
    """Return how the desktop is told of a server."""
    return ["--connect", server.url, "--ca", str(server.papers.ca)]


async def enter(desk: Desk, token: str) -> None:
    """Type a token into the sheet that asks for one."""
    await desk.reader.wait_for_text("you need one of its tokens")
    window = (await desk.screen.xdotool("search", "--onlyvisible", "--name", "Vigil")).split()[0]
    await desk.screen.xdotool("windowfocus", "--sync", window)
    await desk.type(token, "key:Return")


async def add(server: RunningServer, token: str, target: TargetServer) -> None:
    """Add an endpoint as another desktop would."""
    draft = {"name": "Payments API", "url": target.url}
    async with server.papers.rest(server.url, token) as rest:
        answer = await rest.post("/api/endpoints", json=draft)
        assert answer.status_code == httpx.codes.CREATED, answer.text


def files_with(token: str, folder: Path) -> list[str]:
    """Return the names of the files below a folder that hold a token."""
    return [
        each.name
        for each in folder.rglob("*")
        if each.is_file() and token.encode() in each.read_bytes()
    ]


async def test_a_token_typed_once_turns_the_light_green_and_starts_no_backend(
    tmp_path: Path, target: TargetServer
) -> None:
    async with running_server(tmp_path / "there", "--allow-private-addresses") as server:
        token = server.papers.add("desk")
        async with running_desk(tmp_path / "here", *joins(server)) as desk:
            await enter(desk, token)
            await desk.wait_for_light("Live")
            await desk.reader.wait_for_text(f"Vigil - {server.url.removeprefix('https://')}")
            await add(server, token, target)
            await desk.wait_for_row("Payments API", "Up")
            assert desk.program.children("backend") == []
            await desk.quit()
        assert token not in desk.program.said()
        # There is no keyring on this screen: then it is in one private file, and nowhere else.
        assert files_with(token, tmp_path) == ["server-token"]
        async with running_desk(tmp_path / "here", *joins(server)) as desk:
            await desk.wait_for_row("Payments API", "Up")
            await desk.quit()


async def test_who_may_only_read_sees_why_and_who_is_cut_off_can_enter_another_token(
    tmp_path: Path, target: TargetServer
) -> None:
    async with running_server(tmp_path / "there", "--allow-private-addresses") as server:
        reads = server.papers.add("wall", TokenScope.READ)
        writes = server.papers.add("desk")
        async with running_desk(tmp_path / "here", *joins(server)) as desk:
            await enter(desk, reads)
            await desk.wait_for_light("Live")
            await desk.reader.wait_for(
                lambda node: (
                    node.name == "Add endpoint" and "This token may only read" in node.description
                ),
                "the button to say why it is of no use",
            )
            await desk.type("key:ctrl+n")
            await desk.reader.wait_for_text("This token may only read.")
            server.papers.revoke("wall")
            await desk.wait_for_light("Disconnected", timeout=10)
            await desk.reader.wait_for_text("The server does not take the token any more.")
            await enter(desk, writes)
            await desk.wait_for_light("Live")
            await desk.quit()

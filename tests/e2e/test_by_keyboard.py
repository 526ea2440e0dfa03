"""A person adds, checks, pauses, deletes and brings back an endpoint with the keyboard alone."""

from pathlib import Path

import pytest

from tests.helpers.desk import QUICK, Desk, prepare_profile, running_desk
from tests.helpers.target_server import TargetServer


async def test_a_first_endpoint_is_added_by_its_url_and_checked_at_once(
    tmp_path: Path, target: TargetServer
):
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_light("Live")
        await _focus(desk)
        await desk.type("key:ctrl+n")
        await desk.reader.wait_for_text("Add endpoint")
        await desk.type(f"{target.url}/health", "key:Return")
        await desk.wait_for_row("127.0.0.1", "Up")
        await desk.wait_for_card("Up", "1")
        assert target.requests[0].path == "/health"
        await desk.quit()


async def test_a_bad_url_is_named_beside_its_field_and_nothing_is_stored(tmp_path: Path):
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_light("Live")
        await _focus(desk)
        await desk.type("key:ctrl+n")
        await desk.type("ftp://files.example.com", "key:Return")
        await desk.reader.wait_for_text("http://")
        url = await desk.reader.wait_for(
            lambda node: node.role == "text" and node.name == "URL", "the URL's field"
        )
        assert "http://" in url.description
        await desk.type("key:Escape")
        await desk.reader.wait_for_text("Nothing is watched yet")
        await desk.quit()


async def test_an_endpoint_is_paused_resumed_deleted_and_brought_back(
    tmp_path: Path, target: TargetServer
):
    await prepare_profile(tmp_path, [{"name": "Payments API", "url": target.url, **QUICK}])
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_row("Payments API", "Up")
        await _focus(desk)
        await desk.type("key:ctrl+2", "key:Tab")
        await desk.reader.wait_for(
            lambda node: node.role == "label" and node.name == "Endpoints", "the endpoints page"
        )
        await _into_the_table(desk)
        await desk.type("key:space")
        await desk.wait_for_row("Payments API", "Paused")
        hits = target.hits
        await desk.type("key:space")
        await desk.wait_for_row("Payments API", "Up")
        await target.wait_for_hits(hits + 1)

        await desk.type("key:Delete")
        undo = await desk.reader.wait_for(lambda node: node.name == "Undo", "the way back")
        await desk.reader.wait_until_gone("Payments API, ")
        await desk.reader.press(undo)
        await desk.wait_for_row("Payments API", "Up")
        await desk.quit()


@pytest.mark.parametrize("key", ["shift+F10", "Menu"])
async def test_a_key_opens_the_menu_of_a_row_and_another_does_what_it_names(
    key: str, tmp_path: Path, target: TargetServer
):
    names = ("Auth", "Billing", "Payments API")
    await prepare_profile(tmp_path, [{"name": it, "url": target.url, **QUICK} for it in names])
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_row("Payments API", "Up")
        await _focus(desk)
        await desk.type("key:ctrl+2", "key:Tab")
        await _into_the_table(desk)
        await desk.type("key:End", f"key:{key}", *["key:Down"] * 4, "key:Return")
        await desk.reader.wait_for_text("Edit endpoint")
        await desk.reader.wait_for_text("Payments API")
        await desk.type("key:Escape")
        await desk.reader.wait_until_gone("Edit endpoint")
        await desk.type("key:F2")
        await desk.reader.wait_for_text("Edit endpoint")
        await desk.quit()


async def test_endpoints_come_in_from_a_file_and_one_key_takes_them_back(
    tmp_path: Path, target: TargetServer
):
    table = tmp_path / "endpoints.csv"
    table.write_text(f"name,url\nPayments API,{target.url}/health\nNo such,ftp://files\n", "utf-8")
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_light("Live")
        await _focus(desk)
        await desk.type("key:ctrl+o")
        await desk.reader.wait_for_text("All that can be read")
        await desk.type(str(table), "key:Return")
        await desk.reader.wait_for(lambda node: node.name == "Add 1", "the button that adds")
        await desk.reader.wait_for_text("Line 3: URL: Must start with http:// or https://")
        await desk.type("key:Tab", "key:Tab", "key:Return")
        await desk.wait_for_row("Payments API", "Up")
        await desk.reader.wait_for_text("Import: 1 added")
        await desk.type("key:ctrl+z")
        await desk.reader.wait_until_gone("Payments API, ")
        await desk.quit()


async def _focus(desk: Desk) -> None:
    window = await desk.screen.xdotool("search", "--sync", "--onlyvisible", "--name", "Vigil")
    await desk.screen.xdotool("windowactivate", "--sync", window.splitlines()[0])


async def _into_the_table(desk: Desk) -> None:
    for _ in range(20):
        nodes = await desk.reader.tree()
        if any(node.role == "table" and node.showing and node.focused for node in nodes):
            return
        await desk.type("key:Tab")
    raise AssertionError("twenty tabs do not reach the table")

"""A real network that answers everything with its login page: no target is blamed or praised."""

import os
import signal
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.helpers.namespaces import FAR, GATEWAY, NotAllowedError, cabled
from tests.helpers.program import Program, running_program
from tests.integration.backend.test_going_offline import IN_NAMESPACE, STATUS, hear, heard

URLS = [f"http://{address}/" for address in FAR]


async def serving(program: Program) -> None:
    """Wait until a server serves."""
    await program.wait_for_line(lambda line: line.startswith("Serving"))


async def see_hotel_and_leave(laptop: str, world: str, home: Path) -> list[str]:
    """Watch three servers, be behind a login page for a while, log in; return what was told."""

    def run(place: str, *command: str) -> AbstractAsyncContextManager[Program]:
        return running_program(*IN_NAMESPACE, place, *command, home=home)

    www = home / "www"
    www.mkdir()
    server = ("-u", "-m", "http.server", "80", "--directory", str(www))
    hotel = ("-m", "tests.helpers.hotel", GATEWAY)
    async with run(world, *server) as targets:
        await serving(targets)
        backend = ("-m", "tests.helpers.telling_backend", str(home / "data"), *URLS)
        async with run(laptop, *backend) as program:
            for url in URLS:
                await hear(program, event=STATUS, endpointName=url, currentStatus="UP")
            for pid in targets.family():
                os.kill(pid, signal.SIGKILL)
            await targets.wait_until_none_left()
            async with run(world, *hotel) as page:
                await serving(page)
                went = await hear(program, event="network:changed", online=False)
                for url in URLS:
                    lost = await hear(program, went["seq"], event=STATUS, endpointName=url)
                    assert (lost["currentStatus"], lost["unknownReason"]) == ("UNKNOWN", "offline")
            async with run(world, *server) as again:
                await serving(again)
                came = await hear(program, event="network:changed", online=True)
                for url in URLS:
                    back = await hear(program, came["seq"], event=STATUS, endpointName=url)
                    assert back["currentStatus"] == "UP"
            return [event["event"] for event in heard(program)]


async def test_behind_a_login_page_no_target_is_blamed(tmp_path: Path) -> None:
    try:
        with cabled() as both:
            names = await see_hotel_and_leave(both.laptop, both.world, tmp_path)
    except NotAllowedError as error:
        pytest.skip(f"network namespaces are not allowed here: {error}")
    assert "incident:started" not in names

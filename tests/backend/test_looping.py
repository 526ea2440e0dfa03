"""The backend's loop: the fast one, but never one that connects where connecting is forbidden."""

import subprocess
import sys

import pytest

from backend.__main__ import loop_factory
from backend.arguments import forbids_private, parser_of_serving
from tests.helpers.program import ROOT

CONNECT = """
import asyncio, socket
from backend.checks.reach import ForbiddenAddressError, forbid_private
from backend.__main__ import loop_factory

forbid_private()

async def connect(place):
    try:
        await asyncio.open_connection(*place)
    except ForbiddenAddressError:
        print("forbidden")

with socket.create_server(("127.0.0.1", 0)) as server:
    with asyncio.Runner(loop_factory=loop_factory(audited=True)) as runner:
        runner.run(connect(server.getsockname()))
"""


def test_a_library_that_connects_by_the_loop_cannot_pass_the_ban() -> None:
    # In a process of its own: the ban holds for good.
    command = [sys.executable, "-c", CONNECT]
    said = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert (said.stdout, said.stderr) == ("forbidden\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no uvloop")
def test_without_a_ban_it_is_uvloop() -> None:
    loop = loop_factory(audited=False)()
    assert type(loop).__module__ == "uvloop"
    loop.close()


@pytest.mark.parametrize(
    ("said", "forbidden"),
    [
        ("", False),
        ("--no-private-addresses", True),
        ("--bind 127.0.0.1:8443", False),
        ("--bind 0.0.0.0:8443", True),
        ("--bind [::]:8443", True),
        ("--bind 0.0.0.0 --allow-network 10.0.0.0/8", True),
        ("--bind 0.0.0.0 --allow-private-addresses", False),
    ],
)
def test_who_serves_others_is_banned_and_has_the_loop_that_can_be_held_to_it(
    said: str, forbidden: bool
) -> None:
    options = parser_of_serving().parse_args(["--data-dir", "x", *said.split()])
    assert forbids_private(options) is forbidden

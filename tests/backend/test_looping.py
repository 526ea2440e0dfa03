"""The backend's loop: the fast one, but never one that connects where connecting is forbidden."""

import subprocess
import sys

import pytest

from backend.__main__ import loop_factory
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

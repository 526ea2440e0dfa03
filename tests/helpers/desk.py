"""The real desktop in a real window, with everything a person around it would see or touch.

End-to-end tests open one: a private screen, a session with tray and notification server, a screen
reader that reads the window, a keyboard. It knows how Vigil is started, not how it is built.
"""

import json
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.helpers import screen_reader
from tests.helpers.display import Display, running_display
from tests.helpers.program import Program, running_backend, running_program
from tests.helpers.screen_reader import Node, ScreenReader
from tests.helpers.session_bus import SessionBus, running_session_bus

QUICK = {"checkInterval": 5, "retryInterval": 1, "timeoutThreshold": 2000}
"""What an endpoint is given so that a test need not wait: a verdict within about eight seconds."""

_SIDEBAR = "Pages"
_LISTENING = "0A"


@dataclass(frozen=True)
class Desk:
    """A running desktop.

    Attributes:
        program: its process.
        screen: the screen its window is on.
        bus: the session whose tray and notifications it uses.
        reader: reads what the window shows.
    """

    program: Program
    screen: Display
    bus: SessionBus
    reader: ScreenReader

    async def wait_for_row(self, name: str, word: str, timeout: float = 20) -> Node:
        """Return the endpoint's cell in the table once it also says ``word``."""
        return await self.reader.wait_for(
            lambda node: node.role == "cell" and name in node.name and word in node.name,
            f"a row of {name!r} that says {word!r}",
            timeout,
        )

    async def wait_for_card(self, label: str, number: str, timeout: float = 20) -> Node:
        """Return the dashboard's card once it shows that number."""
        return await self.reader.wait_for(
            lambda node: node.name.startswith(f"{label}: {number}"),
            f"a card {label!r} that shows {number!r}",
            timeout,
        )

    async def wait_for_light(self, words: str, timeout: float = 20) -> Node:
        """Return the connection light once it says ``words``."""
        return await self.reader.wait_for(
            lambda node: "Connection" in node.name and words in node.name,
            f"the light to say {words!r}",
            timeout,
        )

    def backend_pid(self) -> int:
        """Return the process id of the one backend the desktop runs."""
        (pid,) = self.program.children("backend")
        return pid

    def backend_port(self) -> int:
        """Return the port on which the backend listens, as the kernel lists it."""
        pid = self.backend_pid()
        owned = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()}
        for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == _LISTENING and f"socket:[{fields[9]}]" in owned:
                return int(fields[1].split(":")[1], 16)
        raise AssertionError(f"process {pid} listens nowhere")

    async def type(self, *words: str) -> None:
        """Type into whatever has the focus: ``key:NAME`` presses a key, all else is text."""
        for word in words:
            if word.startswith("key:"):
                await self.screen.xdotool("key", "--delay", "40", word.removeprefix("key:"))
            else:
                await self.screen.xdotool("type", "--delay", "10", word)

    async def close_window(self) -> None:
        """Close the window as its title bar's button would: the window manager asks it to."""
        await self.screen.xdotool("key", "alt+F4")
        await self.reader.wait_until_gone(_SIDEBAR)

    async def quit(self) -> None:
        """End the desktop as the session would, and see that nothing of it is left."""
        self.program.signal(signal.SIGTERM)
        assert await self.program.wait_for_exit() == 0, self.program.said()
        await self.program.wait_until_none_left()


async def prepare_profile(home: Path, endpoints: Sequence[dict[str, object]]) -> list[str]:
    """Put endpoints into the profile that a desktop in ``home`` will use; return their ids."""
    ids = []
    async with running_backend(home) as backend:
        bearer = {"Authorization": f"Bearer {backend.token}"}
        async with httpx.AsyncClient(base_url=backend.url, headers=bearer) as client:
            for endpoint in endpoints:
                answer = await client.post("/api/endpoints", json=endpoint)
                assert answer.status_code == 201, answer.text
                ids.append(json.loads(answer.text)["id"])
        backend.program.close_input()
        assert await backend.program.wait_for_exit() == 0
    return ids


@asynccontextmanager
async def running_desk(home: Path, *arguments: str, first_run: bool = False) -> AsyncIterator[Desk]:
    """Start the desktop on the profile in ``home`` and wait until its window is there.

    A profile without settings counts as one whose first steps were skipped, unless ``first_run``.
    """
    settings = home / "data" / "settings.json"
    if not (first_run or settings.exists()):
        settings.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings.write_text(json.dumps({"first_run_done": True}))
    with running_display("1280x900x24") as screen:
        async with running_session_bus() as bus:
            environment = screen.environment | bus.environment | screen_reader.ENVIRONMENT
            command = ["-m", "app", "--data-dir", str(home / "data"), "--lang", "en", *arguments]
            address = bus.environment["DBUS_SESSION_BUS_ADDRESS"]
            async with (
                running_program(*command, home=home, environment=environment) as program,
                screen_reader.screen_reader(address) as reader,
            ):
                yield Desk(program, screen, bus, reader)

"""What a user marked as a secret is told to its target, and to nobody who looks at the desktop.

The real window and its backend watch a server that echoes all it is sent and then fails. Looked at
are the notifications, what is on the screen, the profile with both logs, and the processes.
"""

from collections.abc import Iterable
from pathlib import Path

from tests.helpers.desk import QUICK, prepare_profile, running_desk
from tests.helpers.target_server import Answer, TargetServer

SECRETS = {
    "bearer": "mark-bearer-99cc01",
    "marked header": "mark-header-99cc02",
    "inside the body": "mark-inside-99cc03",
    "password": "mark-password-99cc04",
}


def _found_in(text: str | bytes) -> set[str]:
    content = text.encode() if isinstance(text, str) else text
    return {name for name, secret in SECRETS.items() if secret.encode() in content}


def _draft(target: TargetServer) -> dict[str, object]:
    host = target.url.removeprefix("http://")
    return {
        "name": "Payments API",
        "url": f"http://kim:{SECRETS['password']}@{host}/pay",
        "method": "POST",
        "headers": {
            "Authorization": f"Bearer {SECRETS['bearer']}",
            "X-Tenant": SECRETS["marked header"],
        },
        "secretHeaders": ["X-Tenant"],
        "body": {"deep": [{"pin": SECRETS["inside the body"]}]},
        "secretBody": True,
        **QUICK,
    }


async def test_no_marked_secret_is_found_on_the_desktop_that_asks_with_it(
    tmp_path: Path, target: TargetServer
):
    await prepare_profile(tmp_path, [_draft(target)])
    echoed = " ".join(SECRETS.values())
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_row("Payments API", "Up")
        assert _found_in(target.requests[-1].raw) >= {"marked header", "inside the body"}
        shown = "\n".join(await desk.reader.texts())
        await desk.bus.wait_for_tray_item()
        await desk.close_window()
        await desk.reader.wait_until_gone("Add endpoint")
        target.answer = Answer(status=503, body=echoed.encode(), headers={"X-Echo": echoed})
        down = await desk.bus.wait_for_notification(
            lambda it: "Payments API is down" in it.summary, timeout=25
        )
        await desk.bus.notifications.press(down)
        await desk.reader.wait_for_text("Check now")
        shown += "\n".join(await desk.reader.texts())
        assert "Expected status 200, got 503" in shown, "the endpoint's page is looked at"
        assert _found_in(shown) == set()
        assert _found_in(repr(desk.bus.notifications.received)) == set()
        assert _found_in(_seen_from_outside(desk.program.family())) == set()
        await desk.quit()
        assert _found_in(desk.program.said()) == set()
    _look_at_files(tmp_path)


def _seen_from_outside(pids: Iterable[int]) -> bytes:
    """Return what every process of this computer can see of others."""
    names = ("cmdline", "environ", "comm")
    return b"".join(Path(f"/proc/{pid}/{name}").read_bytes() for pid in pids for name in names)


def _look_at_files(home: Path) -> None:
    """Find them in the vault's file alone; both logs are among what is looked at."""
    files = [path for path in home.rglob("*") if path.is_file()]
    assert {"desktop.log", "backend.log"} <= {path.name for path in files}
    where = [path for path in files if _found_in(path.read_bytes())]
    assert {path.name for path in where} == {"secrets.json"}, where

"""Outside the window: buttons of a notification, its going, and the pause of alerts in the tray."""

import json
from pathlib import Path

import httpx

from tests.helpers.desk import QUICK, prepare_profile, running_desk
from tests.helpers.program import running_backend
from tests.helpers.target_server import Answer, TargetServer

FAILING = Answer(status=503)


async def test_an_outage_is_acknowledged_from_its_notification_and_alerts_are_paused_in_the_tray(
    tmp_path: Path, target: TargetServer
):
    await prepare_profile(tmp_path, [{"name": "Payments API", "url": target.url, **QUICK}])
    async with running_desk(tmp_path, "--minimized") as desk:
        tray = await desk.bus.wait_for_tray_item()
        await tray.wait_for_look(lambda look: "0 down - 1 up" in look.tooltip, "all is well")

        target.answer = FAILING
        down = await desk.bus.wait_for_notification(lambda each: "is down" in each.summary)
        buttons = {words: key for key, words in down.actions.items()}
        assert set(buttons) == {"", "Open", "Acknowledge"}
        await desk.bus.notifications.press(down, buttons["Acknowledge"])

        target.answer = Answer()
        up = await desk.bus.wait_for_notification(lambda each: "has recovered" in each.summary)
        assert "Acknowledge" not in up.actions.values()

        await tray.click("Pause alerts for 1 h")
        await tray.wait_for_look(lambda look: "Alerts paused until" in look.tooltip, "the pause")
        kept = json.loads((tmp_path / "data" / "settings.json").read_text())
        assert kept["quiet_until"] > 0
        await desk.quit()

    (incident,) = await stored_incidents(tmp_path)
    assert incident["acknowledgedAt"] is not None
    async with running_desk(tmp_path, "--minimized") as desk:
        tray = await desk.bus.wait_for_tray_item()
        await tray.wait_for_look(lambda look: "Alerts paused until" in look.tooltip, "the pause")
        entries = [each.label for each in await tray.menu() if each.visible]
        (resume,) = [label for label in entries if label.startswith("Resume alerts")]
        assert entries[0] == "Open Vigil"
        assert entries[-1] == "Quit"
        target.answer = FAILING
        await tray.wait_for_look(lambda look: "1 down" in look.tooltip, "the outage")
        assert desk.bus.notifications.received == []
        await tray.click(resume)
        # It goes on, and what holds is told, once.
        down = await desk.bus.wait_for_notification(lambda each: "is down" in each.summary)
        target.answer = Answer()
        await desk.bus.wait_until_withdrawn(down)
        await desk.quit()


async def stored_incidents(home: Path) -> list[dict[str, object]]:
    """Return the incidents of a profile that no desktop uses now."""
    async with running_backend(home) as backend:
        bearer = {"Authorization": f"Bearer {backend.token}"}
        async with httpx.AsyncClient(base_url=backend.url, headers=bearer) as client:
            return (await client.get("/api/incidents")).json()["data"]

"""A real server turns from 200 to 503 and back; nobody touches the window.

Seen from outside only: by a screen reader, in the tray, and by the notification server.
"""

import asyncio
from pathlib import Path

from tests.helpers.desk import QUICK, Desk, prepare_profile, running_desk
from tests.helpers.target_server import Answer, TargetServer

FAILING = Answer(status=503)


async def test_with_the_window_in_front_everything_on_it_follows_the_server(
    tmp_path: Path, target: TargetServer
):
    await prepare_profile(tmp_path, [{"name": "Payments API", "url": target.url, **QUICK}])
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_light("Live")
        await desk.wait_for_row("Payments API", "Up")
        await desk.wait_for_card("Up", "1")
        tray = await desk.bus.wait_for_tray_item()
        calm = await tray.wait_for_look(lambda look: "1 up" in look.tooltip, "1 up")

        target.answer = FAILING
        async with asyncio.TaskGroup() as seen:  # toasts leave after three seconds
            seen.create_task(desk.reader.wait_for_text("❌ Payments API is down"))
            seen.create_task(desk.reader.wait_for_text("🚨 Incident started: Payments API"))
        await desk.wait_for_row("Payments API", "Down")
        await desk.wait_for_card("Down", "1")
        await desk.wait_for_card("Up", "0")
        await desk.wait_for_card("Active incidents", "1")
        alarmed = await tray.wait_for_look(lambda look: "1 down" in look.tooltip, "1 down")
        assert alarmed.largest.shape() != calm.largest.shape()
        assert any("Payments API" in entry.label for entry in await tray.menu())

        target.answer = Answer()
        async with asyncio.TaskGroup() as seen:
            seen.create_task(desk.reader.wait_for_text("✅ Payments API is up"))
            seen.create_task(desk.reader.wait_for_text("✨ Payments API has recovered"))
        await desk.wait_for_row("Payments API", "Up")
        await desk.wait_for_card("Down", "0")
        await desk.wait_for_card("Active incidents", "0")
        recovered = await tray.wait_for_look(lambda look: "0 down" in look.tooltip, "0 down")
        assert recovered.largest.shape() == calm.largest.shape()

        assert desk.bus.notifications.received == [], "a toast or a notification, never both"
        await desk.quit()


async def test_an_outage_is_said_at_once_and_its_end_after_what_is_being_said(
    tmp_path: Path, target: TargetServer
):
    await prepare_profile(tmp_path, [{"name": "Payments API", "url": target.url, **QUICK}])
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_row("Payments API", "Up")
        reader = desk.reader
        await reader.listen()

        target.answer = FAILING
        down = await reader.wait_for_announcement("Payments API is down")
        assert down.words == "Payments API is down. Expected status 200, got 503"
        assert down.is_urgent
        started = await reader.wait_for_announcement("Incident started: Payments API")
        assert started.words.startswith("Incident started: Payments API. Failing since ")
        assert not started.is_urgent, "it would cut off what is down"

        target.answer = Answer()
        up = await reader.wait_for_announcement("Payments API is up")
        recovered = await reader.wait_for_announcement("Payments API has recovered")
        assert not up.is_urgent
        assert not recovered.is_urgent
        assert len(reader.announced) == 4, f"each of them once: {reader.announced}"
        await desk.quit()


async def test_with_the_window_hidden_a_notification_tells_and_its_click_brings_it_back(
    tmp_path: Path, target: TargetServer
):
    await prepare_profile(tmp_path, [{"name": "Payments API", "url": target.url, **QUICK}])
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_row("Payments API", "Up")
        await desk.bus.wait_for_tray_item()
        await desk.close_window()
        await desk.reader.wait_until_gone("Add endpoint")

        target.answer = FAILING
        down = await desk.bus.wait_for_notification(
            lambda it: "Payments API is down" in it.summary, timeout=25
        )
        assert "Expected status 200, got 503" in down.body

        target.answer = Answer()
        recovered = await desk.bus.wait_for_notification(
            lambda it: "Payments API has recovered" in it.summary, timeout=25
        )
        await _only_these_alerts(desk, ["is down", "has recovered"])

        await desk.bus.notifications.press(recovered)
        await desk.reader.wait_for_text("Check now")
        await desk.quit()


async def _only_these_alerts(desk: Desk, words: list[str]) -> None:
    alerts = [it.summary for it in desk.bus.notifications.received if "Payments API" in it.summary]
    assert len(alerts) == len(words), alerts
    for alert, word in zip(alerts, words, strict=True):
        assert word in alert

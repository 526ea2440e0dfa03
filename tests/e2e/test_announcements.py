"""Who does not see the window hears of an outage and of its end, wherever the keyboard is.

As the screen reader gets it over AT-SPI from the real program, not as the program means it.
"""

from pathlib import Path

from tests.helpers.desk import QUICK, prepare_profile, running_desk
from tests.helpers.target_server import Answer, TargetServer

FAILING = Answer(status=503)


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

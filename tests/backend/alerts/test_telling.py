"""From a judged check to a real receiver: who is told, how often, and what if it fails."""

import asyncio
import json
import sqlite3
import sys
from asyncio.subprocess import PIPE
from contextlib import closing
from pathlib import Path

import pytest

from backend.contract.commands import IncidentAcknowledgement
from backend.contract.events import NotificationFailed, NotificationSent
from backend.contract.vocabulary import AlertKind, DeliveryState, Status
from backend.contract.wire import instant
from backend.domain.alert_plan import GIVE_UP_MS
from backend.storage.database import FILE_NAME
from backend.storage.errors import NotStored
from tests.backend.alerts.conftest import MINUTE_MS, House, Houses
from tests.helpers.target_server import Answer, Fault, running_target


def told(request) -> list[tuple[str, str]]:
    """What one request to a webhook told: endpoint and status."""
    alerts = json.loads(request.body)["alerts"]
    return [(it["endpointName"], it["currentStatus"]) for it in alerts]


async def test_an_outage_and_its_end_are_told_once_each(house: House) -> None:
    async with running_target() as receiver:
        await house.channel("webhook", {"url": receiver.url})
        shop = await house.add()
        await house.comes_up(shop)
        await house.goes_down(shop)
        await house.goes_down(shop)
        await receiver.wait_for_hits(1)
        house.pass_time(MINUTE_MS)
        await house.comes_up(shop)
        await receiver.wait_for_hits(2)
        sent = await house.spy.wait_for(NotificationSent, 2)
        assert [told(it) for it in receiver.requests] == [[("shop", "DOWN")], [("shop", "UP")]]
        assert (sent.kind, sent.status, sent.endpoint_name) == (
            AlertKind.RECOVERED,
            Status.UP,
            "shop",
        )
        assert [event.seq for event in house.spy.of(NotificationSent)] == sorted(
            event.seq for event in house.spy.of(NotificationSent)
        )
        assert sent in await house.archive.events_since(sent.seq - 1)


async def test_ten_restarts_in_an_outage_tell_one_down_and_later_one_up(houses: Houses) -> None:
    async with running_target() as receiver:
        async with houses() as house:
            await house.channel("webhook", {"url": receiver.url})
            shop = await house.add()
            await house.goes_down(shop)
            await house.spy.wait_for(NotificationSent)
        for _ in range(10):
            async with houses() as house:
                house.pass_time(MINUTE_MS)
                await house.goes_down(shop)
                assert (await house.plan()).send == ()
        async with houses() as house:
            house.pass_time(MINUTE_MS)
            await house.comes_up(shop)
            await house.spy.wait_for(NotificationSent)
        async with houses() as house:
            assert (await house.plan()).send == ()
            log = await house.log()
        assert [told(it) for it in receiver.requests] == [[("shop", "DOWN")], [("shop", "UP")]]
        assert [it.state for it in log] == [DeliveryState.DELIVERED] * 2


async def test_what_was_not_delivered_before_a_restart_is_delivered_after_it(
    houses: Houses,
) -> None:
    async with running_target(Answer(status=500)) as receiver:
        async with houses() as house:
            await house.channel("webhook", {"url": receiver.url})
            await house.goes_down(await house.add())
            await house.spy.wait_for(NotificationFailed)
        receiver.answer = Answer()
        async with houses() as house:
            house.pass_time(MINUTE_MS)
            await house.spy.wait_for(NotificationSent)
        assert told(receiver.requests[-1]) == [("shop", "DOWN")]


async def test_a_delivery_under_way_is_finished_before_the_end(houses: Houses) -> None:
    async with running_target(Answer(delay_s=0.3)) as receiver:
        async with houses() as house:
            await house.channel("webhook", {"url": receiver.url})
            await house.goes_down(await house.add())
            await receiver.wait_for_hits(1)
        async with houses() as house:
            assert [it.state for it in await house.log()] == [DeliveryState.DELIVERED]


async def test_the_end_goes_only_where_the_beginning_went(house: House) -> None:
    async with running_target() as first, running_target() as late:
        await house.channel("webhook", {"url": first.url})
        shop = await house.add(tags=("prod",))
        await house.goes_down(shop)
        await first.wait_for_hits(1)
        await house.channel("webhook", {"url": late.url})
        await house.channel("webhook", {"url": late.url}, policy={"tags": ["other"]})
        await house.comes_up(shop)
        house.pass_time(MINUTE_MS)
        await first.wait_for_hits(2)
        log = await house.until_settled()
        assert len({it.channel_id for it in log}) == 1
        assert late.hits == 0


async def test_more_than_three_at_once_name_their_host(house: House) -> None:
    async with running_target() as receiver:
        await house.channel("webhook", {"url": receiver.url})
        names = ("one", "two", "three", "four", "five")
        for name in names:
            await house.goes_down(await house.add(name, url=f"http://api.test/{name}"))
        await receiver.wait_for_hits(1)
        await house.spy.wait_for(NotificationSent)
        house.pass_time(30_000)
        await receiver.wait_for_hits(2)
        assert told(receiver.requests[0]) == [("one", "DOWN")]
        second = json.loads(receiver.requests[1].body)
        assert second["title"] == "[Vigil] 4 endpoints on api.test - DOWN"
        assert [it["endpointName"] for it in second["alerts"]] == list(names[1:])


async def test_names_that_were_seen_to_answer_at_one_address_are_told_together(
    house: House,
) -> None:
    async with running_target() as receiver:
        await house.channel("webhook", {"url": receiver.url})
        for name in ("one", "two", "three", "four", "five"):
            endpoint_id = await house.add(name)
            house.answered(endpoint_id, "203.0.113.9")
            await house.goes_down(endpoint_id)
        await receiver.wait_for_hits(1)
        await house.spy.wait_for(NotificationSent)
        house.pass_time(30_000)
        await receiver.wait_for_hits(2)
        second = json.loads(receiver.requests[1].body)
        assert second["title"] == "[Vigil] 4 endpoints at 203.0.113.9 - DOWN"


async def test_a_mail_server_that_says_nothing_delays_no_other_channel(house: House) -> None:
    async with running_target(Answer(fault=Fault.SILENCE)) as silent, running_target() as quick:
        mail = {"host": "127.0.0.1", "security": "none", "from": "v@x.test", "to": ["a@x.test"]}
        await house.channel("email", mail | {"port": int(silent.url.rpartition(":")[2])})
        await house.channel("webhook", {"url": quick.url})
        shop = await house.add()
        await house.goes_down(shop)
        await quick.wait_for_hits(1)
        house.pass_time(MINUTE_MS)
        await house.comes_up(shop)
        await quick.wait_for_hits(2)
        states = {it.channel_name: it.state for it in await house.log()}
        assert states["my email"] is DeliveryState.PENDING


async def test_a_failed_delivery_is_tried_quickly_three_times_then_later(house: House) -> None:
    async with running_target(Answer(status=503, body=b"<b>busy</b>")) as receiver:
        await house.channel("webhook", {"url": receiver.url})
        await house.goes_down(await house.add())
        failed = await house.spy.wait_for(NotificationFailed)
        assert receiver.hits == 3
        assert failed.error == "The server answered 503: <b>busy</b>"
        assert failed.next_try_at is not None
        (waiting,) = await house.log()
        assert (waiting.state, waiting.error) == (DeliveryState.PENDING, failed.error)
        receiver.answer = Answer()
        house.pass_time(30_000)
        await house.spy.wait_for(NotificationSent)
        assert receiver.hits == 4
        assert len({it.headers["idempotency-key"] for it in receiver.requests}) == 1
        assert len(house.spy.of(NotificationFailed)) == 1


async def test_retry_after_is_honoured_for_the_whole_channel(house: House) -> None:
    slow_down = Answer(status=429, headers={"Retry-After": "600"})
    async with running_target(slow_down) as receiver:
        await house.channel("webhook", {"url": receiver.url})
        await house.goes_down(await house.add("one"))
        await house.spy.wait_for(NotificationFailed)
        assert receiver.hits == 1
        receiver.answer = Answer()
        await house.goes_down(await house.add("two"))
        house.pass_time(599_000)
        assert (await house.plan()).send == ()
        house.pass_time(1_000)
        await house.spy.wait_for(NotificationSent, 2)
        assert receiver.hits == 3


async def test_a_delivery_is_given_up_after_a_day_and_shown(house: House) -> None:
    async with running_target(Answer(status=500)) as receiver:
        await house.channel("webhook", {"url": receiver.url})
        await house.goes_down(await house.add())
        await house.spy.wait_for(NotificationFailed)
        house.pass_time(GIVE_UP_MS)
        given_up = await house.spy.wait_for(NotificationFailed, 2)
        assert given_up.next_try_at is None
        (row,) = await house.log(state=DeliveryState.FAILED)
        assert row.error == "Given up after 24 hours"


async def test_an_outage_that_goes_on_is_reminded_of(house: House) -> None:
    async with running_target() as receiver:
        await house.channel("webhook", {"url": receiver.url}, policy={"reminderMinutes": 60})
        shop = await house.add()
        await house.goes_down(shop)
        await house.spy.wait_for(NotificationSent)
        for count in (2, 3):
            house.pass_time(60 * MINUTE_MS)
            await house.spy.wait_for(NotificationSent, count)
        house.pass_time(MINUTE_MS)
        await house.comes_up(shop)
        await house.spy.wait_for(NotificationSent, 4)
        house.pass_time(24 * 60 * MINUTE_MS)
        kinds = [json.loads(it.body)["alerts"][0]["kind"] for it in receiver.requests]
        assert kinds == ["down", "reminder", "reminder", "recovered"]
        assert (await house.plan()).send == ()


async def test_a_snoozed_outage_reminds_nobody_and_its_end_is_told(house: House) -> None:
    async with running_target() as receiver:
        await house.channel("webhook", {"url": receiver.url}, policy={"reminderMinutes": 60})
        shop = await house.add()
        await house.goes_down(shop)
        await house.spy.wait_for(NotificationSent)
        incident_id = house.monitors.get(shop).incident.id
        end = instant(house.clock.wall_ms() + 150 * MINUTE_MS)
        await house.incidents.acknowledge(incident_id, IncidentAcknowledgement(snooze_until=end))
        house.pass_time(120 * MINUTE_MS)
        assert await house.reminders() == []
        assert [it.kind for it in await house.log()] == ["down"]
        house.pass_time(30 * MINUTE_MS)
        await house.spy.wait_for(NotificationSent, 2)

        await house.incidents.acknowledge(incident_id, IncidentAcknowledgement(until="recovery"))
        house.pass_time(7 * 24 * 60 * MINUTE_MS)
        assert await house.reminders() == []
        await house.comes_up(shop)
        await house.spy.wait_for(NotificationSent, 3)
        kinds = [json.loads(it.body)["alerts"][0]["kind"] for it in receiver.requests]
        assert kinds == ["down", "reminder", "recovered"]


async def test_a_snooze_taken_back_reminds_again_also_after_a_restart(houses: Houses) -> None:
    async with running_target() as receiver:
        async with houses() as house:
            await house.channel("webhook", {"url": receiver.url}, policy={"reminderMinutes": 60})
            shop = await house.add()
            await house.goes_down(shop)
            await house.spy.wait_for(NotificationSent)
            incident_id = house.monitors.get(shop).incident.id
            await house.incidents.acknowledge(
                incident_id, IncidentAcknowledgement(until="recovery", note="On it")
            )
        async with houses() as house:
            house.pass_time(120 * MINUTE_MS)
            assert await house.reminders() == []
            assert len(receiver.requests) == 1
            assert house.monitors.get(shop).incident.acknowledgement.note == "On it"
            await house.incidents.withdraw(incident_id)
            await house.spy.wait_for(NotificationSent)
        assert json.loads(receiver.requests[-1].body)["alerts"][0]["kind"] == "reminder"


async def test_slowness_is_told_where_it_was_chosen(house: House) -> None:
    async with running_target() as everything, running_target() as usual:
        chosen = {"events": ["down", "degraded", "recovered"]}
        await house.channel("webhook", {"url": everything.url}, policy=chosen)
        await house.channel("webhook", {"url": usual.url})
        shop = await house.add()
        await house.comes_up(shop)
        await house.comes_up(shop, slow=True)
        await everything.wait_for_hits(1)
        house.pass_time(MINUTE_MS)
        await house.comes_up(shop)
        await everything.wait_for_hits(2)
        assert [told(it) for it in everything.requests] == [
            [("shop", "DEGRADED")],
            [("shop", "UP")],
        ]
        assert usual.hits == 0


async def test_a_pause_ends_what_was_told(house: House) -> None:
    async with running_target() as receiver:
        await house.channel("webhook", {"url": receiver.url})
        shop = await house.add()
        await house.goes_down(shop)
        await house.spy.wait_for(NotificationSent)
        house.pass_time(MINUTE_MS)
        await house.pause(shop)
        await house.spy.wait_for(NotificationSent, 2)
        (alert,) = json.loads(receiver.requests[1].body)["alerts"]
        assert (alert["kind"], alert["reason"]) == ("closed", "paused")


async def test_a_removed_channel_is_told_nothing_more(house: House) -> None:
    async with running_target(Answer(status=500)) as receiver:
        channel = await house.channel("webhook", {"url": receiver.url})
        await house.goes_down(await house.add())
        await house.spy.wait_for(NotificationFailed)
        await house.alerts.channels.remove(channel)
        (row,) = await house.log()
        assert (row.state, row.error) == (DeliveryState.DROPPED, "The channel was deleted")


async def test_without_its_outbox_row_a_transition_is_not_stored_either(
    house: House, tmp_path: Path
) -> None:
    await house.channel("webhook", {"url": "http://127.0.0.1:9/"})
    shop = await house.add()
    with closing(sqlite3.connect(tmp_path / "data" / FILE_NAME)) as other:
        other.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        other.commit()
    with pytest.raises(NotStored):
        await house.goes_down(shop)
    assert (await house.archive.view(shop)).current_status is Status.UNKNOWN
    assert (await house.archive.overview(house.clock.wall_ms())).active_incidents == 0


KILLED = """
import asyncio, sys
from pathlib import Path
from tests.backend.alerts.conftest import Houses

async def main():
    async with Houses(Path(sys.argv[1]))() as house:
        await house.channel("webhook", {"url": "http://127.0.0.1:9/"})
        shop = await house.add()
        while True:
            house.clock.advance(1000)
            await house.goes_down(shop)
            await house.comes_up(shop)
            print("stored", flush=True)

asyncio.run(main())
"""


async def test_a_kill_leaves_the_incident_and_its_outbox_row_or_neither(tmp_path: Path) -> None:
    directory = tmp_path / "killed"
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, directory, stdout=PIPE, cwd=Path(__file__).parents[3]
    )
    assert writer.stdout is not None
    stored = 0
    while stored < 20:
        line = await writer.stdout.readline()
        assert line, "the writer ended by itself"
        stored += line == b"stored\n"  # a line of its log is none of these
    writer.kill()
    await writer.wait()
    with closing(sqlite3.connect(directory / FILE_NAME)) as db:
        incidents = {row[0] for row in db.execute("SELECT id FROM incidents")}
        subjects = {row[0] for row in db.execute("SELECT subject FROM outbox WHERE kind = 'down'")}
    assert len(incidents) >= 20
    assert incidents == subjects

"""What a Socket.IO client may do, and what it hears."""

import asyncio
import json
from collections import Counter
from contextlib import AbstractAsyncContextManager
from datetime import datetime

import pytest
import socketio
from engineio import AsyncClient as EngineClient
from socketio.exceptions import ConnectionError as NotLetIn

from backend.contract.events import CheckCompleted, EndpointCreated
from backend.realtime.emitting import QUEUED_EVENTS
from tests.helpers.bell import Bell
from tests.helpers.live_backend import TOKEN, LiveBackend
from tests.helpers.scripted_prober import ok, refused
from tests.helpers.socket_client import SocketClient, connected

NOBODY = "00000000-0000-0000-0000-000000000000"


def hear(live: LiveBackend) -> AbstractAsyncContextManager[SocketClient]:
    """Connect to a backend with its token."""
    return connected(live.url, TOKEN)


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN + "x", 7, ["a"], {"a": 1}, "\ud800"])
async def test_without_the_token_a_client_is_refused(live: LiveBackend, token: object) -> None:
    with pytest.raises(NotLetIn):
        async with connected(live.url, token):
            pass


async def test_the_token_as_auth_itself_is_refused(live: LiveBackend) -> None:
    client = socketio.AsyncClient(reconnection=False, handle_sigint=False)
    try:
        with pytest.raises(NotLetIn):
            await client.connect(live.url, auth=TOKEN, transports=["websocket"])
    finally:
        await client.disconnect()


async def test_a_client_is_greeted_with_its_id(live: LiveBackend) -> None:
    async with hear(live) as client:
        greeting = {"clientId": client.sid, "scope": "write"}
        assert await client.wait_for("connected") == greeting


async def test_long_polling_works_where_websocket_cannot_be_had(live: LiveBackend) -> None:
    line = "/socket.io/?EIO=4&transport=polling"
    opening = json.loads((await live.rest.get(line)).text[1:])
    line += f"&sid={opening['sid']}"
    plain = {"content-type": "text/plain"}
    told = await live.rest.post(line, content=f'40{{"token":"{TOKEN}"}}', headers=plain)
    assert told.status_code == 200
    accepted, greeting = (await live.rest.get(line)).text.split("\x1e")
    assert accepted.startswith("40")
    client_id = json.loads(accepted[2:])["sid"]
    assert json.loads(greeting[2:]) == ["connected", {"clientId": client_id, "scope": "write"}]


async def test_a_client_in_no_room_hears_no_endpoint(live: LiveBackend) -> None:
    async with hear(live) as client:
        await live.check((await live.add())["id"])
        await client.catch_up()
        assert client.names() == []


async def test_subscribing_to_all_brings_every_event_of_every_endpoint(live: LiveBackend) -> None:
    async with hear(live) as client:
        assert await client.ask("subscribe:all") == {"subscribed": True, "snapshot": None}
        live.prober.answers["shop"] = refused()
        added = await live.add("shop", failureThreshold=1)
        await client.wait_for("incident:started")
        live.prober.answers["shop"] = ok()
        await live.check(added["id"])
        await client.wait_for("incident:resolved")
        await live.rest.patch(f"/api/endpoints/{added['id']}", json={"name": "till"})
        await live.rest.delete(f"/api/endpoints/{added['id']}")
        await client.wait_for("endpoint:deleted")
        assert client.names() == [
            "endpoint:created",
            "check:completed",
            "endpoint:status-changed",
            "incident:started",
            "check:completed",
            "endpoint:status-changed",
            "incident:resolved",
            "endpoint:updated",
            "endpoint:deleted",
        ]


async def test_events_have_the_contracts_fields(live: LiveBackend) -> None:
    async with hear(live) as client:
        await client.ask("subscribe:all")
        live.prober.answer = refused()
        added = await live.add("shop", failureThreshold=1)
        endpoint_id = added["id"]
        started = await client.wait_for("incident:started")
        live.prober.answer = ok(latency_ms=5)
        await live.check(endpoint_id)
        resolved = await client.wait_for("incident:resolved")
        await live.rest.patch(f"/api/endpoints/{endpoint_id}", json={"note": "new"})
        updated = await client.wait_for("endpoint:updated")
        await live.rest.delete(f"/api/endpoints/{endpoint_id}")
        deleted = await client.wait_for("endpoint:deleted")

        created = await client.wait_for("endpoint:created")
        assert created == created | added | {"endpointId": endpoint_id, "endpointName": "shop"}
        check = await client.wait_for("check:completed", 2)
        assert check == check | {
            "endpointId": endpoint_id,
            "endpointName": "shop",
            "status": "success",
            "responseTime": 5,
            "statusCode": 200,
        }
        assert "seq" not in check
        changed = await client.wait_for("endpoint:status-changed", 2)
        assert changed == changed | {
            "endpointId": endpoint_id,
            "previousStatus": "DOWN",
            "currentStatus": "UP",
            "timestamp": check["checkedAt"],
            "responseTime": 5,
            "errorMessage": None,
        }
        assert started == started | {
            "endpointId": endpoint_id,
            "endpointName": "shop",
            "failureCount": 1,
        }
        assert resolved == resolved | {
            "incidentId": started["incidentId"],
            "endpointId": endpoint_id,
            "resolvedAt": check["checkedAt"],
            "reason": "recovered",
        }
        assert resolved["duration"] >= 0
        assert updated == updated | {"endpointId": endpoint_id, "changes": {"note": "new"}}
        assert deleted == deleted | {"endpointId": endpoint_id, "name": "shop"}
        numbers = [data["seq"] for _, data in client.heard if "seq" in data]
        assert numbers == list(range(1, len(numbers) + 1))


async def test_one_endpoints_room_is_silent_about_all_others(live: LiveBackend) -> None:
    mine = (await live.add("mine"))["id"]
    other = (await live.add("other"))["id"]
    async with hear(live) as client:
        await client.ask("subscribe:endpoint", {"endpointId": mine})
        await live.check(other)
        await live.check(mine)
        await client.wait_for("check:completed")
        await client.catch_up()
        assert {data["endpointId"] for name, data in client.heard if name != "connected"} == {mine}


async def test_the_state_room_has_everything_but_the_stream_of_checks(live: LiveBackend) -> None:
    async with hear(live) as client:
        await client.ask("subscribe:state")
        await live.check((await live.add())["id"])
        await client.wait_for("endpoint:status-changed")
        await client.catch_up()
        told_first, *news = client.names()
        assert told_first == "storage:changed", "how storing stands"
        assert news == ["endpoint:created", "endpoint:status-changed"]


async def test_a_client_in_several_rooms_hears_each_event_once(live: LiveBackend) -> None:
    endpoint_id = (await live.add())["id"]
    async with hear(live) as client, hear(live) as second:
        for one in (client, second):
            await one.ask("subscribe:all")
            await one.ask("subscribe:all")
            await one.ask("subscribe:state")
            await one.ask("subscribe:endpoint", {"endpointId": endpoint_id})
        await live.rest.patch(f"/api/endpoints/{endpoint_id}", json={"note": "new"})
        check = await live.check(endpoint_id)
        for one in (client, second):
            await one.wait_for("check:completed")
            await one.catch_up()
            told = Counter(data.get("id") for name, data in one.heard if name == "check:completed")
            assert told[check["id"]] == 1
            assert one.names().count("endpoint:updated") == 1


async def test_who_leaves_a_room_hears_it_no_more(live: LiveBackend) -> None:
    endpoint_id = (await live.add())["id"]
    async with hear(live) as client:
        await client.ask("subscribe:all")
        await client.ask("subscribe:endpoint", {"endpointId": endpoint_id})
        assert (await client.ask("unsubscribe:all"))["subscribed"] is False
        await live.check(endpoint_id)
        await client.wait_for("check:completed")
        await client.ask("unsubscribe:endpoint", {"endpointId": endpoint_id})
        before = len(client.heard)
        await live.check(endpoint_id)
        await client.catch_up()
        assert len(client.heard) == before


@pytest.mark.parametrize(
    ("call", "data", "code"),
    [
        ("subscribe:endpoint", {"endpointId": NOBODY}, "not_found"),
        ("subscribe:endpoint", {"endpointId": "shop"}, "bad_request"),
        ("subscribe:endpoint", {}, "bad_request"),
        ("subscribe:endpoint", None, "bad_request"),
        ("subscribe:endpoint", "all-endpoints", "bad_request"),
        ("subscribe:all", 7, "bad_request"),
        ("subscribe:all", {"snapshot": "very"}, "bad_request"),
        ("sync", {"since": -1, "epoch": "x"}, "bad_request"),
        ("sync", {"since": "new"}, "bad_request"),
        ("subscribe:everything", {}, "unknown_event"),
        ("constructor", {}, "unknown_event"),
    ],
)
async def test_a_wrong_call_is_answered_with_a_code_instead_of_silence(
    live: LiveBackend, call: str, data: object, code: str
) -> None:
    async with hear(live) as client:
        error, result = await client.call(call, data)
        assert error["code"] == code
        assert error["message"]
        assert result is None


async def test_a_snapshot_on_subscribing_shows_the_present_state(live: LiveBackend) -> None:
    added = await live.add("shop")
    await live.check(added["id"])
    await live.add("other")
    async with hear(live) as client:
        snapshot = (await client.ask("subscribe:state", {"snapshot": True}))["snapshot"]
        assert [state["endpoint"]["name"] for state in snapshot["endpoints"]] == ["shop", "other"]
        assert snapshot["seq"] >= 2
        assert snapshot["epoch"]
        one = await client.ask("subscribe:endpoint", {"endpointId": added["id"], "snapshot": True})
        (state,) = one["snapshot"]["endpoints"]
        assert state["endpoint"]["id"] == added["id"]
        assert state["statistics"]["totalChecks24h"] == len(state["checks"])


async def test_the_snapshot_of_one_endpoint_has_its_last_hundred_checks(
    live: LiveBackend,
) -> None:
    added = await live.add("shop", isActive=False)
    checks = [await live.check(added["id"]) for _ in range(101)]
    async with hear(live) as client:
        one = await client.ask("subscribe:endpoint", {"endpointId": added["id"], "snapshot": True})
        shown = [check["checkedAt"] for check in one["snapshot"]["endpoints"][0]["checks"]]
        assert shown == [check["checkedAt"] for check in checks[1:]]


async def test_sync_replays_what_was_missed_in_order(live: LiveBackend) -> None:
    async with hear(live) as client:
        start = await client.ask("sync", {"since": 0, "epoch": None})
        added = await live.add(isActive=False)
        for note in ("a", "b"):
            await live.rest.patch(f"/api/endpoints/{added['id']}", json={"note": note})
        missed = await client.ask("sync", {"since": start["seq"], "epoch": start["epoch"]})
        assert [event["event"] for event in missed["events"]] == [
            "endpoint:created",
            "endpoint:updated",
            "endpoint:updated",
        ]
        assert [event["data"]["seq"] for event in missed["events"]] == [1, 2, 3]
        assert missed["events"][-1]["data"]["changes"] == {"note": "b"}
        assert missed["seq"] == 3
        nothing = await client.ask("sync", {"since": 3, "epoch": start["epoch"]})
        assert (nothing["seq"], nothing["events"]) == (3, [])


@pytest.mark.parametrize(
    "asked", [{"since": 1, "epoch": "another"}, {"since": 99}, {}, {"since": 99, "epoch": None}]
)
async def test_sync_answers_with_a_snapshot_where_numbers_say_nothing(
    live: LiveBackend, asked: dict[str, object]
) -> None:
    await live.add("shop")
    async with hear(live) as client:
        answer = await client.ask("sync", asked)
        assert [it["endpoint"]["name"] for it in answer["snapshot"]["endpoints"]] == ["shop"]
        assert answer["seq"] == answer["snapshot"]["seq"]


async def test_a_number_from_the_future_is_answered_with_a_snapshot(live: LiveBackend) -> None:
    async with hear(live) as client:
        epoch = (await client.ask("sync", {}))["epoch"]
        assert "snapshot" in await client.ask("sync", {"since": 99, "epoch": epoch})


async def test_many_changes_at_once_arrive_in_the_order_of_their_numbers(
    live: LiveBackend,
) -> None:
    async with hear(live) as client:
        await client.ask("subscribe:state")
        async with asyncio.TaskGroup() as group:
            for number in range(40):
                group.create_task(live.add(f"endpoint {number}", isActive=False))
        await client.wait_for("endpoint:created", 40)
        numbers = [data["seq"] for name, data in client.heard if name == "endpoint:created"]
        assert numbers == list(range(1, 41))


async def test_a_listener_that_never_reads_holds_nobody_up(live: LiveBackend) -> None:
    """A client that takes nothing from its socket; the pipeline and the others go on."""
    async with hear(live) as deaf, hear(live) as client:
        for one in (deaf, client):
            await one.ask("subscribe:all")
        transport = deaf._client.eio.ws._response.connection.transport
        transport.pause_reading()
        added = await live.add(isActive=False, body="x" * 100_000)
        for number in range(30):
            await live.rest.patch(f"/api/endpoints/{added['id']}", json={"note": str(number)})
        await client.wait_for("endpoint:updated", 30)
        transport.resume_reading()


async def test_when_clients_fall_behind_checks_are_left_out_and_changes_are_not(
    live: LiveBackend,
) -> None:
    async with hear(live) as client:
        await client.ask("subscribe:all")
        endpoint_id = (await live.add(isActive=False))["id"]
        await live.check(endpoint_id)
        (check,) = live.spy.of(CheckCompleted)
        (created,) = live.spy.of(EndpointCreated)
        for number in range(QUEUED_EVENTS + 500):  # all within one turn of the loop
            live.bus.publish(check.model_copy(update={"id": str(number)}))
        live.bus.publish(created.model_copy(update={"seq": 777}))
        last = await client.wait_for("endpoint:created", 2, timeout=60)
        assert last["seq"] == 777
        assert client.names().count("check:completed") == QUEUED_EVENTS + 1


async def test_the_heartbeat_shows_a_stopped_backend_within_ten_seconds(live: LiveBackend) -> None:
    answer = await live.rest.get("/socket.io/?EIO=4&transport=polling")
    opening = json.loads(answer.text[1:])
    assert opening["pingInterval"] + opening["pingTimeout"] < 10_000
    assert opening["maxPayload"] == 1_000_000


async def test_a_message_beyond_the_limit_ends_its_sender_and_nobody_else(
    live: LiveBackend,
) -> None:
    async with hear(live) as client:
        bell = Bell()
        big = EngineClient(handle_sigint=False)
        big.on("disconnect", lambda *_: bell.ring())
        await big.connect(live.url, transports=["websocket"], engineio_path="socket.io")
        await big.send("4" + "x" * 1_000_001)
        await bell.until(lambda: big.state == "disconnected", "the line to be cut", 5)
        assert (await client.ask("subscribe:all"))["subscribed"] is True


async def test_clients_come_and_go_without_leaving_anything(live: LiveBackend) -> None:
    async def visit() -> SocketClient:
        async with hear(live) as client:
            await client.ask("subscribe:all")
            return client

    async with asyncio.TaskGroup() as group:
        for _ in range(10):
            group.create_task(visit())
    async with hear(live) as client:
        await client.ask("subscribe:all")
        await live.add(isActive=False)
        await client.wait_for("endpoint:created")


async def test_a_compact_snapshot_says_the_same_of_checks_in_rows(live: LiveBackend) -> None:
    live.prober.answer = ok(latency_ms=5)
    added = await live.add("shop", degradedThreshold=100)
    await live.spy.wait_for(CheckCompleted, 1)
    live.prober.answer = ok(latency_ms=300)
    await live.check(added["id"])
    live.prober.answer = refused()
    await live.check(added["id"])
    async with hear(live) as client:
        for call, said in (("subscribe:all", {"snapshot": True}), ("sync", {"since": 999})):
            plain = (await client.ask(call, said))["snapshot"]["endpoints"][0]
            rows = (await client.ask(call, said | {"compact": True}))["snapshot"]["endpoints"][0]
            assert rows["checks"] == plain["rows"] == []
            assert rows["rows"] == [
                [
                    round(datetime.fromisoformat(it["checkedAt"]).timestamp() * 1000),
                    0 if it["status"] == "failure" else 1 + it["isDegraded"],
                    it["responseTime"],
                    it["statusCode"],
                    it["errorMessage"],
                ]
                for it in plain["checks"]
            ]
            assert [row[1] for row in rows["rows"]] == [1, 2, 0]
            small = {"compact": True, "packed": True}
            packed = (await client.ask(call, said | small))["snapshot"]["endpoints"][0]
            assert packed["checks"] == packed["rows"] == []
            assert json.loads(packed["packed"]) == rows["rows"]

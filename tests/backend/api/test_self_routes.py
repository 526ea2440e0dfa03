"""``/api/self`` and the metrics tell how the backend itself is."""

from tests.helpers.live_backend import LiveBackend


async def test_it_tells_how_it_is(live: LiveBackend) -> None:
    endpoint = await live.add()
    await live.check(endpoint["id"])
    told = (await live.rest.get("/api/self")).json()
    assert told["databaseBytes"] > 0
    assert told["freeBytes"] > 0
    assert told["storage"] == {"trouble": None, "since": None, "restoration": None}
    assert told["backup"] == {"at": None, "trouble": None, "kept": 0}
    assert told["outbox"] == {"waiting": 0, "waitingSince": None, "failed": 0}
    assert told["checks"]["lateNow"] == 0
    assert told["storingFailures"] == 0


async def test_the_metrics_tell_whether_it_stores(live: LiveBackend) -> None:
    text = (await live.rest.get("/metrics")).text
    assert "vigil_storing 1.0" in text
    assert "vigil_storing_failures_total 0.0" in text


async def test_the_document_names_what_a_full_disk_answers(live: LiveBackend) -> None:
    paths = (await live.rest.get("/api/openapi.json")).json()["paths"]
    assert {"503", "507"} <= set(paths["/api/endpoints"]["post"]["responses"])
    assert "507" not in paths["/api/endpoints"]["get"]["responses"]
    assert "/api/self" in paths

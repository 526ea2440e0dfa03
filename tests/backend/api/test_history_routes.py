"""Incidents and health over REST."""

import pytest

from backend.contract.version import VERSION
from tests.helpers.live_backend import LiveBackend
from tests.helpers.scripted_prober import ok, refused

NOBODY = "00000000-0000-0000-0000-000000000000"


async def went_down(live: LiveBackend, name: str = "shop") -> str:
    """Add an endpoint that is DOWN with its first check; return its id."""
    live.prober.answers[name] = refused()
    endpoint_id = (await live.add(name, failureThreshold=1))["id"]
    await live.check(endpoint_id)
    return endpoint_id


async def test_an_incident_is_listed_while_it_is_active_and_after(live: LiveBackend) -> None:
    endpoint_id = await went_down(live)
    active = (await live.rest.get("/api/incidents?status=active")).json()
    (incident,) = active["data"]
    assert incident == incident | {
        "endpointId": endpoint_id,
        "endpointName": "shop",
        "resolvedAt": None,
        "duration": None,
        "errorMessage": "Connection refused",
    }
    assert incident["failureCount"] >= 1
    assert active["meta"] == {"total": 1, "page": 1, "limit": 20, "totalPages": 1}

    live.prober.answers["shop"] = ok()
    await live.check(endpoint_id)
    assert (await live.rest.get("/api/incidents?status=active")).json()["data"] == []
    resolved = (await live.rest.get(f"/api/incidents?endpointId={endpoint_id}")).json()["data"][0]
    assert resolved["id"] == incident["id"]
    assert resolved["duration"] >= 0


async def test_an_incident_shows_its_endpoint_and_its_checks(live: LiveBackend) -> None:
    await went_down(live)
    listed = (await live.rest.get("/api/incidents")).json()["data"][0]
    shown = (await live.rest.get(f"/api/incidents/{listed['id']}")).json()
    assert shown == shown | listed
    assert shown["endpoint"] == {"name": "shop", "url": "http://shop.test/"}
    assert set(shown["checkResults"][0]) == {"checkedAt", "status", "errorMessage"}
    assert shown["checkResults"][0]["status"] == "failure"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/api/incidents/{NOBODY}", 404),
        ("/api/incidents/none", 400),
        ("/api/incidents?status=open", 400),
        ("/api/incidents?endpointId=shop", 400),
        ("/api/incidents?limit=101", 400),
    ],
)
async def test_wrong_questions_about_incidents(live: LiveBackend, path: str, status: int) -> None:
    assert (await live.rest.get(path)).status_code == status


async def test_health_tells_more_to_who_holds_the_token(live: LiveBackend) -> None:
    told = (await live.rest.get("/api/health")).json()
    assert told == told | {"status": "ok", "version": VERSION, "endpoints": 0}
    assert told["uptimeSeconds"] >= 0
    stranger = await live.rest.get("/api/health", headers={"Authorization": "Bearer wrong"})
    assert stranger.json() == {"status": "ok"}

"""Acknowledging and snoozing an incident over REST, and what is told of it."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.contract.events import IncidentUpdated
from tests.helpers.live_backend import LiveBackend
from tests.helpers.scripted_prober import ok, refused

NOBODY = "00000000-0000-0000-0000-000000000000"


async def went_down(live: LiveBackend) -> tuple[str, str]:
    """Add an endpoint that is DOWN with its first check; return its id and its incident's."""
    live.prober.answers["shop"] = refused()
    endpoint_id = (await live.add("shop", failureThreshold=1))["id"]
    await live.check(endpoint_id)
    (incident,) = (await live.rest.get("/api/incidents")).json()["data"]
    return endpoint_id, f"/api/incidents/{incident['id']}"


def in_an_hour() -> str:
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    return f"{at:%Y-%m-%dT%H:%M:%S}.000Z"


async def test_an_incident_is_acknowledged_snoozed_and_noted_and_that_is_told(
    live: LiveBackend,
) -> None:
    endpoint_id, path = await went_down(live)
    fresh = (await live.rest.get(path)).json()
    assert fresh == fresh | {"acknowledgedAt": None, "snoozedUntil": None, "note": ""}

    until = in_an_hour()
    answer = await live.rest.post(
        f"{path}/acknowledge", json={"note": "On it", "snoozeUntil": until}
    )
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert said["acknowledgedAt"] is not None
    assert said == said | {"note": "On it", "snoozedUntil": until, "snoozedUntilRecovery": False}

    told = await live.spy.wait_for(IncidentUpdated)
    assert told.seq > 0
    assert told.to_wire() == told.to_wire() | {
        "endpointId": endpoint_id,
        "endpointName": "shop",
        "incidentId": said["id"],
        "acknowledgedAt": said["acknowledgedAt"],
        "snoozedUntil": until,
        "snoozedUntilRecovery": False,
        "note": "On it",
    }


async def test_what_is_not_said_again_stays_and_null_takes_it_back(live: LiveBackend) -> None:
    _, path = await went_down(live)
    first = (await live.rest.post(f"{path}/acknowledge")).json()
    assert first == first | {"snoozedUntil": None, "snoozedUntilRecovery": False, "note": ""}
    snoozed = (await live.rest.post(f"{path}/acknowledge", json={"until": "recovery"})).json()
    noted = (await live.rest.post(f"{path}/acknowledge", json={"note": "On it"})).json()
    assert snoozed["snoozedUntilRecovery"] is True
    assert noted == snoozed | {"note": "On it"}
    assert noted["acknowledgedAt"] == first["acknowledgedAt"]
    awake = (await live.rest.post(f"{path}/acknowledge", json={"until": None})).json()
    assert awake == noted | {"snoozedUntilRecovery": False}


async def test_it_lasts_through_further_failures_and_beyond_the_end(live: LiveBackend) -> None:
    endpoint_id, path = await went_down(live)
    await live.rest.post(f"{path}/acknowledge", json={"note": "On it", "until": "recovery"})
    await live.check(endpoint_id)
    live.prober.answers["shop"] = ok()
    await live.check(endpoint_id)
    over = (await live.rest.get(path)).json()
    assert over["resolvedAt"] is not None
    assert over["note"] == "On it"


async def test_an_acknowledgement_is_taken_back_whole_and_nothing_is_told_twice(
    live: LiveBackend,
) -> None:
    _, path = await went_down(live)
    await live.rest.post(f"{path}/acknowledge", json={"note": "On it", "until": "recovery"})
    for _ in range(2):
        answer = await live.rest.delete(f"{path}/acknowledge")
        assert answer.status_code == 200
        assert answer.json() == answer.json() | {
            "acknowledgedAt": None,
            "snoozedUntil": None,
            "snoozedUntilRecovery": False,
            "note": "",
        }
    assert len(live.spy.of(IncidentUpdated)) == 2


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"note": 5}, "note"),
        ({"note": "x" * 2001}, "note"),
        ({"snoozeUntil": "soon"}, "snoozeUntil"),
        ({"snoozeUntil": "2030-01-01T00:00:00"}, "snoozeUntil"),
        ({"snoozeUntil": "2020-01-01T00:00:00Z"}, "snoozeUntil must be in the future"),
        ({"snoozeUntil": "9999-12-31T23:59:59-12:00"}, "snoozeUntil"),
        ({"snoozeUntil": "9999-12-31T23:59:59Z"}, "snoozeUntil must be within a year from now"),
        ({"until": "never"}, "until"),
        ({"until": "recovery", "snoozeUntil": "2099-01-01T00:00:00Z"}, "not both"),
        ({"snooze": 5}, "snooze is not a known field"),
    ],
)
async def test_what_makes_no_sense_is_refused_in_words(
    live: LiveBackend, body: dict, said: str
) -> None:
    _, path = await went_down(live)
    answer = await live.rest.post(f"{path}/acknowledge", json=body)
    assert answer.status_code == 400
    assert said in str(answer.json()["message"])
    assert answer.json()["path"] == f"{path}/acknowledge"
    assert (await live.rest.get(path)).json()["acknowledgedAt"] is None


async def test_only_an_open_incident_can_be_acknowledged(live: LiveBackend) -> None:
    endpoint_id, path = await went_down(live)
    live.prober.answers["shop"] = ok()
    await live.check(endpoint_id)
    for call in (live.rest.post, live.rest.delete):
        over = await call(f"{path}/acknowledge")
        assert over.status_code == 400
        assert "closed" in over.json()["message"]
        nobody = await call(f"/api/incidents/{NOBODY}/acknowledge")
        assert nobody.status_code == 404
        assert (await call("/api/incidents/none/acknowledge")).status_code == 400

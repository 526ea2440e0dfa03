"""Uptime, response times, comparison and days over REST, as the contract words them."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from backend.contract.vocabulary import Period
from tests.helpers.live_backend import LiveBackend
from tests.helpers.scripted_prober import ok, refused

NOBODY = "00000000-0000-0000-0000-000000000000"


async def went_down(live: LiveBackend, name: str = "shop") -> str:
    """Add an endpoint that is DOWN with its first check; return its id."""
    live.prober.answers[name] = refused()
    endpoint_id = (await live.add(name, failureThreshold=1))["id"]
    await live.check(endpoint_id)
    return endpoint_id


async def answered_and_failed(live: LiveBackend, name: str = "shop") -> str:
    """Add an endpoint that answered in 20, 40 and 60 ms and then failed; return its id."""
    live.prober.answers[name] = ok(20)
    endpoint_id = (await live.add(name, isActive=False, checkInterval=60))["id"]
    for answer in (ok(20), ok(40), ok(60), refused()):
        live.prober.answers[name] = answer
        await live.check(endpoint_id)
    return endpoint_id


async def test_the_overview_counts_every_status(live: LiveBackend) -> None:
    await went_down(live, "broken")
    await live.check((await live.add("fine"))["id"])
    await live.add("paused", isActive=False)
    shown = (await live.rest.get("/api/statistics/overview")).json()
    assert shown["totalEndpoints"] == 3
    assert shown["statusBreakdown"] == {"UP": 1, "DOWN": 1, "DEGRADED": 0, "UNKNOWN": 1}
    assert (shown["activeIncidents"], shown["totalIncidentsLast24h"]) == (1, 1)
    assert 0 < shown["overallUptime"] < 100
    assert shown["averageResponseTime"] == pytest.approx(20)


async def test_uptime_is_successes_over_checks(live: LiveBackend) -> None:
    endpoint_id = await answered_and_failed(live)
    for period, days in (("24h", 1), ("7d", 7), ("30d", 30)):
        shown = (await live.rest.get(f"/api/endpoints/{endpoint_id}/uptime?period={period}")).json()
        assert shown == shown | {
            "endpointId": endpoint_id,
            "period": period,
            "uptime": 75.0,
            "totalChecks": 4,
            "successfulChecks": 3,
            "failedChecks": 1,
        }
        start, end = (datetime.fromisoformat(shown[key]) for key in ("startDate", "endDate"))
        assert end - start == timedelta(days=days)
        assert 0 < shown["coverage"] < 1
        assert 0 <= shown["timeWeightedUptime"] <= 100


async def test_uptime_of_a_custom_span_counts_what_lies_in_it(live: LiveBackend) -> None:
    endpoint_id = await answered_and_failed(live)
    found = (await live.rest.get(f"/api/endpoints/{endpoint_id}/check-results")).json()["results"]
    oldest, newest = found[-1]["checkedAt"], found[0]["checkedAt"]
    asked = {"period": "custom", "startDate": oldest, "endDate": newest}
    shown = (await live.rest.get(f"/api/endpoints/{endpoint_id}/uptime", params=asked)).json()
    # The end is not in it: days that meet share no check.
    assert (shown["totalChecks"], shown["uptime"]) == (3, 100)
    assert (shown["startDate"], shown["endDate"]) == (oldest, newest)
    assert shown["coverage"] == 100


async def test_dates_may_name_any_time_zone_and_mean_utc_without_one(live: LiveBackend) -> None:
    endpoint_id = await answered_and_failed(live)
    for start in ("2026-01-01T09:00:00+09:00", "2026-01-01T00:00:00", "2026-01-01"):
        asked = {"period": "custom", "startDate": start, "endDate": "2026-01-02T00:00:00Z"}
        shown = (await live.rest.get(f"/api/endpoints/{endpoint_id}/uptime", params=asked)).json()
        assert shown["startDate"] == "2026-01-01T00:00:00.000Z"
        assert (shown["uptime"], shown["totalChecks"], shown["coverage"]) == (None, 0, 0)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("uptime?period=1y", "period must be"),
        ("uptime?period=custom", "startDate and endDate are required"),
        ("uptime?period=custom&startDate=2026-01-01", "startDate and endDate are required"),
        ("uptime?period=custom&startDate=2026-01-02&endDate=2026-01-01", "endDate must be after"),
        ("uptime?period=custom&startDate=2026-01-02&endDate=2026-01-02", "endDate must be after"),
        ("uptime?period=custom&startDate=soon&endDate=2026-01-01", "startDate must be"),
        (
            "uptime?period=custom&startDate=0001-01-01T00:00:00%2B10:00&endDate=2026-01-01",
            "years 1",
        ),
        ("uptime/daily?days=0", "days must be"),
        ("uptime/daily?days=367", "days must be"),
        ("response-time?period=1y", "period must be"),
        ("response-time?period=custom", "startDate and endDate are required"),
        (
            "response-time?period=custom&startDate=2026-01-02&endDate=2026-01-01",
            "endDate must be after",
        ),
    ],
)
async def test_wrong_questions_are_named(live: LiveBackend, question: str, says: str) -> None:
    endpoint_id = (await live.add(isActive=False))["id"]
    answer = await live.rest.get(f"/api/endpoints/{endpoint_id}/{question}")
    assert answer.status_code == 400
    assert answer.json()["error"] == "Bad Request"
    assert says in answer.json()["message"]


@pytest.mark.parametrize("question", ["uptime", "uptime/daily", "response-time"])
async def test_nothing_is_known_of_an_endpoint_that_is_not_there(
    live: LiveBackend, question: str
) -> None:
    assert (await live.rest.get(f"/api/endpoints/{NOBODY}/{question}")).status_code == 404
    assert (await live.rest.get(f"/api/endpoints/none/{question}")).status_code == 400
    gone = (await live.add(isActive=False))["id"]
    await live.rest.delete(f"/api/endpoints/{gone}")
    assert (await live.rest.get(f"/api/endpoints/{gone}/{question}")).status_code == 404


async def test_response_times_have_statistics_and_a_series(live: LiveBackend) -> None:
    endpoint_id = await answered_and_failed(live)
    for period in ("24h", "7d", "30d"):
        path = f"/api/endpoints/{endpoint_id}/response-time?period={period}"
        shown = (await live.rest.get(path)).json()
        assert (shown["endpointId"], shown["period"]) == (endpoint_id, period)
        statistics = shown["statistics"]
        assert (statistics["min"], statistics["max"]) == (20, 60)
        assert statistics["average"] == pytest.approx(40)
        assert statistics["p50"] == pytest.approx(40, rel=0.025)
        assert statistics["p95"] == statistics["p99"] == pytest.approx(60, rel=0.025)

        series = shown["timeSeries"]
        assert 20 <= len(series) <= 720
        moments = [datetime.fromisoformat(point["timestamp"]) for point in series]
        steps = {after - before for before, after in pairwise(moments)}
        assert steps == {timedelta(milliseconds=shown["bucketSize"])}
        assert sum(point["totalChecks"] for point in series) == 4
        seen = [point for point in series if point["totalChecks"]]
        assert sum(point["failedChecks"] for point in seen) == 1
        assert any(point["avgResponseTime"] for point in seen)
        gaps = [point for point in series if point["coverage"] == 0]
        assert len(gaps) >= len(series) - 2
        assert {point["avgResponseTime"] for point in gaps} == {None}


async def test_outages_lie_beside_the_series(live: LiveBackend) -> None:
    endpoint_id = await went_down(live)
    path = f"/api/endpoints/{endpoint_id}/response-time"
    shown = (await live.rest.get(path)).json()
    (outage,) = shown["outages"]
    assert outage["resolvedAt"] is None
    assert shown["timeSeries"][-1]["outage"] is True
    assert shown["timeSeries"][0]["outage"] is False
    assert shown["statistics"]["average"] is None

    live.prober.answers["shop"] = ok()
    await live.check(endpoint_id)
    (outage,) = (await live.rest.get(path)).json()["outages"]
    assert outage["startedAt"] <= outage["resolvedAt"]


async def test_all_endpoints_together_have_a_series(live: LiveBackend) -> None:
    await answered_and_failed(live, "one")
    await answered_and_failed(live, "other")
    shown = (await live.rest.get("/api/statistics/response-time?period=24h")).json()
    assert shown["statistics"]["average"] == pytest.approx(40)
    assert sum(point["totalChecks"] for point in shown["timeSeries"]) == 8
    assert len(shown["timeSeries"]) <= 720
    for what in ("response-time", "comparison"):
        wrong = await live.rest.get(f"/api/statistics/{what}?period=custom")
        assert wrong.status_code == 400
        assert "startDate and endDate" in wrong.json()["message"]


def wire(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S.000Z}"


def last(hours: float) -> dict[str, str]:
    """Return the question for the last hours, to the next whole second."""
    end = datetime.now(UTC) + timedelta(seconds=1)
    start = end - timedelta(hours=hours)
    return {"period": "custom", "startDate": wire(start), "endDate": wire(end)}


@pytest.mark.parametrize("hours", [1, 30, 24 * 200, 24 * 365 * 30], ids=str)
async def test_response_times_of_any_span_are_cut_into_few_buckets(
    live: LiveBackend, hours: int
) -> None:
    endpoint_id = await answered_and_failed(live)
    asked = last(hours)
    of_one = await live.rest.get(f"/api/endpoints/{endpoint_id}/response-time", params=asked)
    of_all = await live.rest.get("/api/statistics/response-time", params=asked)
    for answer in (of_one, of_all):
        shown = answer.json()
        assert answer.status_code == 200, shown
        assert (shown["period"], shown["startDate"]) == ("custom", asked["startDate"])
        assert shown["endDate"] == asked["endDate"]
        assert shown["statistics"]["max"] == 60
        assert 1 <= len(shown["timeSeries"]) <= 720
        assert sum(point["totalChecks"] for point in shown["timeSeries"]) == 4


async def test_the_outages_of_all_endpoints_are_named_newest_first(live: LiveBackend) -> None:
    await went_down(live, "one")
    gone = await went_down(live, "other")
    await live.rest.delete(f"/api/endpoints/{gone}")
    shown = (await live.rest.get("/api/statistics/response-time")).json()
    assert [each["endpointName"] for each in shown["outages"]] == ["other", "one"]
    assert [each["resolvedAt"] is None for each in shown["outages"]] == [False, True]
    asked = {"period": "custom", "startDate": "2024-03-01", "endDate": "2024-03-02"}
    before = (await live.rest.get("/api/statistics/response-time", params=asked)).json()
    assert before["outages"] == []


async def test_a_span_before_the_first_check_has_points_without_values(live: LiveBackend) -> None:
    endpoint_id = await went_down(live)
    asked = {"period": "custom", "startDate": "2024-03-01", "endDate": "2024-03-02"}
    path = f"/api/endpoints/{endpoint_id}/response-time"
    shown = (await live.rest.get(path, params=asked)).json()
    assert shown["outages"] == []
    assert {point["totalChecks"] for point in shown["timeSeries"]} == {0}
    assert {point["outage"] for point in shown["timeSeries"]} == {False}


async def test_endpoints_are_compared_over_any_period(live: LiveBackend) -> None:
    broken = await went_down(live, "broken")
    live.prober.answers["fine"] = ok(50)
    await live.check((await live.add("fine"))["id"])
    for asked in ({"period": "7d"}, {"period": "30d"}, last(1)):
        shown = (await live.rest.get("/api/statistics/comparison", params=asked)).json()
        assert shown["period"] == asked["period"]
        assert [row["name"] for row in shown["data"]] == ["fine", "broken"]
        assert [row["uptime"] for row in shown["data"]] == [100, 0]
        assert {row["uptime24h"] for row in shown["data"]} == {None}
        assert [row["incidentCount"] for row in shown["data"]] == [0, 1]
    asked = {"period": "custom", "startDate": "2024-03-01", "endDate": "2024-03-02"}
    (first, second) = (await live.rest.get("/api/statistics/comparison", params=asked)).json()[
        "data"
    ]
    assert {first["uptime"], second["uptime"]} == {None}
    assert broken in {first["endpointId"], second["endpointId"]}
    assert first["incidentCount"] == second["incidentCount"] == 0


async def test_endpoints_are_compared_by_the_formula_of_the_contract(live: LiveBackend) -> None:
    live.prober.answers["quick"] = ok(50)
    live.prober.answers["slow"] = ok(200)
    for name in ("slow", "quick"):
        await live.check((await live.add(name))["id"])
    broken = await went_down(live, "broken")
    await live.add("never", isActive=False)
    data = (await live.rest.get("/api/statistics/comparison")).json()["data"]

    assert [(row["rank"], row["name"]) for row in data] == [
        (1, "quick"),
        (2, "slow"),
        (3, "broken"),
        (4, "never"),
    ]
    scores = [row["stabilityScore"] for row in data]
    assert scores == [pytest.approx(60 + 30 * 0.75 + 10), pytest.approx(70), pytest.approx(0), None]
    assert data[2] == {
        "endpointId": broken,
        "name": "broken",
        "uptime24h": 0.0,
        "avgResponseTime": None,
        "incidentCount": 1,
        "stabilityScore": 0.0,
        "rank": 3,
        "uptime": 0.0,
    }


async def test_days_are_those_of_utc_and_end_today(live: LiveBackend) -> None:
    endpoint_id = await answered_and_failed(live)
    days = (await live.rest.get(f"/api/endpoints/{endpoint_id}/uptime/daily?days=7")).json()["days"]
    today = datetime.now(UTC).date()
    assert days[-1]["date"] in (str(today), str(today - timedelta(days=1)))
    assert len({day["date"] for day in days}) == len(days) == 7
    assert days[0]["uptime"] is None
    assert sum(day["totalChecks"] for day in days) == 4
    assert days == sorted(days, key=lambda day: day["date"])

    every = (await live.rest.get("/api/statistics/uptime/daily")).json()
    assert len(every["dates"]) == 90
    (row,) = every["data"]
    assert (row["endpointId"], row["name"]) == (endpoint_id, "shop")
    assert row["uptime"][-7:] == [day["uptime"] for day in days]
    assert len(row["uptime"]) == len(row["coverage"]) == len(row["downtime"]) == 90

    packed = (await live.rest.get("/api/statistics/uptime/daily?packed=true")).json()
    assert packed["dates"] == every["dates"]
    (text,) = packed["data"]
    assert json.loads(text["packed"]) == [row["uptime"], row["downtime"]]
    assert text["uptime"] == text["coverage"] == text["downtime"] == []
    assert text["checksToday"] == row["checksToday"]


def test_a_client_may_ask_for_the_periods_of_the_contract() -> None:
    assert [period.value for period in Period] == ["24h", "7d", "30d", "custom"]

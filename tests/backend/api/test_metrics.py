"""What a Prometheus server would read at /metrics, read back with its own parser."""

from collections.abc import Iterator

from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from backend.api.metrics import LABEL_LENGTH
from backend.contract.version import VERSION
from tests.helpers.live_backend import LiveBackend
from tests.helpers.scripted_prober import ok, refused

STRANGER = {"Authorization": "Bearer wrong"}


async def scraped(live: LiveBackend) -> dict[tuple[str, frozenset], float]:
    """Return every sample by name and labels."""
    answer = await live.rest.get("/metrics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=")
    families = list(text_string_to_metric_families(answer.text))
    samples = [sample for family in families for sample in family.samples]
    found = {(it.name, frozenset(it.labels.items())): it.value for it in samples}
    assert len(found) == len(samples), "no series is told twice"
    return found


def key(sample: str, /, **labels: str) -> tuple[str, frozenset]:
    return sample, frozenset(labels.items())


async def test_the_state_of_endpoints_and_checks_can_be_scraped(live: LiveBackend) -> None:
    live.prober.answers |= {"shop": ok(latency_ms=250.0), "mail": refused()}
    shop = (await live.add("shop"))["id"]
    mail = (await live.add("mail", failureThreshold=1))["id"]
    await live.check(shop)
    await live.check(mail)

    found = await scraped(live)
    assert found[key("vigil_endpoint_up", endpoint=shop, name="shop")] == 1
    assert found[key("vigil_endpoint_up", endpoint=mail, name="mail")] == 0
    assert found[key("vigil_endpoint_response_seconds", endpoint=shop, name="shop")] == 0.25
    assert found[key("vigil_endpoint_status", endpoint=mail, name="mail", status="DOWN")] == 1
    assert found[key("vigil_endpoint_status", endpoint=mail, name="mail", status="UP")] == 0
    assert found[key("vigil_checks_total", result="success")] >= 1
    assert found[key("vigil_checks_total", result="failure")] >= 1
    assert found[key("vigil_checks_total", result="ours")] == 0
    assert found[key("vigil_incidents_open")] == 1
    assert found[key("vigil_alerts_waiting")] == 0
    assert found[key("vigil_checks_waiting")] >= 0
    assert found[key("vigil_scheduler_overdue_seconds")] >= 0
    # A check by hand may come before the scheduled one, and then takes its place.
    assert found[key("vigil_scheduler_lateness_seconds_count")] >= 0
    assert 0 <= found[key("vigil_scheduler_lateness_seconds_sum")] < 60
    assert found[key("vigil_database_bytes")] > 4096
    assert found[key("vigil_build_info", version=VERSION)] == 1


async def test_what_is_not_known_has_no_sample_and_what_is_gone_no_series(
    live: LiveBackend,
) -> None:
    shop = (await live.add("shop", isActive=False))["id"]
    found = await scraped(live)
    assert found[key("vigil_endpoint_status", endpoint=shop, name="shop", status="UNKNOWN")] == 1
    assert key("vigil_endpoint_up", endpoint=shop, name="shop") not in found
    assert key("vigil_endpoint_response_seconds", endpoint=shop, name="shop") not in found
    await live.rest.delete(f"/api/endpoints/{shop}")
    assert not any(dict(labels).get("endpoint") for _, labels in await scraped(live))


async def test_a_name_stays_a_name_whatever_is_in_it(live: LiveBackend) -> None:
    odd = 'a"} 1\nvigil_incidents_open 99\\ ' + "x" * 150
    shop = (await live.add(odd))["id"]
    found = await scraped(live)
    (name,) = {
        dict(labels)["name"]
        for sample, labels in found
        if sample == "vigil_endpoint_status" and dict(labels)["endpoint"] == shop
    }
    assert name.startswith('a"} 1 vigil_incidents_open 99\\ x')
    assert len(name) == LABEL_LENGTH
    assert found[key("vigil_incidents_open")] == 0


async def test_metrics_need_the_token_and_a_host_of_our_own(live: LiveBackend) -> None:
    assert (await live.rest.get("/metrics", headers=STRANGER)).status_code == 401
    assert (await live.rest.get("/metrics", headers={"Host": "evil.test"})).status_code == 403
    assert (await live.rest.post("/metrics")).status_code == 405


async def test_nothing_of_it_is_global(live: LiveBackend) -> None:
    await scraped(live)
    await scraped(live)
    assert not any("vigil" in name for name in names_in_the_global_registry())


def names_in_the_global_registry() -> Iterator[str]:
    return (family.name for family in REGISTRY.collect())

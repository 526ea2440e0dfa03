"""A network that answers for everybody before its login page: nobody is blamed, nobody praised."""

from backend.contract.events import IncidentStarted, NetworkChanged, StatusChanged
from backend.contract.vocabulary import Reason, Status, UnknownReason
from backend.domain.facts import Facts
from backend.domain.reply import Failure, Reply
from backend.engine.network import CONFIRM_MS
from tests.backend.engine.conftest import Engine
from tests.backend.engine.test_network import pass_time
from tests.helpers.fake_surroundings import ok_from

PLACES = {
    "shop": ("http://shop.example/", "198.51.100.7"),
    "bank": ("https://api.bank.test/", "203.0.113.9"),
    "news": ("http://news.third.test/", "192.0.2.9"),
}
QUICK = {"checkInterval": 60, "failureThreshold": 1}
"""A single failure that counts would open an incident."""


def login_page(url: str) -> Reply:
    """Return what comes of following the redirect to the login page."""
    facts = Facts("http://login.hotel.test/", redirects=1, peer="10.0.0.1:80")
    return Reply(200, 5.0, {}, b"<h1>Welcome</h1>", facts=facts)


def wrong_certificate(url: str, address: str) -> Failure:
    facts = Facts(url, peer=f"{address}:443", certificates=(b"certificate of the hotel",))
    return Failure(Reason.TLS, "TLS certificate is for another host", facts=facts)


async def watch_all(engine: Engine) -> None:
    for name, (url, address) in PLACES.items():
        engine.prober.answers[name] = ok_from(address)
        await engine.add(name, url=url, **QUICK)
    await engine.checks(len(PLACES))


def enter_hotel(engine: Engine) -> None:
    """Let the login page answer all plain questions, and its certificate all others."""
    for name, (url, address) in PLACES.items():
        plain = url.startswith("http:")
        engine.prober.answers[name] = login_page(url) if plain else wrong_certificate(url, address)
        engine.surroundings.reachable.add(address)  # it takes every connection


def log_in(engine: Engine) -> None:
    for name, (_, address) in PLACES.items():
        engine.prober.answers[name] = ok_from(address)


def statuses(engine: Engine) -> set[Status]:
    return {monitored.health.status for monitored in engine.monitors}


async def test_before_the_login_nothing_is_known_and_afterwards_all_is_well(
    engine: Engine,
) -> None:
    await watch_all(engine)
    enter_hotel(engine)
    await pass_time(engine, 60_000 + CONFIRM_MS)

    assert [it.online for it in engine.spy.of(NetworkChanged)] == [False]
    assert statuses(engine) == {Status.UNKNOWN}
    lost = [it for it in engine.spy.of(StatusChanged) if it.current_status is Status.UNKNOWN]
    assert {it.unknown_reason for it in lost} == {UnknownReason.OFFLINE}

    await pass_time(engine, 600_000)
    assert len(engine.spy.of(NetworkChanged)) == 1, "a hotel may take its time"
    log_in(engine)
    await pass_time(engine, 60_000)

    assert [it.online for it in engine.spy.of(NetworkChanged)] == [False, True]
    assert statuses(engine) == {Status.UP}
    assert engine.spy.of(IncidentStarted) == []


async def test_a_name_server_that_sends_all_names_to_one_address_likewise(engine: Engine) -> None:
    await watch_all(engine)
    for name in PLACES:
        facts = Facts("", peer="203.0.113.200:80", status_code=404)
        engine.prober.answers[name] = Reply(404, 5.0, {}, b"", facts=facts)
    engine.surroundings.reachable |= {address for _, address in PLACES.values()}
    await pass_time(engine, 60_000 + CONFIRM_MS)

    assert statuses(engine) == {Status.UNKNOWN}
    assert engine.spy.of(IncidentStarted) == []


async def test_a_certificate_that_is_refused_at_one_target_only_is_its_own_trouble(
    engine: Engine,
) -> None:
    await watch_all(engine)
    engine.prober.answers["bank"] = wrong_certificate(*PLACES["bank"])
    await pass_time(engine, 60_000)

    started = await engine.spy.wait_for(IncidentStarted)
    assert started.endpoint_name == "bank"
    assert engine.spy.of(NetworkChanged) == []


async def test_a_target_that_moved_to_another_host_is_asked_about_once_and_stays_up(
    engine: Engine,
) -> None:
    await watch_all(engine)
    engine.prober.answers["shop"] = login_page("http://shop.example/")
    await pass_time(engine, 60_000)
    asked = engine.prober.times_asked("bank")
    await pass_time(engine, 300_000)

    assert statuses(engine) == {Status.UP}
    assert engine.prober.times_asked("bank") == asked + 5, "only its own checks"


async def test_the_only_far_target_is_blamed_for_what_nobody_else_can_witness(
    engine: Engine,
) -> None:
    engine.prober.answers["bank"] = ok_from(PLACES["bank"][1])
    await engine.add("bank", url=PLACES["bank"][0], **QUICK)
    await engine.checks(1)
    engine.prober.answers["bank"] = wrong_certificate(*PLACES["bank"])
    await pass_time(engine, 60_000)
    assert len(engine.spy.of(IncidentStarted)) == 1

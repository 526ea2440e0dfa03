"""A real backend whose network is taken away, by real interfaces: nobody is blamed."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from backend.domain.schedule import phase
from tests.helpers.namespaces import FAR, Cabled, NotAllowedError, cabled
from tests.helpers.program import Program, running_program

IN_NAMESPACE = ("-m", "tests.helpers.in_namespace")

STATUS = "endpoint:status-changed"

long = pytest.mark.long

INTERVAL_S = 5
"""That of the endpoints watched (tests/helpers/telling_backend.py): checks are spread over it."""

ROUNDED_S = 0.002
"""Labels are whole milliseconds."""


def heard(program: Program) -> list[dict[str, Any]]:
    """Return the events it told."""
    return [json.loads(line) for line in program.output]


async def hear(program: Program, after: int = 0, **wanted: object) -> dict[str, Any]:
    """Wait for an event with these values and a number above ``after``."""

    def matches(line: str) -> bool:
        event = json.loads(line)
        return wanted.items() <= event.items() and event.get("seq", 0) > after

    return json.loads(await program.wait_for_line(matches, 45))


async def go_away_and_come_back(
    both: Cabled, home: Path, cut: Callable[[], None], mend: Callable[[], None]
) -> list[dict[str, Any]]:
    """Watch three servers while the network goes away and comes back; return all that was told."""
    www = home / "www"
    www.mkdir()
    server = ("-u", "-m", "http.server", "80", "--directory", str(www))
    backend = ("-m", "tests.helpers.telling_backend", str(home / "data"))
    urls = [f"http://{address}/" for address in FAR]
    async with (
        running_program(*IN_NAMESPACE, both.world, *server, home=www) as serving,
        running_program(*IN_NAMESPACE, both.laptop, *backend, *urls, home=home) as program,
    ):
        await serving.wait_for_line(lambda line: line.startswith("Serving"))
        for url in urls:
            await hear(program, event=STATUS, endpointName=url, currentStatus="UP")
        cut()
        went = await hear(program, event="network:changed", online=False)
        for url in urls:
            lost = await hear(program, went["seq"], event=STATUS, endpointName=url)
            assert (lost["currentStatus"], lost["unknownReason"]) == ("UNKNOWN", "offline")
        mend()
        came = await hear(program, event="network:changed", online=True)
        assert came["offlineSince"] == went["since"]
        for url in urls:
            back = await hear(program, came["seq"], event=STATUS, endpointName=url)
            assert (back["currentStatus"], back["unknownReason"]) == ("UP", None)
        return heard(program)


def _each_waited_for_its_turn(came: dict[str, Any], told: list[dict[str, Any]]) -> None:
    """See that checks after coming back are spread by the endpoints' own phases, not a burst.

    A busy machine may be late with a check, and so join some; it is never early.
    """
    back = datetime.fromisoformat(came["since"])
    for url in (f"http://{address}/" for address in FAR):
        first = next(
            it for it in told if it["event"] == "check:completed" and it["endpointName"] == url
        )
        waited_s = (datetime.fromisoformat(first["checkedAt"]) - back).total_seconds()
        assert waited_s >= phase(first["endpointId"]) * INTERVAL_S - ROUNDED_S, url


@pytest.mark.parametrize(
    ("cut", "mend"),
    [
        (Cabled.pull_cable, Cabled.plug_cable),
        pytest.param(Cabled.switch_off, Cabled.switch_on, marks=long),
        pytest.param(Cabled.lose_provider, Cabled.find_provider, marks=long),
    ],
    ids=["cable", "interface", "provider"],
)
async def test_a_network_that_goes_away_and_comes_back_opens_no_incident(
    tmp_path: Path, cut: Callable[[Cabled], None], mend: Callable[[Cabled], None]
) -> None:
    try:
        with cabled() as both:
            told = await go_away_and_come_back(
                both, tmp_path, lambda: cut(both), lambda: mend(both)
            )
    except NotAllowedError as error:
        pytest.skip(f"network namespaces are not allowed here: {error}")

    names = [event["event"] for event in told]
    assert "incident:started" not in names
    failures = [it for it in told if it.get("status") == "failure"]
    assert {it["reason"] for it in failures} == {"ours"}, "nothing counts against the uptime"
    came = len(names) - names[::-1].index("network:changed")
    _each_waited_for_its_turn(told[came - 1], told[came:])

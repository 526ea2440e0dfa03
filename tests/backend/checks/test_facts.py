"""What a prober notes on the way: phases, addresses, the head of the answer."""

import pytest

from backend.checks.http_prober import HttpProber
from backend.domain.facts import Facts
from backend.domain.reply import Failure, Reply
from tests.backend.checks.conftest import endpoint_at
from tests.helpers.odd_answers import OK
from tests.helpers.raw_server import answering, raw_server
from tests.helpers.target_server import Answer, Fault, running_target


def facts_of(result: Reply | Failure) -> Facts:
    assert result.facts is not None
    return result.facts


async def test_the_phases_of_an_answer_add_up_to_its_latency(prober: HttpProber) -> None:
    async with running_target(Answer(delay_s=0.15)) as target:
        reply = await prober.ask(endpoint_at(target.url))

    assert isinstance(reply, Reply)
    phases = facts_of(reply).phases
    spent = [phases.dns_ms, phases.connect_ms, phases.first_byte_ms, phases.download_ms]
    assert sum(it or 0 for it in spent) == pytest.approx(reply.latency_ms, abs=20)
    assert (phases.first_byte_ms or 0) >= 150
    assert phases.tls_ms is None


async def test_the_phase_in_which_time_ran_out_is_seen(prober: HttpProber) -> None:
    async with running_target(Answer(fault=Fault.SILENCE)) as target:
        failure = await prober.ask(endpoint_at(target.url, timeout_threshold=200))

    phases = facts_of(failure).phases
    assert (phases.first_byte_ms or 0) >= 150
    assert phases.download_ms is None


async def test_what_came_before_the_cut_is_noted(prober: HttpProber) -> None:
    answer = OK + b"X-Who: me\r\nContent-Length: 9\r\n\r\nabc"
    async with raw_server(answering(answer)) as port:
        failure = await prober.ask(endpoint_at(f"http://me:secret@127.0.0.1:{port}/p#x"))

    facts = facts_of(failure)
    assert facts.url == f"http://127.0.0.1:{port}/p"
    assert (facts.addresses, facts.peer) == (("127.0.0.1",), f"127.0.0.1:{port}")
    assert (facts.status_code, facts.body, facts.body_bytes) == (200, b"abc", 3)
    assert ("X-Who", "me") in facts.headers


async def test_a_long_body_is_counted_and_its_beginning_kept(prober: HttpProber) -> None:
    async with running_target(Answer(body=b"x" * 100_000)) as target:
        reply = await prober.ask(endpoint_at(target.url))

    assert isinstance(reply, Reply)
    assert (len(reply.body), reply.body_bytes) == (4096, 100_000)
    assert not reply.is_whole
    assert len(facts_of(reply).body) == 4096


async def test_only_the_last_answer_of_a_chain_is_noted(prober: HttpProber) -> None:
    async with running_target() as target:
        target.answers["/a"] = Answer(302, b"", {"Location": "/b", "X-First": "1"})
        reply = await prober.ask(endpoint_at(f"{target.url}/a"))

    facts = facts_of(reply)
    assert (facts.url, facts.redirects) == (f"{target.url}/b", 1)
    assert "X-First" not in dict(facts.headers)

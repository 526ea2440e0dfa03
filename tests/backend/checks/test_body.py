"""Bodies: inflated, bounded, whole."""

import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.checks.body import CUT_SHORT, MAX_BODY_BYTES, NOT_INFLATABLE, TOO_LARGE, read_body
from backend.checks.http_prober import HttpProber
from backend.contract.vocabulary import Reason
from backend.domain.reply import Failure, Reply
from tests.backend.checks.conftest import endpoint_at
from tests.helpers.target_server import Answer, running_target


async def in_pieces(body: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


CODINGS = {
    "": lambda body: body,
    "identity": lambda body: body,
    "gzip": gzip.compress,
    "X-GZIP": gzip.compress,
    "deflate": zlib.compress,
    "deflate, gzip": lambda body: gzip.compress(zlib.compress(body)),
}


@pytest.mark.parametrize("coding", CODINGS)
@given(body=st.binary(max_size=3000), size=st.integers(1, 500))
async def test_a_body_comes_out_as_it_went_in(coding: str, body: bytes, size: int) -> None:
    packed = CODINGS[coding](body)

    assert await read_body(in_pieces(packed, size), coding) == body


async def test_deflate_without_its_wrapper_is_read_too() -> None:
    assert await read_body(in_pieces(raw_deflate(b"hello" * 99)), "deflate") == b"hello" * 99


async def test_a_body_of_several_gzip_members_is_one() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two")

    assert await read_body(in_pieces(packed, 7), "gzip") == b"one two"


async def test_a_coding_nobody_asked_for_is_left_alone() -> None:
    assert await read_body(in_pieces(b"\x0b\x02"), "br") == b"\x0b\x02"


async def test_an_empty_body_may_claim_any_coding() -> None:
    assert await read_body(in_pieces(b""), "gzip") == b""


async def test_a_damaged_body_is_named() -> None:
    assert await read_body(in_pieces(b"this is not gzip"), "gzip") == NOT_INFLATABLE


async def test_a_compressed_body_without_its_end_is_cut_short() -> None:
    packed = gzip.compress(b"x" * 100)[:-4]

    assert await read_body(in_pieces(packed), "gzip") == CUT_SHORT


@pytest.mark.parametrize(("size", "fits"), [(100, True), (101, False)])
@pytest.mark.parametrize("coding", ["", "gzip", "deflate, gzip"])
async def test_the_limit_is_exact(coding: str, size: int, fits: bool) -> None:
    body = bytes(size)
    result = await read_body(in_pieces(CODINGS[coding](body)), coding, limit=100)

    assert result == (body if fits else TOO_LARGE)


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip"])
async def test_a_bomb_costs_no_memory(coding: str) -> None:
    bomb = gzip.compress(bytes(300_000_000), compresslevel=9)
    for _ in coding.split(",")[1:]:
        bomb = gzip.compress(bomb)
    tracemalloc.start()
    try:
        result = await read_body(in_pieces(bomb, 65536), coding)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert result == TOO_LARGE
    assert peak < 4 * MAX_BODY_BYTES


async def test_a_bomb_on_the_line_is_a_failure_of_its_target(prober: HttpProber) -> None:
    bomb = gzip.compress(bytes(20_000_000))
    async with running_target(Answer(body=bomb, headers={"Content-Encoding": "gzip"})) as target:
        failure = await prober.ask(endpoint_at(target.url))

    assert failure == Failure(Reason.TARGET, "Response body larger than 10 MB", 200)


async def test_a_large_plain_body_is_a_failure_of_its_target(prober: HttpProber) -> None:
    async with running_target(Answer(body=bytes(MAX_BODY_BYTES + 1))) as target:
        failure = await prober.ask(endpoint_at(target.url))
        target.answer = Answer(body=bytes(MAX_BODY_BYTES))
        reply = await prober.ask(endpoint_at(target.url))

    assert failure == Failure(Reason.TARGET, "Response body larger than 10 MB", 200)
    assert isinstance(reply, Reply)

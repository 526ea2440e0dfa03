"""Bodies: inflated, bounded, whole."""

import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.checks.body import (
    CUT_SHORT,
    MAX_BODY_BYTES,
    NOT_INFLATABLE,
    TOO_LARGE,
    Body,
    BodyReader,
    Pace,
)
from backend.checks.http_prober import HttpProber
from backend.contract.vocabulary import Reason
from backend.domain.reply import Failure, Reply
from tests.backend.checks.conftest import endpoint_at
from tests.helpers.target_server import Answer, running_target


async def in_pieces(body: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


async def read_body(
    pieces: AsyncIterator[bytes], coding: str, limit: int = MAX_BODY_BYTES
) -> bytes | Failure:
    """Return a body, all of it kept, or why there is none."""
    body = await BodyReader(coding, MAX_BODY_BYTES, limit).read(pieces, Pace())
    if isinstance(body, Failure):
        return body
    assert body.size == len(body.head)
    return body.head


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


@pytest.mark.parametrize("size", [64 * 1024, 64 * 1024 + 1, 3_000_000])
@pytest.mark.parametrize("pack", [raw_deflate, zlib.compress])
async def test_what_inflates_to_more_than_a_step_is_whole(
    pack: Callable[[bytes], bytes], size: int
) -> None:
    assert await read_body(in_pieces(pack(bytes(size)), 100_000), "deflate") == bytes(size)


async def test_a_body_of_several_gzip_members_is_one() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two")

    assert await read_body(in_pieces(packed, 7), "gzip") == b"one two"


async def test_a_coding_nobody_asked_for_is_left_alone() -> None:
    assert await read_body(in_pieces(b"\x0b\x02"), "br") == b"\x0b\x02"


async def test_more_codings_than_anybody_uses_are_refused() -> None:
    assert await read_body(in_pieces(b"x"), ",".join(["gzip"] * 5000)) == NOT_INFLATABLE


async def test_only_the_beginning_is_kept_and_all_is_counted() -> None:
    reader = BodyReader("gzip", keep=10)
    packed = gzip.compress(b"0123456789abcdef" * 10_000)

    assert await reader.read(in_pieces(packed), Pace()) == Body(b"0123456789", 160_000)


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
        result = await BodyReader(coding, keep=4096).read(in_pieces(bomb, 65536), Pace())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert result == TOO_LARGE
    assert peak < 2_000_000


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

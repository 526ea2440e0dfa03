"""Whatever a file holds, a value comes out: never an exception, never half a row, never a hang."""

import json
import os
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.interchange.readers import TEXT_BYTES, read_bytes, read_file
from app.interchange.reading import IN_THE_WAY, MOST_ROWS, Kind, Reading
from tests.helpers import samples

TEXTS = (
    "vigil-export.json",
    "uptime-kuma-backup.json",
    "gatus.yaml",
    "openapi.yaml",
    "postman.json",
    "endpoints.csv",
)
NAMES = ("a.json", "a.yaml", "a.csv", "a.txt", "a")
QUICK = settings(
    max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
LONG = settings(QUICK, max_examples=10_000)


def _check(reading: Reading) -> None:
    """See that a reading keeps its promises."""
    assert reading.source is not None or reading.findings
    assert len(reading.rows) <= MOST_ROWS
    for row in reading.rows:
        assert row.place
        stands_in_the_way = any(finding.kind in IN_THE_WAY for finding in row.findings)
        assert (row.draft is None) is stands_in_the_way
        for word in (row.name, row.address, *(it.about + it.detail for it in row.findings)):
            word.encode()
            assert "\n" not in word


@st.composite
def _mangled(draw: st.DrawFn) -> tuple[str, bytes]:
    """A sample with some of its bytes replaced, cut out or doubled."""
    content = bytearray(samples.read(draw(st.sampled_from(TEXTS))))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        bits = [b"", b"\xff\xfe", b"null", b"[]", b"{}", b"1e999", b'"\\ud800"', b"&a *a", b"\x00"]
        insert = draw(st.one_of(st.sampled_from(bits), st.binary(max_size=12)))
        content[start:end] = insert
    return draw(st.sampled_from(NAMES)), bytes(content)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
_KUMA = st.fixed_dictionaries(
    {"type": st.sampled_from(["http", "keyword", "json-query"])},
    optional=dict.fromkeys(
        [
            "id",
            "name",
            "url",
            "method",
            "interval",
            "retryInterval",
            "timeout",
            "maxretries",
            "headers",
            "body",
            "tags",
            "accepted_statuscodes",
            "keyword",
            "jsonPath",
            "expectedValue",
            "parent",
            "maxredirects",
            "authMethod",
            "basic_auth_user",
            "basic_auth_pass",
            "httpBodyEncoding",
            "upsideDown",
            "description",
        ],
        _JSON,
    ),
)
_GATUS = st.fixed_dictionaries(
    {"url": st.just("https://a.b") | _JSON},
    optional=dict.fromkeys(
        [
            "name",
            "group",
            "method",
            "headers",
            "body",
            "interval",
            "client",
            "alerts",
            "conditions",
        ],
        _JSON,
    ),
)
_OPERATION = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ["summary", "parameters", "requestBody", "responses", "security", "tags", "servers"], _JSON
    ),
)
_REQUEST = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(["method", "url", "header", "body", "auth", "description"], _JSON),
)
_TREES = st.one_of(
    st.fixed_dictionaries({"monitorList": st.lists(_KUMA | _JSON, max_size=3)}),
    st.fixed_dictionaries(
        {
            "openapi": st.just("3.0.0"),
            "paths": st.dictionaries(
                st.text(max_size=9), st.dictionaries(st.sampled_from(["get", "post"]), _OPERATION)
            ),
        }
    ),
    st.fixed_dictionaries(
        {
            "info": st.just({"schema": "https://schema.getpostman.com/v2.1.0/"}),
            "item": st.lists(st.fixed_dictionaries({"request": _REQUEST | _JSON}), max_size=3),
            "variable": _JSON,
            "auth": _JSON,
        }
    ),
    st.fixed_dictionaries(
        {
            "format": st.just("vigil-export"),
            "version": st.just(1) | _JSON,
            "endpoints": st.lists(_JSON | st.fixed_dictionaries({"url": _JSON, "leftOut": _JSON})),
        }
    ),
)


def _bytes_in_value_out(sample: tuple[str, bytes]) -> None:
    _check(read_bytes(*sample))


def _tree_in_value_out(tree: object) -> None:
    _check(read_bytes("a.json", json.dumps(tree).encode()))


def _gatus_in_value_out(endpoints: object) -> None:
    first = {"name": "x", "url": "http://x", "conditions": []}
    tree = {"endpoints": [first, endpoints]}
    _check(
        read_bytes("a.yaml", yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "replace"))
    )


_ANY_BYTES = st.tuples(st.sampled_from(NAMES), st.binary(max_size=400))
_ANY_TEXT = st.tuples(
    st.sampled_from(NAMES),
    st.text(max_size=400).map(lambda it: it.encode("utf-8", "surrogatepass")),
)
test_any_bytes_come_out_as_a_value = QUICK(given(_ANY_BYTES)(_bytes_in_value_out))
test_any_text_comes_out_as_a_value = QUICK(given(_ANY_TEXT)(_bytes_in_value_out))
test_a_mangled_sample_comes_out_as_a_value = QUICK(given(_mangled())(_bytes_in_value_out))
test_any_values_in_a_known_form_come_out_as_a_value = QUICK(given(_TREES)(_tree_in_value_out))
test_any_values_in_a_gatus_file_come_out_as_a_value = QUICK(given(_GATUS)(_gatus_in_value_out))


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    "test",
    [
        given(_ANY_BYTES)(_bytes_in_value_out),
        given(_ANY_TEXT)(_bytes_in_value_out),
        given(_mangled())(_bytes_in_value_out),
        given(_TREES)(_tree_in_value_out),
        given(_GATUS)(_gatus_in_value_out),
    ],
    ids=["bytes", "text", "mangled", "forms", "gatus"],
)
def test_ten_thousand_files_each_come_out_as_a_value(test):
    LONG(test)()


@QUICK
@given(st.lists(st.tuples(st.integers(0, 30_000), st.binary(min_size=1, max_size=30)), max_size=8))
def test_a_mangled_database_comes_out_as_a_value(cuts: list[tuple[int, bytes]]):
    with tempfile.TemporaryDirectory() as folder:
        path = samples.kuma_database(Path(folder, "kuma.db"))
        content = bytearray(path.read_bytes())
        for at, noise in cuts:
            content[max(16, at) : max(16, at) + len(noise)] = noise
        path.write_bytes(content)
        _check(read_file(path))


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_cut_anywhere_is_read_or_named(name: str):
    content = samples.read(name)
    for end in range(0, len(content), max(1, len(content) // 40)):
        _check(read_bytes(name, content[:end]))


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join(['*' + old] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.yaml", BOMB.encode(), Kind.BOMB),
        ("a.yaml", b"a: &a [*a]", Kind.BOMB),
        ("a.yaml", b"a: !!python/object/apply:os.system ['true']", Kind.TAGGED),
        ("a.yaml", b"[" * 100_000, Kind.TOO_DEEP),
        ("a.yaml", b"endpoints: [\n  {", Kind.DAMAGED),
        ("a.json", b"[" * 100_000, Kind.TOO_DEEP),
        ("a.json", b'{"a":' * 200 + b"1" + b"}" * 200, Kind.TOO_DEEP),
        ("a.json", b'{"a": NaN}', Kind.DAMAGED),
        ("a.json", b'{"a": ' + b"9" * 10_000 + b"}", Kind.DAMAGED),
        ("a.json", b'{"monitorList": [', Kind.DAMAGED),
        ("a.json", b'{"some": "thing"}', Kind.UNKNOWN),
        ("a.json", b'{"monitorList": []}', Kind.EMPTY),
        ("a.json", b"\xff\xfe\x00", Kind.NOT_TEXT),
        ("a.json", "{}".encode("utf-32"), Kind.NOT_TEXT),
        ("a.csv", b"\x81\xff\xff", Kind.NOT_TEXT),
        ("a.csv", b"colour,size\nred,3\n", Kind.UNKNOWN),
        ("a.csv", b"", Kind.EMPTY),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00", Kind.NOT_TEXT),
        ("a.json", b" " * (TEXT_BYTES + 1), Kind.TOO_LARGE),
        ("a.yaml", b"a: b\n" * 1_000_001, Kind.TOO_LARGE),
    ],
    ids=lambda value: value if isinstance(value, Kind) else "",
)
def test_a_file_that_cannot_be_used_says_why(name: str, content: bytes, kind: Kind):
    reading = read_bytes(name, content)
    assert reading.rows == ()
    assert reading.findings[-1].kind is kind


def test_more_rows_than_a_desktop_watches_are_cut_and_it_is_said():
    lines = "url\n" + "".join(f"https://a.example.com/{n}\n" for n in range(MOST_ROWS + 5))
    reading = read_bytes("a.csv", lines.encode())
    assert len(reading.rows) == MOST_ROWS
    assert reading.findings[-1].kind is Kind.TOO_MANY


def test_a_pipe_a_folder_and_a_file_that_is_not_there_are_no_exceptions(tmp_path: Path):
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    assert read_file(pipe).findings[0].kind is Kind.UNKNOWN
    assert read_file(tmp_path / "none.json").findings[0].kind is Kind.UNREADABLE
    assert read_file(tmp_path).findings[0].kind in (Kind.UNREADABLE, Kind.UNKNOWN)

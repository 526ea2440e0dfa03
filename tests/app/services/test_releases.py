"""A newer version is believed only if the right key has signed exactly that."""

import base64
import json
import ssl

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.services.releases import NoRelease, Release, newest, read
from resources.packaging.manifest import new_key, signed
from tests.helpers.target_server import Answer, running_target

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
PAGE = "https://vigil.example/0.2.0"
GOOD = signed(KEY, "0.2.0", PAGE)


def outer(**changes: object) -> bytes:
    return json.dumps(json.loads(GOOD) | changes).encode()


def test_a_manifest_of_the_right_key_is_believed() -> None:
    assert read(GOOD.encode(), PUBLIC) == Release("0.2.0", PAGE)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (outer(manifest=json.dumps({"version": "9.9.9", "url": PAGE})), "not signed"),
        (outer(signature=base64.b64encode(bytes(64)).decode()), "not signed"),
        (outer(signature=""), "not signed"),
        (outer(signature="?"), "cannot be read"),
        (outer(manifest=7), "not signed"),
        (b"", "cannot be read"),
        (b"[]", "cannot be read"),
        (b"[" * 50_000, "cannot be read"),
        (b"\xff\xfe{}", "cannot be read"),
        (signed(KEY, "0.2", PAGE).encode(), "no version"),
        (signed(KEY, "0.2.0-evil", PAGE).encode(), "no version"),
        (signed(KEY, "0.2.0", "javascript:alert(1)").encode(), "no page"),
        (signed(Ed25519PrivateKey.generate(), "0.2.0", PAGE).encode(), "not signed"),
    ],
)
def test_anything_else_is_not(body: bytes, reason: str) -> None:
    found = read(body, PUBLIC)
    assert isinstance(found, NoRelease)
    assert reason in found.reason


def test_a_key_that_is_none_believes_nobody() -> None:
    assert isinstance(read(GOOD.encode(), "c2hvcnQ="), NoRelease)


@pytest.mark.parametrize(
    ("this", "newer"),
    [("0.1.0", True), ("0.2.0", False), ("0.10.0", False), ("1.0.0", False), ("0.1.99", True)],
)
def test_versions_are_compared_by_number(this: str, newer: bool) -> None:
    assert Release("0.2.0", PAGE).is_newer_than(this) is newer


async def test_it_is_fetched_from_a_real_server() -> None:
    tls = ssl.create_default_context()
    async with running_target() as server:
        server.answer = Answer(body=GOOD.encode())
        assert await newest(f"{server.url}/vigil.json", PUBLIC, tls) == Release("0.2.0", PAGE)
        (request,) = server.requests
        assert request.path == "/vigil.json", "nothing is told but the question"
        for answer, reason in (
            (Answer(status=404), "404"),
            (Answer(status=302, headers={"Location": f"{server.url}/else"}), "302"),
            (Answer(body=b" " * 70_000), "too long"),
        ):
            server.answer = answer
            found = await newest(server.url, PUBLIC, tls)
            assert isinstance(found, NoRelease)
            assert reason in found.reason
    found = await newest(server.url, PUBLIC, tls)
    assert isinstance(found, NoRelease), "nobody there"
    assert await newest("http://vigil.example/x", PUBLIC, tls) == NoRelease(
        "http://vigil.example/x is not https"
    )


def test_the_private_key_can_be_read_by_its_owner_alone(tmp_path) -> None:
    public = new_key(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    private = base64.b64decode((tmp_path / "key").read_bytes())
    mine = Ed25519PrivateKey.from_private_bytes(private)
    assert isinstance(read(signed(mine, "1.0.0", PAGE).encode(), public), Release)

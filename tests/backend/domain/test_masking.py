"""No secret of a request is seen in what is kept of its answer."""

import pytest

from backend.domain.endpoint import Endpoint
from backend.domain.masking import MASK, masked, masked_head, masked_header, secrets_of


def endpoint(url: str = "http://a.test", **headers: str) -> Endpoint:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Endpoint(id="a", name="A", url=url, headers=named, created_at_ms=1, updated_at_ms=2)


@pytest.mark.parametrize(
    ("asked", "echoed"),
    [
        (endpoint(Authorization="Bearer abc123"), "you sent Bearer abc123"),
        (endpoint(Authorization="Bearer abc123"), "the token abc123 is wrong"),
        (endpoint(X_Custom="geheim"), "{'x-custom': 'geheim'}"),
        (endpoint(Cookie="sid=s3cr3t; lang=ko"), "session s3cr3t is over"),
        (endpoint("http://me:p%40ssword@a.test"), "me:p@ssword"),
        (endpoint("http://me:p%40ssword@a.test"), "p%40ssword"),
        (endpoint("http://me:password@a.test"), "Basic bWU6cGFzc3dvcmQ="),
    ],
)
def test_what_a_server_echoes_is_masked(asked: Endpoint, echoed: str) -> None:
    text = masked(echoed, secrets_of(asked))

    assert MASK in text
    for secret in ("abc123", "geheim", "s3cr3t", "ssword", "password", "bWU6"):
        assert secret not in text


def test_words_that_say_nothing_private_stay() -> None:
    asked = endpoint(Accept="application/json", Authorization="Bearer x", X_Short="ok")

    assert masked("Bearer application/json ok", secrets_of(asked)) == ("Bearer application/json ok")


def test_a_secret_cut_by_the_end_of_what_is_kept_is_masked_too() -> None:
    secrets = secrets_of(endpoint(X_Key="0123456789"))

    assert masked_head("key: 0123456", secrets) == f"key: {MASK}"
    assert masked_head("key: 012", secrets) == "key: 012"


def test_headers_for_secrets_are_masked_whole() -> None:
    assert masked_header("Set-Cookie", "a=b", ()) == MASK
    assert masked_header("X-Echo", "geheim!", ("geheim",)) == f"{MASK}!"
    assert masked_header("Server", "nginx", ("geheim",)) == "nginx"

"""Where a check is led, and what it takes along."""

from dataclasses import replace

import pytest
import trustme

from backend.checks.http_prober import HttpProber
from backend.checks.question import InvalidAddressError, Question, redirected
from backend.contract.vocabulary import Method, Reason
from backend.domain.endpoint import Json
from backend.domain.reply import Failure, Reply
from backend.domain.secret_values import filled
from tests.backend.checks.conftest import endpoint_at, server_context
from tests.helpers.target_server import Answer, running_target

SECRETS = {"Authorization": "Bearer geheim", "Cookie": "s=1", "X-Key": "geheim"}


def leading_to(location: str, status: int = 302) -> Answer:
    return Answer(status, body=b"", headers={"Location": location})


@pytest.mark.parametrize("location", ["/there?x=1", "there?x=1", "//{host}/there?x=1", "?x=1"])
async def test_a_relative_location_is_followed(prober: HttpProber, location: str) -> None:
    async with running_target() as target:
        host = target.url.removeprefix("http://")
        target.answers["/here"] = leading_to(location.format(host=host))
        reply = await prober.ask(endpoint_at(f"{target.url}/here"))

    assert isinstance(reply, Reply)
    assert reply.status_code == 200
    assert target.requests[-1].path in ("/there?x=1", "/here?x=1")


async def test_secrets_stay_within_their_origin(prober: HttpProber) -> None:
    async with running_target() as target, running_target() as other:
        target.answers["/1"] = leading_to("/2")
        target.answers["/2"] = leading_to(f"{other.url}/3")
        other.answers["/3"] = leading_to(f"{target.url}/4")
        await prober.ask(endpoint_at(f"{target.url}/1", headers=SECRETS))

    first, second, back = target.requests
    (foreign,) = other.requests
    for request in (first, second):
        assert request.headers.items() >= {k.lower(): v for k, v in SECRETS.items()}.items()
    for request in (foreign, back):
        assert b"geheim" not in request.raw
        assert "cookie" not in request.headers


@pytest.mark.parametrize("status", [301, 307, 308])
@pytest.mark.parametrize("body", ["{{secret:auto.body.1}}", {"pin": "a {{secret:pin}}"}])
async def test_a_body_with_a_secret_stays_within_its_origin(
    prober: HttpProber, status: int, body: Json
) -> None:
    endpoint = endpoint_at("http://x/", method=Method.PUT, body=body)
    asked = filled(endpoint, {"auto.body.1": '{"pin": "geheim"}', "pin": "geheim"})
    async with running_target() as target, running_target() as other:
        target.answers["/1"] = leading_to("/2", status)
        target.answers["/2"] = leading_to(f"{other.url}/3", status)
        other.answers["/3"] = leading_to(f"{target.url}/4", status)
        await prober.ask(replace(asked, url=f"{target.url}/1"))

    first, second, back = target.requests
    (foreign,) = other.requests
    for request in (first, second):
        assert b"geheim" in request.body
    for request in (foreign, back):
        assert b"geheim" not in request.raw
        assert (request.method, request.body) == ("PUT", b"")
        assert "content-type" not in request.headers


async def test_a_body_without_a_secret_goes_along(prober: HttpProber) -> None:
    async with running_target() as target, running_target() as other:
        target.answer = leading_to(f"{other.url}/", 308)
        await prober.ask(endpoint_at(target.url, method=Method.POST, body={"a": 1}))

    assert other.requests[0].body == b'{"a": 1}'


async def test_a_password_in_the_url_stays_within_its_origin(prober: HttpProber) -> None:
    async with running_target() as target, running_target() as other:
        target.answer = leading_to(f"{other.url}/")
        await prober.ask(endpoint_at(target.url.replace("http://", "http://me:geheim@")))

    assert "authorization" in target.requests[0].headers
    assert "authorization" not in other.requests[0].headers


@pytest.mark.parametrize("begins_secured", [True, False])
async def test_secrets_do_not_change_between_http_and_https(
    prober: HttpProber, authority: trustme.CA, begins_secured: bool
) -> None:
    tls = server_context(authority.issue_cert("127.0.0.1"))
    async with running_target(tls=tls) as secured, running_target() as plain:
        first, second = (secured, plain) if begins_secured else (plain, secured)
        first.answer = leading_to(f"{second.url}/there")
        reply = await prober.ask(endpoint_at(first.url, headers=SECRETS))

    assert isinstance(reply, Reply)
    assert b"geheim" in first.requests[0].raw
    assert b"geheim" not in second.requests[0].raw
    assert reply.facts
    assert (reply.facts.url, reply.facts.redirects) == (f"{second.url}/there", 1)


async def test_a_circle_ends_after_ten_redirects(prober: HttpProber) -> None:
    async with running_target(leading_to("/")) as target:
        failure = await prober.ask(endpoint_at(target.url))

    assert failure == Failure(Reason.TARGET, "More than 10 redirects")
    assert target.hits == 11


@pytest.mark.parametrize(
    "location",
    [
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://[::1/",
        "http://x:99999/",
    ],
)
async def test_only_http_and_https_are_followed(prober: HttpProber, location: str) -> None:
    async with running_target(leading_to(location)) as target:
        failure = await prober.ask(endpoint_at(target.url))

    assert isinstance(failure, Failure)
    assert failure.reason is Reason.TARGET
    assert failure.message.startswith("Redirected to an")
    assert target.hits == 1


async def test_an_expected_redirect_is_the_answer(prober: HttpProber) -> None:
    async with running_target(leading_to("/next")) as target:
        reply = await prober.ask(endpoint_at(target.url, expected_status_code=302))

    assert isinstance(reply, Reply)
    assert reply.status_code == 302
    assert target.hits == 1


async def test_redirects_are_not_followed_when_the_user_does_not_want_it(
    prober: HttpProber,
) -> None:
    async with running_target(leading_to("/next")) as target:
        reply = await prober.ask(endpoint_at(target.url, follow_redirects=False))

    assert isinstance(reply, Reply)
    assert reply.status_code == 302
    assert target.hits == 1


async def test_a_redirect_to_nowhere_is_an_answer(prober: HttpProber) -> None:
    async with running_target(Answer(304, body=b"")) as target:
        reply = await prober.ask(endpoint_at(target.url))

    assert isinstance(reply, Reply)
    assert reply.status_code == 304


@pytest.mark.parametrize(
    ("method", "status", "then"),
    [
        (Method.POST, 301, "GET"),
        (Method.POST, 302, "GET"),
        (Method.POST, 303, "GET"),
        (Method.PUT, 303, "GET"),
        (Method.HEAD, 303, "HEAD"),
        (Method.PUT, 301, "PUT"),
        (Method.POST, 307, "POST"),
        (Method.POST, 308, "POST"),
    ],
)
async def test_the_method_after_a_redirect(
    prober: HttpProber, method: Method, status: int, then: str
) -> None:
    async with running_target() as target:
        target.answers["/"] = leading_to("/next", status)
        await prober.ask(endpoint_at(f"{target.url}/", method=method, body={"a": 1}))

    asked = target.requests[-1]
    assert asked.method == then
    assert asked.body == (b"" if then == "GET" else b'{"a": 1}')
    assert ("content-type" in asked.headers) == (then != "GET")


@pytest.mark.parametrize(
    ("before", "after", "stays"),
    [
        ("http://a.test/x", "http://a.test:80/y", True),
        ("http://a.test/x", "http://A.TEST/y", True),
        ("http://a.test/x", "https://a.test/y", False),
        ("http://a.test/x", "http://a.test:81/y", False),
        ("http://a.test/x", "http://b.a.test/y", False),
        ("http://a.test/x", "http://a.test@b.test/y", False),
    ],
)
def test_what_counts_as_the_same_origin(before: str, after: str, stays: bool) -> None:
    question = Question("GET", before, {"x-key": "1"}, None, None)

    assert bool(redirected(question, 302, after).own_headers) is stays


def test_a_user_named_by_a_server_is_ignored() -> None:
    question = Question("GET", "http://a.test/", {}, None, None)

    assert redirected(question, 302, "http://me:pw@a.test/x#y").url == "http://a.test/x"


def test_an_unreadable_location_is_an_invalid_address() -> None:
    with pytest.raises(InvalidAddressError):
        redirected(Question("GET", "http://a.test/", {}, None, None), 302, "http://[oops/")

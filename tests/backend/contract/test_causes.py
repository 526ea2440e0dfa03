"""What endpoints that changed together have in common is named, the likeliest first."""

from dataclasses import replace

import pytest

from backend.contract.causes import Affected, Cause, by_cause, common_cause
from backend.contract.vocabulary import CauseKind

EXPIRED = "TLS certificate expired on 2026-01-01"
LOOKUP = "DNS lookup failed: the name server does not answer"


def at(host: str, message: str | None = None, *tags: str) -> Affected:
    return Affected(f"https://{host}/health", message, tags)


def both(host: str, address: str) -> Affected:
    return replace(at(host), address=address)


@pytest.mark.parametrize(
    ("affected", "cause"),
    [
        ([at("a.test"), at("a.test:8443")], Cause(CauseKind.HOST, "a.test")),
        ([at("A.test"), at("a.test")], Cause(CauseKind.HOST, "a.test")),
        ([at("10.0.0.7"), at("10.0.0.7")], Cause(CauseKind.ADDRESS, "10.0.0.7")),
        ([at("[::1]:80"), at("[::1]:81")], Cause(CauseKind.ADDRESS, "::1")),
        ([at("a.test", LOOKUP), at("b.test", LOOKUP)], Cause(CauseKind.RESOLVER)),
        ([at("a.test", EXPIRED), at("b.test", EXPIRED)], Cause(CauseKind.CERTIFICATE, EXPIRED)),
        (
            [at("a.test", None, "x", "shop"), at("b.test", None, "shop")],
            Cause(CauseKind.TAG, "shop"),
        ),
        ([at("a.test", LOOKUP, "x"), at("a.test", LOOKUP, "x")], Cause(CauseKind.HOST, "a.test")),
        ([at("a.test", "Timeout exceeded"), at("b.test", "Timeout exceeded")], None),
        ([at("a.test", EXPIRED), at("b.test", "TLS certificate is self-signed")], None),
        (
            [both("a.test", "192.0.2.7"), both("b.test", "192.0.2.7")],
            Cause(CauseKind.ADDRESS, "192.0.2.7"),
        ),
        ([both("a.test", "192.0.2.7"), at("192.0.2.7")], Cause(CauseKind.ADDRESS, "192.0.2.7")),
        (
            [both("a.test", "192.0.2.7"), both("a.test", "192.0.2.7")],
            Cause(CauseKind.HOST, "a.test"),
        ),
        ([both("a.test", "192.0.2.7"), both("b.test", "192.0.2.8")], None),
        ([at("a.test")], None),
        ([], None),
        ([Affected("http://["), Affected("http://[")], None),
    ],
)
def test_the_likeliest_thing_all_share_is_the_cause(
    affected: list[Affected], cause: Cause | None
) -> None:
    assert common_cause(affected) == cause


def test_several_causes_make_several_groups_and_one_of_the_rest() -> None:
    affected = [
        at("a.test", None, "shop"),
        at("lone.test"),
        at("b.test", LOOKUP),
        at("a.test"),
        at("c.test", LOOKUP, "shop"),
        at("a.test"),
    ]
    assert by_cause(affected) == [
        (Cause(CauseKind.HOST, "a.test"), (0, 3, 5)),
        (Cause(CauseKind.RESOLVER), (2, 4)),
        (None, (1,)),
    ]
    assert by_cause([]) == []

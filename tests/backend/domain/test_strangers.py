"""What gives a network away that answers for everybody, and what does not."""

import pytest

from backend.contract.vocabulary import Reason
from backend.domain.facts import Facts
from backend.domain.reply import Failure, Reply
from backend.domain.strangers import Seen, Witness, is_stranger, marks, seen

LOGIN = "http://login.hotel.test/"


def as_usual(host: str, address: str) -> Seen:
    return Seen(host, address, answered=True)


SHOP = as_usual("shop.example", "198.51.100.7")
BANK = as_usual("api.bank.test", "203.0.113.9")
SISTER = as_usual("news.example", "198.51.200.7")


def sent(host: str, to: str = "login.hotel.test") -> Seen:
    return Seen(host, landed=to, answered=True)


def at(host: str, address: str) -> Seen:
    return Seen(host, address, answered=True)


def broken(host: str, address: str, manner: str = "certificate 1") -> Seen:
    return Seen(host, address, manner=manner, answered=True)


def silent(host: str) -> Seen:
    return Seen(host)


def test_two_unrelated_targets_sent_to_one_other_host_are_answered_by_a_stranger() -> None:
    assert is_stranger([Witness(sent(SHOP.host), SHOP), Witness(sent(BANK.host), BANK)])


def test_also_when_nothing_is_known_of_how_they_were_before() -> None:
    assert is_stranger([Witness(sent(SHOP.host)), Witness(sent(BANK.host))])


def test_two_unrelated_targets_with_one_refused_certificate_likewise() -> None:
    now = broken(SHOP.host, "198.51.100.7"), broken(BANK.host, "203.0.113.9")
    assert is_stranger([Witness(now[0], SHOP), Witness(now[1], BANK)])


def test_a_name_server_with_one_address_for_all_names_likewise() -> None:
    now = at(SHOP.host, "10.0.0.1"), at(BANK.host, "10.0.0.1")
    assert is_stranger([Witness(now[0], SHOP), Witness(now[1], BANK)])


def test_an_answer_that_says_a_login_is_wanted_is_enough() -> None:
    facts = Facts("http://shop.example/", peer="198.51.100.7:80", status_code=511)
    now = seen(SHOP.host, Reply(511, 5.0, {}, b"", facts=facts))
    assert is_stranger([Witness(now, SHOP)])


def test_one_target_that_moved_is_not() -> None:
    assert not is_stranger([Witness(sent(SHOP.host), SHOP)])
    assert not is_stranger([Witness(sent(SHOP.host), SHOP), Witness(BANK, BANK)])


def test_it_is_not_as_soon_as_one_target_answers_as_itself() -> None:
    strange = [Witness(sent(SHOP.host), SHOP), Witness(sent(BANK.host), BANK)]
    other = as_usual("a.third.test", "192.0.2.9")
    assert not is_stranger([*strange, Witness(other, other)])


def test_targets_of_one_network_may_share_their_trouble() -> None:
    """One balancer sends all its sites to a page about maintenance, or shows one certificate."""
    near_shop = as_usual("other.test", "198.51.3.4")
    assert not is_stranger([Witness(sent(SHOP.host), SHOP), Witness(sent("other.test"), near_shop)])


def test_targets_of_one_site_may_share_their_trouble() -> None:
    """Their one wildcard certificate expired, wherever in the world they stand."""
    one, two = as_usual("eu.corp.test", "198.51.100.7"), as_usual("us.corp.test", "203.0.113.9")
    now = broken(one.host, "198.51.100.7"), broken(two.host, "203.0.113.9")
    assert not is_stranger([Witness(now[0], one), Witness(now[1], two)])


def test_who_was_always_sent_there_is_not_strange() -> None:
    usual = sent(SHOP.host), sent(BANK.host)
    assert not is_stranger([Witness(usual[0], usual[0]), Witness(usual[1], usual[1])])


def test_one_sent_elsewhere_while_unrelated_others_fell_silent_is_a_stranger() -> None:
    third = as_usual("a.third.test", "192.0.2.9")
    quiet = [Witness(silent(BANK.host), BANK), Witness(silent(third.host), third)]
    assert is_stranger([Witness(sent(SHOP.host), SHOP), *quiet])
    assert not is_stranger([Witness(sent(SHOP.host), SHOP), *quiet[:1]])
    assert not is_stranger(quiet), "silence alone is another rule's matter"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_that_is_not_followed_shows_where_it_leads(status: int) -> None:
    facts = Facts(
        "http://shop.example/a",
        peer="198.51.100.7:80",
        status_code=status,
        headers=(("Location", LOGIN),),
    )
    assert seen(SHOP.host, Reply(status, 5.0, {}, b"", facts=facts)).landed == "login.hotel.test"


def test_a_redirect_within_one_site_leads_nowhere_else() -> None:
    facts = Facts("https://www.shop.example/", redirects=1, peer="[2001:db8::7]:443")
    now = seen(SHOP.host, Reply(200, 5.0, {}, b"", facts=facts))
    assert (now.landed, now.address) == (None, "2001:db8::7")


def test_a_failure_after_the_connection_was_made_shows_its_manner() -> None:
    facts = Facts("https://shop.example/", peer="198.51.100.7:443", certificates=(b"der",))
    refused = Failure(Reason.TLS, "TLS certificate is for another host", facts=facts)
    reset = Failure(Reason.NETWORK, "Connection reset", facts=Facts("", peer="198.51.100.7:443"))
    lost = Failure(Reason.NETWORK, "Timeout exceeded", facts=Facts("https://shop.example/"))
    assert len(seen(SHOP.host, refused).manner or "") == 64
    assert seen(SHOP.host, reset).manner == "Connection reset"
    assert seen(SHOP.host, lost).manner is None
    assert [seen(SHOP.host, it).answered for it in (refused, reset, lost)] == [True, False, False]


def test_a_literal_address_cannot_be_answered_for_by_a_name_server() -> None:
    usual = at("198.51.100.7", "198.51.100.7")
    assert marks(at("198.51.100.7", "198.51.100.8"), usual) == frozenset()

"""What a server for several users is refused for, and what it may be called."""

import datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
import trustme

from backend.arguments import parser_of_serving, what_makes_no_sense
from backend.binding import Binding, BindingError, prove
from tests.helpers.shared_server import EVERYWHERE, Papers


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """A certificate for a name and two addresses, and a list with one token."""
    papers = Papers(tmp_path_factory.mktemp("papers"), ("Vigil.Example", "192.0.2.7", "::1"))
    papers.add("office")
    return papers


def bound(papers: Papers, address: str = EVERYWHERE, **other: object) -> Binding:
    """Return a binding with all there is to it, but for what is given."""
    known = {"tls_cert": papers.cert, "tls_key": papers.key, "token_file": papers.tokens}
    return Binding(ip_address(address), **(known | other))


def test_with_all_of_it_others_are_served(papers: Papers) -> None:
    entrance = prove(bound(papers))
    assert entrance.tokens is not None
    assert entrance.url(8443) == "https://0.0.0.0:8443"
    assert entrance.hosts(8443) == ("vigil.example:8443", "192.0.2.7:8443", "[::1]:8443")


def test_on_the_port_of_https_clients_leave_it_out(papers: Papers) -> None:
    assert {"vigil.example", "vigil.example:443"} <= set(prove(bound(papers)).hosts(443))


def test_what_is_said_by_hand_counts_too(papers: Papers) -> None:
    hosts = prove(bound(papers, "192.0.2.1", hosts=("status.example:443", "Other.example")))
    assert {"status.example:443", "other.example:8443", "192.0.2.1:8443"} <= set(hosts.hosts(8443))


def test_loopback_needs_none_of_it() -> None:
    entrance = prove(Binding(ip_address("127.0.0.1")))
    assert (entrance.tls, entrance.tokens) == (None, None)
    assert entrance.hosts(80) == ("127.0.0.1:80", "localhost:80", "[::1]:80")


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.1", "fe80::1", "10.0.0.1"])
@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        ({"tls_cert": None, "tls_key": None}, "--tls-cert and --tls-key are needed"),
        ({"tls_cert": None}, "only of use together"),
        ({"tls_key": None}, "only of use together"),
        ({"token_file": None}, "--token-file is needed"),
    ],
)
def test_no_address_that_others_reach_is_served_without(
    papers: Papers, address: str, lacks: dict[str, None], says: str
) -> None:
    with pytest.raises(BindingError, match=says):
        prove(bound(papers, address, **lacks))


def issue(folder: Path, *names: str, **how: object) -> tuple[Path, Path]:
    """Return files with a certificate for some names and its key."""
    leaf = trustme.CA().issue_cert(*names, **how)
    cert, key = folder / "other.pem", folder / "other.key"
    leaf.cert_chain_pems[0].write_to_path(cert)
    leaf.private_key_pem.write_to_path(key)
    key.chmod(0o600)
    return cert, key


def refusal(papers: Papers, **other: object) -> str:
    """Return why it is not served."""
    with pytest.raises(BindingError) as told:
        prove(bound(papers, **other))
    return str(told.value)


def test_an_expired_certificate_is_told_with_its_date(papers: Papers, tmp_path: Path) -> None:
    past = datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)
    cert, key = issue(tmp_path, "a.example", not_before=past.replace(year=2019), not_after=past)
    told = refusal(papers, tls_cert=cert, tls_key=key)
    assert told == f"the certificate {cert} expired on 2020-01-02"


def test_a_certificate_of_the_future_is_told(papers: Papers, tmp_path: Path) -> None:
    begins = datetime.datetime(2200, 1, 2, tzinfo=datetime.UTC)
    cert, key = issue(tmp_path, "a.example", not_before=begins, not_after=begins.replace(year=2201))
    assert "not valid before 2200-01-02" in refusal(papers, tls_cert=cert, tls_key=key)


def test_a_key_of_another_certificate_is_told(papers: Papers, tmp_path: Path) -> None:
    _, key = issue(tmp_path, "a.example")
    assert (
        refusal(papers, tls_key=key) == f"the key {key} does not fit the certificate {papers.cert}"
    )


def test_a_key_that_everybody_can_read_is_told(papers: Papers, tmp_path: Path) -> None:
    cert, key = issue(tmp_path, "a.example")
    key.chmod(0o644)
    assert "open to everybody" in refusal(papers, tls_cert=cert, tls_key=key)


@pytest.mark.parametrize("what", ["tls_cert", "tls_key", "token_file"])
def test_a_file_that_is_missing_or_a_folder_is_named(
    papers: Papers, tmp_path: Path, what: str
) -> None:
    missing = tmp_path / "nowhere"
    told = refusal(papers, **{what: missing})
    assert str(missing) in told
    assert "is missing" in told
    told = refusal(papers, **{what: tmp_path})
    assert f"{tmp_path} cannot be read" in told


@pytest.mark.parametrize("what", ["tls_cert", "tls_key"])
def test_a_file_that_holds_something_else_is_named(
    papers: Papers, tmp_path: Path, what: str
) -> None:
    other = tmp_path / "other"
    other.write_text("no PEM at all")
    other.chmod(0o600)
    assert f"{other} is no PEM" in refusal(papers, **{what: other})


def test_a_certificate_without_a_name_needs_one_by_hand(papers: Papers, tmp_path: Path) -> None:
    cert, key = issue(tmp_path, "*.example")
    given = {"tls_cert": cert, "tls_key": key}
    assert "--allow-host" in refusal(papers, **given)
    assert prove(bound(papers, hosts=("a.example",), **given)).hosts(1) == ("a.example:1",)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("0.0.0.0:8443", ("0.0.0.0", 8443)),
        ("192.0.2.1", ("192.0.2.1", None)),
        ("[::]:8443", ("::", 8443)),
        ("::1", ("::1", None)),
        ("[::1]", ("::1", None)),
        ("localhost:1", ("127.0.0.1", 1)),
    ],
)
def test_an_address_is_read_with_and_without_a_port(
    said: str, meant: tuple[str, int | None]
) -> None:
    options = parser_of_serving().parse_args(["--data-dir", "x", "--bind", said])
    assert options.bind == (ip_address(meant[0]), meant[1])


@pytest.mark.parametrize(
    "said", ["vigil.example", "1.2.3.4:70000", "1.2.3.4:x", "[::1", "[::1]8443", "", ":80"]
)
def test_what_is_no_address_of_this_computer_is_refused(
    said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parser_of_serving().parse_args(["--data-dir", "x", "--bind", said])
    assert "--bind" in capsys.readouterr().err


@pytest.mark.parametrize(
    "said", [["--tls-cert", "c"], ["--allow-host", "a"], ["--bind", "::1", "--token-stdin"]]
)
def test_options_that_make_no_sense_are_told(said: list[str]) -> None:
    options = parser_of_serving().parse_args(["--data-dir", "x", *said])
    assert "--bind" in what_makes_no_sense(options)

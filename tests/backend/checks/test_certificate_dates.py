"""The end of a certificate, as the library that reads all of it says, and nothing but that."""

import contextlib
import datetime
import ssl
import subprocess
import sys

import certifi
import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import example, given
from hypothesis import strategies as st

from backend.checks.certificate_dates import valid_until

FIRST = datetime.datetime(1950, 1, 1, tzinfo=datetime.UTC)
LAST = datetime.datetime(9999, 12, 31, 23, 59, 59, tzinfo=datetime.UTC)
KEY = ec.generate_private_key(ec.SECP256R1())
NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "shop.test")])


def certificate(until: datetime.datetime, serial: int = 1, names: int = 1) -> bytes:
    """Return a certificate in DER form that ends then."""
    others = x509.SubjectAlternativeName([x509.DNSName(f"{it}.shop.test") for it in range(names)])
    made = (
        x509.CertificateBuilder(NAME, NAME, KEY.public_key(), serial, FIRST, until)
        .add_extension(others, critical=False)
        .sign(KEY, SHA256())
    )
    return made.public_bytes(Encoding.DER)


ENDS = st.integers(0, int((LAST - FIRST).total_seconds())).map(
    lambda seconds: FIRST + datetime.timedelta(seconds=seconds)
)


@given(ENDS, st.integers(1, 2**150), st.integers(1, 300))
@example(datetime.datetime(1955, 1, 1, tzinfo=datetime.UTC), 1, 1)
@example(datetime.datetime(2049, 12, 31, 23, 59, 59, tzinfo=datetime.UTC), 1, 1)
@example(datetime.datetime(2050, 1, 1, tzinfo=datetime.UTC), 1, 1)
@example(LAST, 2**150, 300)
def test_the_end_is_the_one_the_certificate_has(
    until: datetime.datetime, serial: int, names: int
) -> None:
    assert valid_until(certificate(until, serial, names)) == until


def test_the_authorities_of_the_world_end_when_openssl_says() -> None:
    context = ssl.create_default_context(cafile=certifi.where())
    told, authorities = context.get_ca_certs(), context.get_ca_certs(binary_form=True)
    assert len(authorities) > 50
    for one, der in zip(told, authorities, strict=True):
        assert valid_until(der).timestamp() == ssl.cert_time_to_seconds(str(one["notAfter"]))


def test_a_certificate_of_the_first_version_has_an_end_too() -> None:
    """It has no version in front of its number: such come from devices that are old."""
    der = trustme.CA().cert_pem.bytes()
    whole = ssl.PEM_cert_to_DER_cert(der.decode())
    version = b"\xa0\x03\x02\x01\x02"
    at = whole.index(version)
    body = int.from_bytes(whole[6:8], "big") - len(version)
    outer = int.from_bytes(whole[2:4], "big") - len(version)
    first = b"\x30\x82%b\x30\x82%b" % (outer.to_bytes(2, "big"), body.to_bytes(2, "big"))
    assert valid_until(first + whole[at + len(version) :]) == valid_until(whole)


WHOLE = certificate(LAST)


@given(st.data())
def test_what_is_cut_off_or_altered_is_refused_and_never_crashes(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=5)):
        whole[at] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ValueError):
        valid_until(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


@pytest.mark.parametrize("der", [b"", b"0", b"0\x80", b"0\x85\x01\x01\x01\x01\x01", b"\x30\x00"])
def test_what_is_no_certificate_has_no_end(der: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        valid_until(der)


def test_the_library_is_loaded_only_once_there_is_a_certificate_to_show() -> None:
    look = (
        "import asyncio, sys\n"
        "from backend.__main__ import load\n"
        "from backend.checks.tls import Contexts, ready_to_read\n"
        "load()\n"
        "Contexts.load()\n"
        "for shown in ((), (b'anything',)):\n"
        "    asyncio.run(ready_to_read(shown))\n"
        "    print('cryptography.x509' in sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]

"""Makes the key and the signed manifest by which a program learns of a newer version.

For whoever publishes Vigil, by hand: `python -m resources.packaging.manifest key FILE` writes a new
private key and prints the public one for ``--update-key``; `... sign FILE VERSION URL` prints the
manifest to be served. The private key never belongs into the checkout.
"""

import argparse
import base64
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def main(arguments: Sequence[str]) -> int:
    """Make a key, or sign."""
    parser = argparse.ArgumentParser(prog="manifest", description=__doc__)
    orders = parser.add_subparsers(required=True, dest="order")
    making = orders.add_parser("key")
    signing = orders.add_parser("sign")
    for each in (making, signing):
        each.add_argument("file", type=Path)
    signing.add_argument("version")
    signing.add_argument("url", help="a page about it, https")
    chosen = parser.parse_args(arguments)
    if chosen.order == "key":
        print(new_key(chosen.file))
    else:
        key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(chosen.file.read_bytes()))
        print(signed(key, chosen.version, chosen.url))
    return 0


def new_key(path: Path) -> str:
    """Write a new private key that only its owner can read; return the public one in Base64."""
    key = Ed25519PrivateKey.generate()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(key.private_bytes_raw()))
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def signed(key: Ed25519PrivateKey, version: str, url: str) -> str:
    """Return the manifest (`app/services/releases.py` reads it)."""
    text = json.dumps({"version": version, "url": url})
    return json.dumps(
        {"manifest": text, "signature": base64.b64encode(key.sign(text.encode())).decode()}
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

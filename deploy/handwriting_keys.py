"""The keys to which handwriting is encrypted: `python -m deploy.handwriting_keys make`, `rotate` or `retire`.

Pages encrypt to the first key of `NAME.pub.pem` in the folder of certificates; one before it is still taken from pages
that were opened a moment ago. The private halves stand under `handwriting/NAME/` of this machine: in a local stack
alone. An Administration makes its keys where no network is, hands over the public ones and opens strokes there
(`python -m evidence strokes`). No private key is ever thrown away here: what was encrypted to it needs it.
"""

import argparse
import hashlib
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from deploy.keys import write_private
from procedure_types.declared import load as load_declared
from settings import ApiSettings

END = b"-----END PUBLIC KEY-----\n"


def make(public: Path, private: Path) -> None:
    """A first key, where there is none."""
    if not public.exists():
        write_private(public, _fresh(private))


def rotate(public: Path, private: Path) -> None:
    """A new key in front of the present one; any older one is taken no more."""
    write_private(public, _fresh(private) + _first(public.read_bytes()))


def retire(public: Path, private: Path) -> None:
    """Only the present key is taken from now on."""
    write_private(public, _first(public.read_bytes()))


def _first(pem: bytes) -> bytes:
    return pem.split(END)[0] + END


def _fresh(private: Path) -> bytes:
    """The public half of a new key, in PEM; the private one is named for it."""
    key = generate_private_key(SECP256R1())
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    private.mkdir(parents=True, exist_ok=True, mode=0o700)
    clear = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_private(private / f"{hashlib.sha256(der).hexdigest()}.key.pem", clear)
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


ORDERS = {"make": make, "rotate": rotate, "retire": retire}


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m deploy.handwriting_keys", description=__doc__)
    told.add_argument("what", choices=sorted(ORDERS), nargs="?", default="make")
    what = told.parse_args().what
    settings = ApiSettings()
    declared = load_declared(settings.types_dirs, settings.identity_dirs)
    names = {one.handwriting_key for one in declared.administrations.values() if one.handwriting_key}
    for name in sorted(names):
        public = settings.pki_dir / f"{name}.pub.pem"
        try:
            ORDERS[what](public, settings.var_dir / "handwriting" / name)
        except OSError as fault:
            print(f"{public}: {fault}", file=sys.stderr)
            return 1
        print(f"{public}: {public.read_bytes().count(END)} keys")
    return 0


if __name__ == "__main__":
    sys.exit(main())

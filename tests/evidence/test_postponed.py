"""A verifier neither signs nor asks the network, and does not wait for what would."""

import subprocess
import sys

SIGNING = {"pyhanko.sign.signers", "pyhanko.sign.timestamps", "aiohttp"}


def after(*lines: str) -> str:
    """What a process of its own prints, that has imported the verifier first."""
    program = "\n".join(("import sys", "import evidence.__main__", *lines))
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout


def test_the_half_that_signs_is_not_imported() -> None:
    assert after(f"print(sorted({SIGNING!r} & set(sys.modules)))") == "[]\n"


def test_whoever_asks_for_it_gets_it() -> None:
    asked = ("from pyhanko.sign import PdfSigner, signers", "print(signers.PdfSigner is PdfSigner)")
    assert after(*asked) == "True\n"
    assert after("import pyhanko.sign", "print(pyhanko.sign.DEFAULT_MD)") == "sha256\n"


def test_what_it_never_had_it_has_not() -> None:
    assert after("import pyhanko.sign", "print(hasattr(pyhanko.sign, 'nothing_of_the_kind'))") == "False\n"

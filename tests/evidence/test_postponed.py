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


def test_nothing_is_imported_for_reports_and_strokes_that_nobody_asked_for() -> None:
    unasked = {"cffi", "pycparser", "evidence.paper", "evidence.strokes"}
    assert after(f"print(sorted({unasked!r} & set(sys.modules)))") == "[]\n"


def test_hashes_are_the_same_without_the_other_way_to_call_them() -> None:
    empty = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert after("from evidence.trie import keccak256", "print(keccak256(b'').hex())") == f"{empty}\n"

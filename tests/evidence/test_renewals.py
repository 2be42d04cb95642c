"""Renewed time-stamps of a whole bundle: kept beside it, read in their order, each over all that was before."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from evidence.__main__ import main
from evidence.bundle import assemble
from evidence.canonical import sha256_hex
from evidence.container import pack, unpack
from evidence.findings import Report, Result, Verdict
from evidence.renewals import TOKEN, digest_over, renewal_name
from evidence.report import render_text
from evidence.verifier import verify, verify_bytes
from tests.evidence.forge import flip
from tests.evidence.sample import Sample

DAY = timedelta(days=1)


def renewal(sample: Sample, parts: Sequence[bytes], by: str = "lasting-tsa", ahead: timedelta = DAY * 20) -> bytes:
    """One more renewal of a bundle (the first of `parts`) and the renewals before it (the others)."""
    token = asyncio.run(sample.pki.stamper(by, ahead).async_timestamp(digest_over(parts)("sha512"), "sha512"))
    listed = sample.pki.revocation_list("tsa-root", ahead)
    return pack({TOKEN: bytes(token.dump()), f"pki/crls/{sha256_hex(listed)}.crl": listed})


def judged(sample: Sample, folder: Path, renewals: Sequence[bytes]) -> Report:
    folder.mkdir()
    for number, content in enumerate(renewals, 1):
        (folder / renewal_name(number)).write_bytes(content)
    return verify_bytes(sample.bundle, sample.trust, renewals=folder)


def renewed(report: Report) -> list[tuple[str, str, Result]]:
    return [(one.object, one.code, one.result) for one in report.findings if one.object[:1].isdigit()]


@pytest.fixture(scope="module")
def first(held: Sample) -> bytes:
    return renewal(held, [held.bundle])


@pytest.fixture(scope="module")
def second(held: Sample, first: bytes) -> bytes:
    return renewal(held, [held.bundle, first], ahead=DAY * 3000)


def test_renewals_in_their_order_keep_the_bundle(held: Sample, first: bytes, second: bytes, tmp_path: Path) -> None:
    """The second is of years after the certificate inside the bundle has ended; the first is what carries it there."""
    report = judged(held, tmp_path / "kept", [first, second])
    assert renewed(report) == [(f"{n}.zip#{TOKEN}", "RENEWAL_INTACT", Result.PASS) for n in (1, 2)]
    assert report.verdict is Verdict.PASSED
    for language, words in (("es", "Sellos de tiempo renovados"), ("en", "Renewed time-stamps of the whole bundle")):
        assert words in render_text(report, language)


def test_the_command_reads_them_from_their_folder(
    held: Sample, first: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held.write_trust(tmp_path)
    (tmp_path / "bundle.zip").write_bytes(held.bundle)
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / "1.zip").write_bytes(first)
    asked = ["verify", str(tmp_path / "bundle.zip"), "--trust", str(tmp_path), "--lang", "en"]
    assert main([*asked, "--renewals", str(folder)]) == 0
    assert "time-stamped the whole bundle again" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="64"):
        main([*asked, "--renewals", str(tmp_path / "none")])


WRONG = {
    "of another bundle": "RENEWAL_OF_ANOTHER_FILE",
    "by an authority that nobody trusts": "CERTIFICATE_NOT_TRUSTED",
    "by a certificate for signing": "CERTIFICATE_WRONG_PURPOSE",
    "before the seal": "RENEWAL_TOO_EARLY",
    "with lists of others": "VALIDATION_DATA_OF_OTHERS",
    "with a note": "FILE_NOT_LISTED",
    "with a list under another name": "NAME_IS_NOT_HASH",
    "without a token": "MEMBER_MISSING",
    "with no token": "CMS_UNREADABLE",
    "no container": "NOT_A_CONTAINER",
}


def wrong(sample: Sample, kind: str) -> bytes:
    true = [sample.bundle]
    token = bytes(unpack(renewal(sample, true)).members[TOKEN])
    of_others = sample.pki.revocation_lists[1]
    makers: dict[str, Callable[[], bytes]] = {
        "of another bundle": lambda: renewal(sample, [flip(sample.bundle, 8000)]),
        "by an authority that nobody trusts": lambda: renewal(sample, true, "foreign-tsa"),
        "by a certificate for signing": lambda: renewal(sample, true, "false-tsa"),
        "before the seal": lambda: renewal(sample, true, ahead=-timedelta(hours=1)),
        "with lists of others": lambda: pack({TOKEN: token, f"pki/crls/{sha256_hex(of_others)}.crl": of_others}),
        "with a note": lambda: pack({TOKEN: token, "note.txt": b"PASSED"}),
        "with a list under another name": lambda: pack({TOKEN: token, f"pki/crls/{'0' * 64}.crl": of_others}),
        "without a token": lambda: pack({f"pki/crls/{sha256_hex(of_others)}.crl": of_others}),
        "with no token": lambda: pack({TOKEN: b"no token"}),
        "no container": lambda: b"PK no container",
    }
    return makers[kind]()


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_renewal_is_named(kind: str, held: Sample, tmp_path: Path) -> None:
    report = judged(held, tmp_path / "wrong", [wrong(held, kind)])
    assert (WRONG[kind], Result.FAIL) in {(code, result) for _, code, result in renewed(report)}
    assert report.verdict is Verdict.FAILED


def test_a_renewal_that_came_too_late_leaves_a_point_open(held: Sample, tmp_path: Path) -> None:
    report = judged(held, tmp_path / "late", [renewal(held, [held.bundle], ahead=DAY * 500)])
    assert renewed(report) == [(f"1.zip#{TOKEN}", "RENEWAL_TOO_LATE", Result.INDETERMINATE)]
    assert report.verdict is Verdict.INDETERMINATE


def test_a_renewal_of_the_bundle_alone_is_no_second_one(held: Sample, first: bytes, tmp_path: Path) -> None:
    """Two that each cover the bundle, and not each other, are no chain: who made up the first could not be seen."""
    report = judged(held, tmp_path / "loose", [first, renewal(held, [held.bundle], ahead=DAY * 30)])
    assert (f"2.zip#{TOKEN}", "RENEWAL_OF_ANOTHER_FILE", Result.FAIL) in renewed(report)


def test_a_renewal_that_was_changed_is_seen_by_the_next(
    held: Sample, first: bytes, second: bytes, tmp_path: Path
) -> None:
    other = renewal(held, [held.bundle])
    assert other != first
    report = judged(held, tmp_path / "changed", [other, second])
    assert (f"2.zip#{TOKEN}", "RENEWAL_OF_ANOTHER_FILE", Result.FAIL) in renewed(report)


def test_what_stands_beside_them_or_is_left_out_is_named(held: Sample, second: bytes, tmp_path: Path) -> None:
    (tmp_path / "2.zip").write_bytes(second)
    (tmp_path / "note.txt").write_bytes(b"")
    report = verify_bytes(held.bundle, held.trust, renewals=tmp_path)
    assert renewed(report) == [("1.zip", "RENEWAL_MISSING", Result.FAIL)]
    assert ("note.txt", "RENEWAL_UNKNOWN") in {(one.object, one.code) for one in report.findings}


def test_a_bundle_without_the_seals_time_stamp_has_nothing_to_renew(held: Sample, first: bytes, tmp_path: Path) -> None:
    unstamped = assemble(held.core, replace(held.outer, seal_token=None))
    (tmp_path / "bundle.zip").write_bytes(unstamped)
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / "1.zip").write_bytes(first)
    report = verify(tmp_path / "bundle.zip", held.trust, renewals=folder)
    assert "NOTHING_TO_RENEW" in {one.code for one in report.findings}
    assert report.verdict is Verdict.INDETERMINATE

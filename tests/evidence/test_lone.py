"""Minutes without their bundle: what their signatures and records say is checked, and what they cannot show is said."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import crl

from evidence.bodies import Office
from evidence.canonical import canonical, sha256_hex
from evidence.certificates import RevocationEvidence
from evidence.findings import Report, Result, Verdict
from evidence.paper_html import render_html
from evidence.paper_making import lay_out
from evidence.report import render_json, render_text
from evidence.signature_record import attachment_name, record_bytes
from evidence.texts import LANGUAGES
from evidence.trust import Trust, load_trust
from evidence.verifier import verify_bytes
from tests.evidence.authorities import Authorities
from tests.evidence.held import PAGES, instant
from tests.evidence.papers import Change, blank_pdf, carrying, sign, with_words
from tests.evidence.sample import Sample

CITIZEN, CLERK = "Marta Lago Prieto", "Iria Outeiro Barral"
HEAD = " ".join(["0123456789abcdef"] * 4)


@dataclass
class Minutes:
    """How they are made; a forger hands in other parts."""

    pki: Authorities
    named: Sequence[str] = (CITIZEN, CLERK)
    words: Mapping[str, Any] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)
    records: int = 1
    clerk: str | None = "clerk"
    seal: str | None = "seal"
    acts: str = "acts"
    carried: tuple[str, ...] | None = None
    """Whose certificates the first signature brings, and the lists of the authorities: nothing, for level B-T."""

    def pdf(self) -> bytes:
        rows = [[name, "", ""] for name in self.named]
        intro = {"id": "annex-intro", "text": f"Hay 12 anotaciones; la huella de la última es {HEAD}."}
        blocks = [{"id": "signatures", "rows": rows}, intro]
        words = {
            "reference": "Acto de conciliación 33010/2026",
            "csv": "ES00",
            "body": "Juzgado de Paz de Lira",
            "blocks": blocks,
            **self.words,
        }
        draft = with_words(blank_pdf("minutes", PAGES), canonical(words))
        change = None if self.carried is None else self._carrying(self.carried)
        records, stamper = self._records(sha256_hex(draft)), self.pki.stamper()
        signed = sign(draft, "act-p1", self.pki.signer(self.acts), stamper, *records, change=change)
        if self.clerk:
            signed = sign(signed, "certificate-p2", self.pki.signer(self.clerk), self.pki.stamper())
        if self.seal:
            signed = sign(signed, "seal", self.pki.signer(self.seal), self.pki.stamper())
        return signed

    def _carrying(self, names: tuple[str, ...]) -> Change:
        lists = [crl.CertificateList.load(one) for one in self.pki.revocation_lists]
        return carrying([self.pki.certificate(name) for name in names], lists)

    def _records(self, sha256: str) -> list[tuple[str, bytes]]:
        now = instant(datetime.now(UTC))
        value = {
            "id": "act-1",
            "procedure": "prc_1",
            "participant": "p1",
            "authenticated_at": now,
            "signer_name": CITIZEN,
            "signer_id_number": "99218765P",
            "mechanism": "pin_to_mobile",
            "assurance": "substantial",
            "authentication_result": "success",
            "authentication_reference": "pin_1",
            "signed_at": now,
            "document_sha256": sha256,
            "document_pages": PAGES,
            "pages_read": list(range(1, PAGES + 1)),
            "csv": "prc_1/d1",
            "source_device": "dev_1",
            **self.record,
        }
        names = [f"{value['id']}{number or ''}" for number in range(self.records)]
        return [(attachment_name(name), record_bytes({**value, "id": name})) for name in names]


@pytest.fixture(scope="module")
def trust(held: Sample) -> Trust:
    lists = tuple(crl.CertificateList.load(one) for one in held.pki.revocation_lists)
    chain = (held.pki.certificate("issuing"),)
    return replace(held.trust, revocation=RevocationEvidence(chain, lists))


def codes(report: Report, result: Result) -> set[str]:
    return {one.code for one in report.findings if one.result is result}


def test_honest_minutes_are_passed_and_called_minutes_alone(pki: Authorities, trust: Trust) -> None:
    report = verify_bytes(Minutes(pki).pdf(), trust)
    assert [one for one in report.findings if one.result is not Result.PASS] == []
    assert report.verdict is Verdict.PASSED
    assert {"LONE_SEAL", "LONE_ACT", "LONE_OWN_CERTIFICATE", "LONE_RECORD_FITS", "LONE_FIXES_JOURNAL"} <= codes(
        report, Result.PASS
    )
    assert report.procedure == "prc_1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_says_who_and_what_it_cannot_show(language: str, pki: Authorities, trust: Trust) -> None:
    report = verify_bytes(Minutes(pki).pdf(), trust)
    page = render_html(lay_out(report, language))
    for said in (page, render_text(report, language), render_json(report, language)):
        assert CITIZEN in said
        assert "***1876**" in said
        assert {"es": "lo cuenta el registro", "en": "the journal tells that"}[language] in said
        assert {"es": "no cuenta ninguna", "en": "tells of none"}[language] not in said
        assert {"es": "está completa", "en": "is complete"}[language] not in said
        assert {"es": "CONTRADICHO", "en": "CONTRADICTED"}[language] not in said
    assert ">PROBADO<" not in page
    assert ">PROVEN<" not in page


def spaced(minutes: bytes) -> bytes:
    """A reader of PDF passes over a space among hexadecimal digits."""
    at = minutes.rindex(b"0000>")
    return minutes[:at] + b" " + minutes[at + 1 :]


LATE = instant(datetime.now(UTC) + timedelta(days=1))
FORGED: list[tuple[str, Callable[[Authorities], bytes], str, Result]] = [
    ("nobody sealed them", lambda pki: Minutes(pki, seal=None).pdf(), "LONE_WITHOUT_SEAL", Result.INDETERMINATE),
    ("no official signed", lambda pki: Minutes(pki, clerk=None).pdf(), "LONE_WITHOUT_OFFICIAL", Result.INDETERMINATE),
    (
        "somebody signed whom they do not name",
        lambda pki: Minutes(pki, named=(CITIZEN, "Otra Persona")).pdf(),
        "LONE_SIGNER_NOT_NAMED",
        Result.INDETERMINATE,
    ),
    (
        "they have no words",
        lambda pki: Minutes(pki, words={"blocks": 1}).pdf(),
        "MINUTES_FIX_NO_JOURNAL",
        Result.INDETERMINATE,
    ),
    ("a space in the room of a signature", lambda pki: spaced(Minutes(pki).pdf()), "CMS_NOT_STRICT", Result.FAIL),
    (
        "the record is of another document",
        lambda pki: Minutes(pki, record={"document_sha256": "0" * 64}).pdf(),
        "LONE_RECORD_OF_ANOTHER_DOCUMENT",
        Result.FAIL,
    ),
    ("there is no record", lambda pki: Minutes(pki, records=0).pdf(), "LONE_RECORDS_DIFFER", Result.FAIL),
    ("there are two records", lambda pki: Minutes(pki, records=2).pdf(), "LONE_RECORDS_DIFFER", Result.FAIL),
    ("a page less", lambda pki: Minutes(pki, record={"document_pages": 1}).pdf(), "PAGES_DIFFER", Result.FAIL),
    ("a page unread", lambda pki: Minutes(pki, record={"pages_read": [1]}).pdf(), "PAGES_READ_DIFFER", Result.FAIL),
    (
        "signed before it was authenticated",
        lambda pki: Minutes(pki, record={"authenticated_at": LATE}).pdf(),
        "SIGNED_BEFORE_AUTHENTICATED",
        Result.FAIL,
    ),
    (
        "stamped before it was authenticated",
        lambda pki: Minutes(pki, record={"authenticated_at": LATE, "signed_at": LATE}).pdf(),
        "SIGNED_BEFORE_ITS_AUTHENTICATION",
        Result.FAIL,
    ),
    (
        "sealed by another body than they name",
        lambda pki: Minutes(pki, seal="seal-of-the-court").pdf(),
        "SEALED_BY_ANOTHER_BODY",
        Result.FAIL,
    ),
    (
        "what was signed before another body than they name",
        lambda pki: Minutes(pki, acts="acts-of-the-court").pdf(),
        "LONE_ACT_OF_ANOTHER_BODY",
        Result.FAIL,
    ),
    (
        "what was signed before another body than the one that sealed, and a name that nobody knows",
        lambda pki: Minutes(pki, acts="acts-of-the-court", words={"body": "Juzgado"}).pdf(),
        "LONE_ACT_OF_OTHER_THAN_SEAL",
        Result.FAIL,
    ),
    ("cut", lambda pki: Minutes(pki).pdf()[:-200], "PDF_UNREADABLE", Result.FAIL),
    ("a comment after it", lambda pki: Minutes(pki).pdf() + b"% added\n", "CONTENT_AFTER_SIGNATURE", Result.FAIL),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "code", "result"), FORGED, ids=[one[0] for one in FORGED])
def test_what_is_not_as_it_should_be_is_not_passed(
    name: str, make: Callable[[Authorities], bytes], code: str, result: Result, pki: Authorities, trust: Trust
) -> None:
    report = verify_bytes(make(pki), trust)
    assert code in codes(report, result), [one for one in report.findings if one.result is not Result.PASS]
    assert report.verdict.value == ("FAILED" if result is Result.FAIL else "INDETERMINATE")


@pytest.mark.parametrize("acts", ["acts", "acts-of-the-court"])
def test_a_folder_with_one_certificate_of_acts_for_all_bodies_judges_as_before(
    acts: str, pki: Authorities, trust: Trust
) -> None:
    wide = [replace(one, bodies=frozenset()) if one.office is Office.ACTS else one for one in trust.permitted]
    assert verify_bytes(Minutes(pki, acts=acts).pdf(), replace(trust, permitted=tuple(wide))).verdict is Verdict.PASSED


def test_without_trust_or_revocation_data_they_stay_open(pki: Authorities, held: Sample) -> None:
    minutes = Minutes(pki).pdf()
    assert verify_bytes(minutes).verdict is Verdict.INDETERMINATE
    assert codes(verify_bytes(minutes, held.trust), Result.INDETERMINATE) == {"REVOCATION_UNKNOWN"}


def test_minutes_that_carry_their_validation_data_need_nothing_else(pki: Authorities, held: Sample) -> None:
    report = verify_bytes(Minutes(pki, carried=("issuing", "tsa")).pdf(), held.trust)
    assert [one for one in report.findings if one.result is not Result.PASS] == []
    assert report.verdict is Verdict.PASSED


def test_validation_data_of_somebody_who_did_not_sign_are_not_passed(pki: Authorities, held: Sample) -> None:
    for trust in (held.trust, replace(held.trust, signature_roots=(), timestamp_roots=())):
        report = verify_bytes(Minutes(pki, carried=("issuing", "tsa", "citizen")).pdf(), trust)
        assert "VALIDATION_DATA_OF_OTHERS" in codes(report, Result.FAIL)


def test_the_verifier_may_bring_revocation_data(pki: Authorities, held: Sample, tmp_path: Path) -> None:
    folder = held.write_trust(tmp_path / "trust")
    (folder / "revocation").mkdir()
    for number, one in enumerate(held.pki.revocation_lists):
        (folder / "revocation" / f"{number}.crl").write_bytes(one)
    report = verify_bytes(Minutes(pki).pdf(), load_trust(folder))
    assert "REVOCATION_UNKNOWN" not in codes(report, Result.INDETERMINATE)


def test_no_random_change_is_passed(pki: Authorities, trust: Trust) -> None:
    minutes, chance = Minutes(pki).pdf(), random.Random(61)
    passed = []
    for _ in range(24):
        at = chance.randrange(len(minutes))
        changed = bytearray(minutes)
        changed[at] ^= 1 << chance.randrange(8)
        report = verify_bytes(bytes(changed), trust)
        assert render_text(report, "es")
        passed += [at] if report.verdict is Verdict.PASSED else []
    assert passed == []

"""Whatever a check can say, it can say in both languages."""

import re
import string
from pathlib import Path

import pytest

import evidence
from evidence.findings import Verdict
from evidence.indications import MEANINGS
from evidence.parts import ReferenceReason
from evidence.signing_story import Means
from evidence.texts import LANGUAGES, load_texts
from evidence.verifier import CHECKS
from tests.evidence import broken
from tests.evidence.forge import DEFECTS
from tests.evidence.forged import FORGERIES

PACKAGE = Path(evidence.__file__).parent
CODE = re.compile(r'"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|SEALED)"')
CONSTANTS = re.compile(r"^([A-Z][A-Z0-9_]*)\b", re.MULTILINE)


def codes_in_source() -> set[str]:
    sources = [path.read_text("utf-8") for path in PACKAGE.rglob("*.py")]
    constants = {name for source in sources for name in CONSTANTS.findall(source)}
    said = {code for source in sources for code in CODE.findall(source)} - constants
    said |= {f"NOT_INCLUDED_{reason.upper()}" for reason in ReferenceReason}
    said |= {f"SIGNED_BY_{means.upper()}" for means in Means}
    said -= {sub for _, sub in MEANINGS.values()}  # of the standard: they are the same in every language
    return said - {"PATH_NOT_IN_LAYOUT", "DOCUMENT_HASH_DIFFERS", "NO_PROCEDURE"}  # of builder and report


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence_and_every_sentence_a_code(language: str) -> None:
    assert set(load_texts(language).findings) == codes_in_source()


def test_both_languages_speak_of_the_same_parameters() -> None:
    first, second = (load_texts(language).findings for language in LANGUAGES)
    for code in first:
        assert parameters(first[code]) == parameters(second[code]), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_and_verdict_has_a_name(language: str) -> None:
    texts = load_texts(language)
    assert set(texts.checks) == {name for name, _ in CHECKS}
    assert set(Verdict) <= set(texts.report)


def test_every_way_to_fail_is_provoked_by_a_defect() -> None:
    assert broken.__all__
    provoked = {defect.code for defect in DEFECTS} | {forgery.code for forgery in FORGERIES}
    sources = "".join(path.read_text("utf-8") for path in (PACKAGE / "checks").glob("*.py"))
    failing = set(re.findall(r'CHECK\.failed\([^()]*?(?:\([^()]*\)[^()]*?)*?"([A-Z_]+)"', sources))
    assert len(failing) > 40
    assert failing - provoked == set()


def parameters(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

"""No code reaches people: what the program calls a thing has words in every language, or is not told."""

import pytest
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

import procedure_types
from api.http.problems import field_errors
from api.routes.rooms import claims_of
from domain.refusals import REGISTRY, files
from domain.refusals.declared import Declared
from domain.types.absence import AS_IN_0_1
from domain.types.vocabulary import Privacy
from templates.catalogues import LANGUAGES_WITH_WORDS, catalogue, placeholders
from templates.timeline import timeline_sentence
from templates.words import Words
from tests.domain.samples import summoned

each_language = pytest.mark.parametrize("code", sorted(LANGUAGES_WITH_WORDS))

NAMES_OF_CODES = {
    "allowed", "body", "cause", "expected", "first", "item", "items", "kind", "known", "method", "outcome",
    "participant", "policy", "role", "signer", "stage", "state", "type",
}  # fmt: skip
"""What refusals tell programs: codes and ids. People are told in words."""


@each_language
def test_no_refusal_tells_people_a_code(code: str) -> None:
    for name in ("refusals", "problems"):
        for path, said in catalogue(name, code).items():
            assert not placeholders(said) & NAMES_OF_CODES, f"{name}.{path}"
    assert len(REGISTRY) > 100


SOMETIMES_KNOWN = {("file_unreadable", "page")}


@each_language
def test_a_refusal_of_a_file_tells_people_all_that_is_known_of_it(code: str) -> None:
    """Which file, which page, what is in it, how much may be: nobody guesses which of twenty photographs is bad."""
    said = catalogue("refusals", code)
    of_files = [one for one in vars(files).values() if isinstance(one, Declared)]
    assert len(of_files) > 20
    for refusal in of_files:
        told = set[str]().union(
            *(placeholders(said.get(f"{refusal.code}.{part}", "")) for part in ("title", "why", "next"))
        )
        kept = {(refusal.code, name) for name in refusal.params - told} - SOMETIMES_KNOWN
        assert not kept, "known and not told"


REASONS = {rule.reason for kind in procedure_types.load().values() for rule in kind.absence if rule.reason}
REASONS |= {rule.reason for rules in AS_IN_0_1.values() for rule in rules if rule.reason}


@each_language
@pytest.mark.parametrize("reason", sorted(REASONS))
def test_why_an_act_was_called_off_by_itself_is_told_in_words(reason: str, code: str) -> None:
    words = Words(code, "Europe/Madrid")
    said = timeline_sentence("procedure_cancelled", {"reason": reason}, summoned(), words)
    assert reason not in said
    assert catalogue("vocabulary", code)[f"cancellation.{reason}"] in (said, said.rpartition(": ")[2])


def test_what_somebody_wrote_is_told_as_it_was_written() -> None:
    words = Words("es", "Europe/Madrid")
    said = timeline_sentence("procedure_cancelled", {"reason": "La solicitante desiste"}, summoned(), words)
    assert said.endswith("La solicitante desiste")


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=3, pattern="^[a-z]+$")
    count: int = Field(ge=2)
    sure: bool
    people: tuple[str, ...] = Field(min_length=1)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"name": "ab", "count": 1, "sure": "maybe", "people": []},
        {"name": "ABC", "count": 1.5, "sure": None, "people": {}, "more": 1},
        {"name": 7, "count": "x", "sure": True, "people": "a"},
    ],
)
def test_what_is_wrong_with_a_request_is_told_in_the_language_of_whoever_asked(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as refused:
        _Asked.model_validate(said)
    faults = refused.value.errors()
    told = {code: field_errors(RequestValidationError(faults), code) for code in ("es", "en")}
    for fault, spanish, english in zip(faults, told["es"], told["en"], strict=True):
        assert fault["type"] in catalogue("faults", "es"), "a kind of its own has words of its own"
        assert spanish["code"] == english["code"] == fault["type"]
        assert spanish["detail"] != english["detail"]
        assert fault["msg"] not in (spanish["detail"], english["detail"])


def test_a_kind_of_fault_that_nobody_foresaw_is_told_in_general_words() -> None:
    odd = RequestValidationError([{"type": "of_a_later_version", "loc": ("body",), "msg": "Odd", "ctx": {}}])
    assert field_errors(odd, "es")[0]["detail"] == catalogue("faults", "es")["other"]


def test_an_alias_in_the_room_is_told_in_the_language_of_the_record() -> None:
    procedure = summoned("victim_appointment")
    assert procedure.type.procedure.privacy is Privacy.PROTECTED
    label = claims_of(procedure, procedure.citizens[0].id).label
    assert label == procedure.role_of(procedure.citizens[0]).titles.in_language(procedure.language)

"""The shipped procedure types: at least one a family, whole, lawful, with the same hash anywhere."""

from typing import Any

import pytest

import agenda_types
import procedure_types
from domain.errors import PersonMustAct
from domain.types.document_plan import WrittenWhen
from domain.types.procedure_type import MINUTES, ProcedureType
from domain.types.vocabulary import (
    BodyKind,
    Family,
    IdentityMethod,
    MailContent,
    Privacy,
    Publicity,
    RecordingPolicy,
    Side,
    SignatureMethod,
    Verb,
)
from procedure_types import RULE_BOOKS
from procedure_types.law import LAW
from tests.agenda_types.sentences import languages_and_fillings, rendered
from tests.agenda_types.test_shipped_item_types import texts_of

ITEMS = agenda_types.load()
TYPES = procedure_types.load(items=ITEMS)
WITH_CITIZENS = {id: kind for id, kind in TYPES.items() if any(r.side is Side.CITIZEN for r in kind.roles)}
"""The others are between authorities: nobody is summoned, and nobody comes."""

each_type = pytest.mark.parametrize("procedure", TYPES.values(), ids=TYPES)
each_with_citizens = pytest.mark.parametrize("procedure", WITH_CITIZENS.values(), ids=WITH_CITIZENS)


def test_there_is_a_type_for_each_family() -> None:
    assert {procedure.family for procedure in TYPES.values()} == set(Family)
    assert {procedure.code: procedure.id for procedure in TYPES.values()} == {
        "P1": "oral_hearing_witness",
        "P2": "statement_in_investigation",
        "P3": "conciliation",
        "P4": "mediation",
        "P5": "apud_acta_power",
        "P6": "ratification",
        "P7": "birth_declaration",
        "P8": "life_certificate",
        "P9": "marriage_file_hearing",
        "P10": "register_certificate",
        "P11": "victim_appointment",
        "P12": "document_delivery",
        "P13": "mutual_legal_assistance",
        "P15": "legal_aid_application",
        "P16": "service_at_office",
        "P17": "voluntary_jurisdiction_hearing",
        "P18": "commission_session",
        "P19": "apud_acta_power_ending",
    }


@each_type
def test_every_text_says_something_in_spanish_and_in_english(procedure: ProcedureType) -> None:
    found = list(texts_of(procedure))
    assert len(found) > 12
    for texts in found:
        assert texts.root["es"].strip() and texts.root["en"].strip()


@each_with_citizens
def test_the_citizen_learns_what_happens_what_to_bring_and_what_rights_there_are(
    procedure: ProcedureType,
) -> None:
    information = procedure.information
    assert len(information.summary.in_language("es")) > 100
    assert information.bring and information.rights
    for texts in texts_of(information):
        assert not {"proceda", "aportar", "captura"} & set(texts.in_language("es").lower().split())


@each_with_citizens
def test_a_citizen_signs_before_the_authority_and_the_body_seals_last(procedure: ProcedureType) -> None:
    *documents, approval, seal = procedure.signatures
    sources = {plan.code: plan.from_item for plan in procedure.documents}
    rulings = {code for code, item in sources.items() if item and ITEMS[item].verb is Verb.RULE}
    rulings |= {plan.code for plan in procedure.written(WrittenWhen.UNSIGNED)}
    # Law: LO 1/2025 art. 10.3, what tells a part of an item is certified by the authority alone.
    rulings |= {plan.code for plan in procedure.documents if plan.only}
    for code in {line.document for line in documents} - rulings:
        sides = [procedure.role(line.signers[0]).side for line in documents if line.document == code]
        # An interpreter signs what they put into another language.
        sides = [side for side in sides if side is not Side.PROFESSIONAL]
        assert sides in ([Side.CITIZEN], [Side.CITIZEN, Side.AUTHORITY])
    assert [line.document for line in (approval, seal)] == [MINUTES, MINUTES]
    assert [line.method for line in (approval, seal)] == [SignatureMethod.OWN_CERTIFICATE, SignatureMethod.SEAL]
    assert approval.signers == (procedure.minutes.approver,)
    by_citizens = [line for line in documents if procedure.role(line.signers[0]).side is Side.CITIZEN]
    assert all(line.method is SignatureMethod.AUTHENTICATED_ACT for line in by_citizens)


@each_type
def test_every_signed_document_is_written_from_an_item_of_the_plan(procedure: ProcedureType) -> None:
    planned = {line.item for line in procedure.agenda.planned}
    for line in procedure.signatures:
        document = procedure.document(line.document)
        if document is not None and document.written_when is not WrittenWhen.UNSIGNED:
            assert document.from_item in planned


@each_with_citizens
def test_who_does_not_come_is_not_waited_for_without_end(procedure: ProcedureType) -> None:
    starts = {deadline.start.value for deadline in procedure.deadlines}
    assert {"scheduled", "interrupted"} <= starts
    assert all(deadline.length.total_seconds() > 0 for deadline in procedure.deadlines)


def test_a_victim_meets_only_neutral_words_outside_the_room() -> None:
    victim = TYPES["victim_appointment"]
    assert victim.recording is RecordingPolicy.FORBIDDEN
    assert (victim.privacy, victim.publicity) == (Privacy.PROTECTED, Publicity.CLOSED)
    assert victim.minutes.mail is MailContent.NEUTRAL
    assert victim.identity.methods == (IdentityMethod.PIN_TO_MOBILE,)
    assert victim.neutral_titles is not None
    outside = [victim.neutral_titles, *texts_of(victim.information), *(r.titles for r in victim.roles)]
    outside += [document.titles for document in victim.documents]
    for texts in outside:
        for word in ("víctima", "victim", "delito", "crime", "violencia", "violence"):
            assert word not in " ".join(texts.root.values()).lower()


def test_a_conciliation_needs_both_mechanisms_and_ends_in_three_ways() -> None:
    conciliation = TYPES["conciliation"]
    assert conciliation.identity.every
    assert conciliation.identity.methods == (IdentityMethod.ID_DOCUMENT_FRAME, IdentityMethod.PIN_TO_MOBILE)
    assert list(conciliation.outcomes) == ["agreement", "no_agreement", "attempted"]
    assert conciliation.role("respondent").maximum == 2


def test_a_mediation_is_never_recorded_and_keeps_no_word_of_what_was_said() -> None:
    mediation = TYPES["mediation"]
    assert mediation.recording is RecordingPolicy.FORBIDDEN
    assert mediation.publicity is Publicity.CLOSED
    assert mediation.held_by == (BodyKind.ADR_UNIT,)
    assert not {"A11", "A16", "A17", "A20", "A21", "A23"} & procedure_types.resolve(mediation, ITEMS).items.keys()
    for language, values in languages_and_fillings(ITEMS["A44"]):
        assert "Una frase entera" not in rendered(ITEMS["A44"], language, values)
    assert [field.name for field in ITEMS["A43"].fields] == ["manner"]


def test_a_mediation_that_the_parties_do_not_accept_has_not_begun() -> None:
    assert ITEMS["A42"].is_void({"acceptance": "not_accepted"})
    (attempted,) = TYPES["mediation"].validity.of_outcome("attempted")
    assert "A42" in attempted.without


def test_a_birth_is_not_declared_without_its_medical_proof() -> None:
    birth = TYPES["birth_declaration"]
    assert ITEMS["A46"].is_void({"medical_proof": "no_proof"})
    assert all("A46" in rule.done for name in ("registered", "declared") for rule in birth.validity.of_outcome(name))
    told = birth.information.summary.in_language("es")
    assert "72 horas" in told and "diez días" in told


def test_a_witness_swears_before_being_examined() -> None:
    verbs = [ITEMS[line.item].verb for line in TYPES["oral_hearing_witness"].agenda.planned]
    assert verbs.index(Verb.IDENTIFY) < verbs.index(Verb.SWEAR) < verbs.index(Verb.EXAMINE)


@each_type
def test_resolving_takes_the_items_it_may_use_and_no_others(procedure: ProcedureType) -> None:
    resolved = procedure_types.resolve(procedure, ITEMS)
    usable = {line.item for line in procedure.agenda.planned} | set(procedure.agenda.allowed)
    assert set(resolved.items) == usable < set(ITEMS)


@each_type
def test_the_hash_does_not_depend_on_the_order_of_anything_read(procedure: ProcedureType) -> None:
    backwards = dict(reversed(ITEMS.items()))
    content = {name: getattr(procedure, name) for name in reversed(type(procedure).model_fields)}
    same = ProcedureType.model_validate(content | {"outcomes": dict(reversed(procedure.outcomes.items()))})
    one, other = (procedure_types.resolve(*pair) for pair in ((procedure, ITEMS), (same, backwards)))
    assert one.sha256 == other.sha256
    assert type(one).model_validate_json(one.canonical()).sha256 == one.sha256


@each_type
def test_any_change_changes_the_hash(procedure: ProcedureType) -> None:
    before = procedure_types.resolve(procedure, ITEMS).sha256
    changed: list[Any] = [procedure.but(version=2), procedure.but(retention_years=99)]
    changed.append(procedure.but(identity=procedure.identity.but(every=not procedure.identity.every)))
    changed.append(procedure.but(agenda=procedure.agenda.but(any_order=not procedure.agenda.any_order)))
    hashes = {procedure_types.resolve(other, ITEMS).sha256 for other in changed}
    code = procedure.agenda.planned[-1].item
    reworded = ITEMS | {code: ITEMS[code].but(repeatable=not ITEMS[code].repeatable)}
    hashes.add(procedure_types.resolve(procedure, reworded).sha256)
    assert len(hashes) == 5 and before not in hashes


def test_a_code_that_no_file_defines_is_refused_with_the_closest() -> None:
    conciliation = TYPES["conciliation"]
    with pytest.raises(PersonMustAct) as refused:
        procedure_types.resolve(conciliation, {code: item for code, item in ITEMS.items() if code != "A23"})
    assert refused.value.code == "item_type_unknown"
    assert refused.value.params["item"] == "A23" and refused.value.params["closest"]


@pytest.mark.parametrize("rule", LAW.rules, ids=lambda rule: rule.id)
def test_every_rule_of_law_names_its_article(rule: Any) -> None:
    assert rule.legal_basis and "art" in rule.legal_basis


@pytest.mark.parametrize("rule", [rule for book in RULE_BOOKS for rule in book.rules], ids=lambda rule: rule.id)
def test_every_rule_speaks_both_languages(rule: Any) -> None:
    assert rule.wrong.root["es"] != rule.wrong.root["en"]
    assert rule.fix.root["es"] and rule.fix.root["en"]

"""Questions and answers about criminal records as XML, in both directions.

Standard: the data elements are those of the annex of Implementing Decision (EU) 2022/2470 and of art. 11 of Framework
Decision 2009/315/JHA. The schema of the interface software is not public: names of elements and the envelope are ours,
and an Administration's own connection translates them.
"""

from datetime import date
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from domain.errors import PersonMustAct
from domain.ids import ParticipantId
from domain.ports.criminal_records import Conviction, RecordQuestion, RecordReply
from domain.procedure.criminal_records import PersonAsked, RecordPurpose

NAMESPACE = "urn:estrado:criminal-records:1"

LARGEST = 2 * 1024 * 1024
"""Bytes of an answer: thousands of convictions."""

MOST_CONVICTIONS = 1000

UNREADABLE = "record_reply_unreadable"


def question_xml(question: RecordQuestion) -> bytes:
    root = _root("RecordRequest", question.message)
    _texts(root, SentAt=question.asked_at, RequestingState="ES", RequestedAuthority=question.authority)
    _texts(root, RequestingBody=question.body, CaseNumber=question.case_number)
    _texts(root, Purpose=question.purpose.value, LegalBasis=question.legal_basis)
    person, asked = SubElement(root, _name("Person")), question.person
    _texts(person, Surnames=asked.surnames, FirstNames=asked.first_names, PreviousNames=asked.previous_names)
    _texts(person, BirthDate=asked.birth_date, BirthCountry=asked.birth_country, BirthTown=asked.birth_town)
    for state in asked.nationalities:
        _texts(person, Nationality=state)
    return _written(root)


def question_of(xml: bytes) -> RecordQuestion:
    """Inverse of `question_xml`, but for who of the procedure it is. Raises `PersonMustAct`."""
    root = _read(xml, "RecordRequest")
    person = _one(root, "Person")
    try:
        purpose = RecordPurpose(_text(root, "Purpose"))
    except ValueError:
        raise PersonMustAct(UNREADABLE) from None
    return RecordQuestion(
        message=_text(root, "Message"),
        authority=_text(root, "RequestedAuthority"),
        asked_at=_text(root, "SentAt"),
        person=PersonAsked(
            participant=ParticipantId(""),
            surnames=_text(person, "Surnames"),
            first_names=_text(person, "FirstNames"),
            previous_names=_maybe(person, "PreviousNames"),
            birth_date=_text(person, "BirthDate"),
            birth_country=_text(person, "BirthCountry"),
            birth_town=_text(person, "BirthTown"),
            nationalities=tuple(_each(person, "Nationality")),
        ),
        purpose=purpose,
        legal_basis=_text(root, "LegalBasis"),
        body=_text(root, "RequestingBody"),
        case_number=_text(root, "CaseNumber"),
    )


def reply_xml(reply: RecordReply) -> bytes:
    root = _root("RecordReply", reply.message)
    _texts(root, Authority=reply.authority)
    person = SubElement(root, _name("Person"))
    _texts(person, Surnames=reply.surnames, FirstNames=reply.first_names, BirthDate=reply.birth_date)
    _texts(root, Found="true" if reply.found else "false", Conditions=reply.conditions)
    for state in reply.states:
        _texts(root, HoldingState=state)
    for one in reply.convictions:
        told = SubElement(root, _name("Conviction"))
        _texts(told, ConvictedBy=one.convicted_by, DecidedOn=one.decided_on, FinalOn=one.final_on)
        _texts(told, Offence=one.offence, OffenceCode=one.offence_code)
        _texts(told, Sanction=one.sanction, SanctionCode=one.sanction_code)
    return _written(root)


def reply_of(xml: bytes) -> RecordReply:
    """Raises `PersonMustAct('record_reply_unreadable')` for what is no whole answer in this form."""
    root = _read(xml, "RecordReply")
    person, told = _one(root, "Person"), root.findall(_name("Conviction"))
    found = {"true": True, "false": False}.get(_text(root, "Found"))
    states = tuple(_each(root, "HoldingState"))
    if found is None or found != bool(told or states) or len(told) > MOST_CONVICTIONS:
        raise PersonMustAct(UNREADABLE)
    return RecordReply(
        message=_text(root, "Message"),
        authority=_text(root, "Authority"),
        surnames=_text(person, "Surnames"),
        first_names=_text(person, "FirstNames"),
        birth_date=_text(person, "BirthDate"),
        found=found,
        convictions=tuple(map(_conviction, told)),
        states=states,
        conditions=_maybe(root, "Conditions"),
    )


def _conviction(told: Element) -> Conviction:
    return Conviction(
        convicted_by=_text(told, "ConvictedBy"),
        decided_on=_day(_text(told, "DecidedOn")),
        final_on=_maybe(told, "FinalOn"),
        offence=_text(told, "Offence"),
        offence_code=_maybe(told, "OffenceCode"),
        sanction=_text(told, "Sanction"),
        sanction_code=_maybe(told, "SanctionCode"),
    )


def _root(kind: str, message: str) -> Element:
    root = Element(_name(kind))
    _texts(root, Message=message)
    return root


def _name(plain: str) -> str:
    return f"{{{NAMESPACE}}}{plain}"


def _texts(parent: Element, **texts: str | None) -> None:
    for name, words in texts.items():
        if words is not None:
            SubElement(parent, _name(name)).text = words


def _written(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True, default_namespace=NAMESPACE)
    return written


def _read(xml: bytes, kind: str) -> Element:
    if len(xml) > LARGEST:
        raise PersonMustAct(UNREADABLE)
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise PersonMustAct(UNREADABLE) from None
    if root.tag != _name(kind):
        raise PersonMustAct(UNREADABLE)
    return root


def _one(parent: Element, name: str) -> Element:
    found = parent.findall(_name(name))
    if len(found) != 1:
        raise PersonMustAct(UNREADABLE)
    return found[0]


def _text(parent: Element, name: str) -> str:
    words = (_one(parent, name).text or "").strip()
    if not words:
        raise PersonMustAct(UNREADABLE)
    return words


def _maybe(parent: Element, name: str) -> str | None:
    return _text(parent, name) if parent.find(_name(name)) is not None else None


def _each(parent: Element, name: str) -> list[str]:
    return [(one.text or "").strip() for one in parent.findall(_name(name))]


def _day(written: str) -> str:
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        raise PersonMustAct(UNREADABLE) from None

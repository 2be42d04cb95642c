"""Questions and answers as XML: nothing is lost on the way, and what is not whole is refused."""

import pytest

from adapters.criminal_records.messages import LARGEST, NAMESPACE, question_of, question_xml, reply_of, reply_xml
from domain.errors import PersonMustAct
from domain.ids import ParticipantId
from domain.ports.criminal_records import Conviction, RecordReply
from tests.adapters.test_criminal_records_contract import QUESTION

CONVICTION = Conviction(
    convicted_by="Tribunal correctionnel de Lyon <3e>",
    decided_on="2012-03-14",
    final_on="2012-04-01",
    offence="Vol & recel",
    offence_code="1502 00",
    sanction="Emprisonnement",
    sanction_code="1001",
)
REPLY = RecordReply(
    message="prc_1.cr1.FR",
    authority="FR",
    surnames="Duarte Lopes",
    first_names="Inês",
    birth_date="1981-04-09",
    found=True,
    convictions=(CONVICTION, CONVICTION.but(final_on=None, offence_code=None, sanction_code=None)),
    conditions="Seulement pour la procédure pénale.",
)


def test_a_question_says_all_that_it_is() -> None:
    anonymous = QUESTION.but(person=QUESTION.person.but(participant=ParticipantId("")))
    assert question_of(question_xml(QUESTION)) == anonymous
    assert b"participant" not in question_xml(QUESTION), "who somebody is in our procedure is nobody's outside"


def test_an_answer_is_read_as_it_was_written() -> None:
    assert reply_of(reply_xml(REPLY)) == REPLY
    central = REPLY.but(authority="TCN", convictions=(), states=("FR", "DE"), conditions=None)
    assert reply_of(reply_xml(central)) == central


WRITTEN = reply_xml(REPLY).decode()
BOMB = "<!DOCTYPE a [<!ENTITY b 'x'><!ENTITY c '&b;&b;'>]>"
FILE = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]>"


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "no XML",
        WRITTEN[:-20],
        WRITTEN.replace("RecordReply", "RecordRequest"),
        WRITTEN.replace(NAMESPACE, "urn:another"),
        WRITTEN.replace("<Message>prc_1.cr1.FR</Message>", ""),
        WRITTEN.replace("<Found>true</Found>", "<Found>false</Found>"),
        WRITTEN.replace("<Found>true</Found>", "<Found>perhaps</Found>"),
        WRITTEN.replace("<Found>true</Found>", ""),
        WRITTEN.replace("<Surnames>Duarte Lopes</Surnames>", "<Surnames> </Surnames>"),
        WRITTEN.replace("<Authority>FR</Authority>", "<Authority>FR</Authority><Authority>DE</Authority>"),
        WRITTEN.replace("2012-03-14", "14/03/2012"),
        WRITTEN.replace("?>", f"?>{BOMB}").replace("Vol &amp; recel", "&c;"),
        WRITTEN.replace("?>", f"?>{FILE}").replace("Vol &amp; recel", "&b;"),
        WRITTEN.replace("Seulement", "x" * LARGEST),
        WRITTEN.replace("utf-8", "utf-99"),
    ],
    ids=lambda xml: xml[:60],
)
def test_what_is_no_whole_answer_is_refused(xml: str) -> None:
    assert xml != WRITTEN
    with pytest.raises(PersonMustAct, match="record_reply_unreadable"):
        reply_of(xml.encode())


def test_a_question_with_a_purpose_that_no_law_names_is_refused() -> None:
    xml = question_xml(QUESTION).replace(b"criminal_proceedings", b"curiosity")
    with pytest.raises(PersonMustAct):
        question_of(xml)

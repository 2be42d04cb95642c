"""What each simulated authority knows, which questions it has, and when it answers them."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from adapters.criminal_records.messages import reply_xml
from deploy.ecris.troubles import Trouble, ordered
from domain.ports.criminal_records import Conviction, RecordQuestion, RecordReply
from domain.procedure.criminal_records import MEMBER_STATES, TCN, RecordPurpose

STATES = ("ES", "FR", "PT", "DE")

CONVICTIONS: Mapping[tuple[str, str], tuple[Conviction, ...]] = MappingProxyType(
    {
        ("PT", "1981-04-09"): (
            Conviction(
                convicted_by="Tribunal Judicial da Comarca de Braga",
                decided_on="2014-05-20",
                final_on="2014-07-01",
                offence="Dano qualificado",
                offence_code="1503 00",
                sanction="Multa, 120 dias",
                sanction_code="8001",
            ),
        ),
        ("FR", "1979-11-02"): (
            Conviction(
                convicted_by="Tribunal correctionnel de Lyon",
                decided_on="2012-03-14",
                offence="Vol simple",
                offence_code="1502 00",
                sanction="Emprisonnement de deux mois avec sursis",
            ),
        ),
    }
)
"""By state and date of birth: whoever is asked about with that date has them, whatever their name."""


class Unfit(Exception):
    """The authority does not take the question; the text says why."""


@dataclass(frozen=True)
class Held:
    question: RecordQuestion
    since: float


class Authorities:
    """Over one directory: its troubles, and a log of questions that holds no name."""

    def __init__(self, directory: Path, seconds: float) -> None:
        self._directory = directory
        self._seconds = seconds
        self._held: dict[str, Held] = {}
        self._answered: dict[str, bytes] = {}
        directory.mkdir(parents=True, exist_ok=True)

    def is_down(self, authority: str) -> bool:
        return ordered(self._directory, authority) is Trouble.DOWN

    def take(self, authority: str, message: str, question: RecordQuestion) -> None:
        """Raises `Unfit`. The same question once more is the same question."""
        if (question.message, question.authority) != (message, authority) or authority not in (*STATES, TCN):
            raise Unfit("addressed to somebody else")
        if authority == TCN:
            _refuse_for_central(question)
        new = message not in self._held
        self._note(authority, message, "asked" if new else "asked again")
        if new:
            self._held[message] = Held(question, time.monotonic())

    def knows(self, message: str) -> bool:
        return message in self._held

    def answer(self, authority: str, message: str) -> bytes | None:
        """None while it is still looking."""
        held, trouble = self._held[message], ordered(self._directory, authority)
        if trouble is Trouble.SLOW or time.monotonic() - held.since < self._seconds:
            return None
        if trouble is Trouble.MALFORMED:
            return b"<?xml version='1.0'?><RecordReply"
        reply = self._reply(held.question)
        if trouble is Trouble.ANOTHER_PERSON:
            return reply_xml(reply.but(surnames="Persona Distinta"))
        if trouble is Trouble.TWICE and message in self._answered:
            return reply_xml(reply.but(conditions="A second answer."))
        self._note(authority, message, "answered")
        self._answered[message] = reply_xml(reply)
        return self._answered[message]

    def _reply(self, question: RecordQuestion) -> RecordReply:
        person = question.person
        found = CONVICTIONS.get((question.authority, person.birth_date), ())
        states = () if question.authority != TCN else tuple(s for s in STATES if (s, person.birth_date) in CONVICTIONS)
        return RecordReply(
            message=question.message,
            authority=question.authority,
            surnames=person.surnames,
            first_names=person.first_names,
            birth_date=person.birth_date,
            found=bool(found or states),
            convictions=found,
            states=states,
            conditions="Só para o fim indicado no pedido." if found and question.authority == "PT" else None,
        )

    def _note(self, authority: str, message: str, what: str) -> None:
        line = json.dumps({"authority": authority, "message": message, "what": what})
        with (self._directory / "questions.jsonl").open("a") as log:
            log.write(f"{line}\n")


def asked(directory: Path) -> list[tuple[str, str]]:
    """Every time that something was asked or answered: (message, what)."""
    try:
        lines = (directory / "questions.jsonl").read_text().splitlines()
    except FileNotFoundError:
        return []
    return [(line["message"], line["what"]) for line in map(json.loads, lines)]


def _refuse_for_central(question: RecordQuestion) -> None:
    """Law: Reg. (EU) 2019/816 arts. 2 and 7.1, whom the central system knows and what it may be asked for."""
    if question.purpose is RecordPurpose.OTHER_BY_LAW:
        raise Unfit("purpose")
    if set(question.person.nationalities) <= MEMBER_STATES:
        raise Unfit("a national of a Member State alone")

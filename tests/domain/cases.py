"""One line of a table of rules: who asks what, when, and what is answered."""

from collections.abc import Callable
from typing import Any, NamedTuple

from domain.commands import Author, Command
from domain.errors import Refusal
from domain.ids import AccountId, CommandId, OfficeId, ParticipantId
from domain.procedure.state import Procedure
from domain.types.vocabulary import StaffRole
from tests.domain import samples

AS_CLERK = Author(participant=samples.CLERK, account=AccountId("acc_clerk"), staff_roles=(StaffRole.CLERK,))
AS_APPLICANT = Author(participant=samples.APPLICANT)
AS_APPLICANT_ELSEWHERE = AS_APPLICANT.but(session="ses_elsewhere")
AS_RESPONDENT = Author(participant=samples.RESPONDENT)
AS_OFFICE = Author(
    account=AccountId("acc_office"),
    staff_roles=(StaffRole.OFFICE,),
    office=samples.requested().participant(samples.APPLICANT).office,
)
AS_OTHER_OFFICE = AS_OFFICE.but(office=OfficeId("another-office"))
AS_STRANGER = Author(participant=ParticipantId("p99"))

PERMITTED = ""


class Case(NamedTuple):
    says: str
    """What the line is about, for people."""
    state: Callable[[], Procedure]
    rule: Callable[[Procedure, Any], None]
    command: Command
    answer: str
    """The code of the refusal, or `PERMITTED`."""


def asking(kind: type[Command], author: Author, **words: Any) -> Command:
    return kind(id=CommandId("a-command"), author=author, **words)


def answer(case: Case) -> str:
    """What the rule says: the code of its refusal, or `PERMITTED`."""
    try:
        case.rule(case.state(), case.command)
    except Refusal as refusal:
        return refusal.code
    return PERMITTED


def name(case: Case) -> str:
    return f"{case.says}: {case.answer or 'permitted'}"

"""What a gap in somebody's presence does to their identity. Law: Cl@veJusticia rules, BOE-A-2021-9004.

Sound and image of a person run without a gap that is longer than the type allows; each gap counts by itself, by the
longest that anybody measured it. From a lapse until they are identified again, people do nothing that binds them.
"""

from datetime import timedelta

from domain.commands import (
    Command,
    DepositDocument,
    GiveConsent,
    ReadPage,
    RefuseSignature,
    UnderstandDocument,
)
from domain.errors import Refusal
from domain.procedure.state import Procedure
from domain.refusals.identity import IDENTITY_LAPSED
from domain.types.identity_policy import IdentityPolicy

ACTS = (DepositDocument, GiveConsent, ReadPage, RefuseSignature, UnderstandDocument)
"""What may be done before anybody is identified, or leads to a signature, and is not done by whoever was and is not any
more. Whatever else asks for an identity does so in a rule of its own (`identified`)."""


def outlasts(policy: IdentityPolicy, gap: timedelta) -> bool:
    """Whether it is longer than the type allows; as long as that is not longer."""
    return gap > policy.lapse_after


def nothing_of_the_lapsed(procedure: Procedure, command: Command) -> None:
    """Raises `Refusal('identity_lapsed')` for an act of a person whose identity has lapsed.

    Asked beside the rule of the command and not in it: runs that let such an act in before are not judged anew.
    """
    if not isinstance(command, ACTS) or command.author.participant is None:
        return
    about = command.depositor if isinstance(command, DepositDocument) else command.participant
    if command.author.participant != about:
        return
    person = procedure.participant(about)
    if person.identity.lapsed_cause and not person.seat_taken_over:
        raise Refusal(IDENTITY_LAPSED, participant=person.id, cause=person.identity.lapsed_cause)

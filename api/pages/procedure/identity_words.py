"""What officials are told of the identity of one person: whether it is known, by what, and what is missing."""

from api.pages.rendering import PageContext
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from templates.mechanisms import mechanism_within
from templates.texts import text


def identity_words(procedure: Procedure, person: Participant, context: PageContext) -> str:
    """`Identidad comprobada`, or what is missing."""
    policy = procedure.identified_by(person)
    known = person.identity
    if known.lapsed_cause:
        return text("pages.people.identity_lapsed", context.language)
    if known.satisfies(policy):
        key = "identity_waived" if known.waived_by else "identity_complete"
        return text(f"pages.people.{key}", context.language)
    missing = known.next_method(policy)
    assert missing is not None
    said = mechanism_within(procedure, missing, context.language)
    return text("pages.people.identity_missing", context.language, method=said)


def identity_how(procedure: Procedure, person: Participant, context: PageContext) -> str:
    known = person.identity
    if known.lapsed_cause or known.waived_by or not procedure.is_identified(person):
        return ""
    methods = dict.fromkeys(check.method for check in known.checks)
    said = [mechanism_within(procedure, code, context.language) for code in methods]
    if not said:
        return ""
    best = max((check.assurance for check in known.checks), key=lambda assurance: assurance.rank)
    level = text(f"vocabulary.assurance.{best.value}", context.language).lower()
    return text("pages.people.identity_how", context.language, methods=context.words.listed(said), level=level)


def identity_tone(procedure: Procedure, person: Participant) -> str:
    if person.identity.lapsed_cause:
        return "bad"
    return "good" if procedure.is_identified(person) else "waiting"

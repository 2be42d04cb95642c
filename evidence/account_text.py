"""The account of an act in words, with the legal time of the peninsula beside UTC."""

from collections.abc import Iterator

from evidence.account import (
    Absences,
    Account,
    Act,
    Answer,
    DocumentAccount,
    Fact,
    PersonAccount,
    Requirement,
    SignatureAccount,
)
from evidence.moments import instant
from evidence.plain import plain
from evidence.requirements_beyond import STAFF
from evidence.texts import Texts

__all__ = [
    "absence_lines",
    "account_lines",
    "administration_words",
    "archived_words",
    "article_of",
    "article_title",
    "body_words",
    "in_journal",
    "requirement_lines",
    "signer_words",
    "told",
]


def account_lines(account: Account, texts: Texts) -> Iterator[tuple[str, list[str]]]:
    """Sections: the key of the title, and the lines."""
    if not account.from_journal:
        yield from _lone_lines(account, texts)
        return
    yield "act", list(_act(account.act, texts))
    yield "people", [line for person in account.people for line in _person(person, texts)]
    yield "signed", [line for one in account.signatures for line in _signature(one, account.act, texts)]
    yield "read", [line for reading in account.readings for line in _reading(reading, texts)]
    notes = [_fact(fact, texts) for fact in account.notes]
    yield "notes", [*notes, *_recording(account, texts)]
    yield "incidents", [_fact(fact, texts) for fact in account.incidents] or [texts.account["no_incidents"]]
    yield "documents", [line for one in account.documents for line in _document(one, texts)]
    yield "absent", [f"- {line}" for line in absence_lines(account.absences, texts)]


def absence_lines(absences: Absences, texts: Texts) -> Iterator[str]:
    """What is not in the bundle, and that nothing else is missing."""
    for fact in absences.documents:
        yield _fact(fact, texts).removeprefix("- ")
    if absences.superseded:
        yield texts.account["absent_superseded"].format(count=absences.superseded)
    if absences.events:
        yield texts.account["absent_data"].format(count=absences.events)
    if not (absences.documents or absences.superseded or absences.events):
        yield texts.account["absent_nothing"]


def _lone_lines(account: Account, texts: Texts) -> Iterator[tuple[str, list[str]]]:
    yield "act", list(_act(account.act, texts))
    people = [line for person in account.people for line in _person(person, texts)]
    yield "people", people or [f"- {texts.account['nobody_named']}"]
    yield "signed", [line for one in account.signatures for line in _signature(one, account.act, texts)]
    yield "documents", [line for one in account.documents for line in _document(one, texts)]


def _act(act: Act, texts: Texts) -> Iterator[str]:
    named = " ".join(filter(None, (act.titles.get(texts.language, ""), act.number)))
    if named:
        yield f"- {named}"
    if body := body_words(act, texts):
        yield "- " + texts.account["held_by"].format(body=body)
    if administration := administration_words(act, texts):
        yield "- " + texts.account["of_administration"].format(administration=administration)


def body_words(act: Act, texts: Texts) -> str:
    """The body that held it, by its name, and whose word for it that is; its code alone where nobody signed a name."""
    if not act.body_name:
        return texts.account["body_code_alone"].format(code=act.body) if act.body else ""
    named = act.body_name if act.body_known else texts.account["body_as_minutes_say"].format(name=act.body_name)
    return named + (texts.account["body_code"].format(code=act.body) if act.body else "")


def administration_words(act: Act, texts: Texts) -> str:
    """The Administration in the same way; no trust folder says what it is called."""
    if not act.administration_name:
        return texts.account["body_code_alone"].format(code=act.administration) if act.administration else ""
    named = texts.account["administration_as_minutes_say"].format(name=act.administration_name)
    return named + (texts.account["body_code"].format(code=act.administration) if act.administration else "")


def signer_words(signature: SignatureAccount, act: Act, texts: Texts) -> str:
    """Who signed: a person, or the body by its name where it has one."""
    return plain(signature.person) if signature.person != "body" else act.body_name or texts.account["the_body"]


def _document(document: DocumentAccount, texts: Texts) -> Iterator[str]:
    yield texts.account["document"].format(
        title=document.title,
        kind=texts.account.get(f"kind_{document.kind}", document.kind),
        character=texts.account.get(f"character_{document.character}", document.character),
        path=plain(document.path),
    )
    if document.stamped:
        yield "    " + texts.account["stamped"].format(times="; ".join(map(instant, document.stamped)))
    if document.archived:
        yield "    " + archived_words(document.archived, texts)


def archived_words(archived: tuple[str, str], texts: Texts) -> str:
    """Since when a time-stamp keeps the whole document, and until when it is to be renewed."""
    time, until = archived
    return texts.account["archived"].format(time=instant(time), until=instant(until))


def _person(person: PersonAccount, texts: Texts) -> Iterator[str]:
    role = plain(person.role.get(texts.language) or "")
    yield " ".join(
        filter(None, (f"- {person.name}", f"({role})" if role else "", person.number, in_journal(person, texts)))
    )
    if not person.checks:
        yield "    " + texts.account["official" if person.official else "never_identified"]
    for fact in (*person.places, *person.checks):
        yield "    " + _fact(fact, texts).removeprefix("- ")


def in_journal(person: PersonAccount, texts: Texts) -> str:
    """What findings and records call them; empty where it is their name here too."""
    return "" if person.id in ("", person.name) else texts.account["in_journal"].format(id=plain(person.id))


def _signature(signature: SignatureAccount, act: Act, texts: Texts) -> Iterator[str]:
    means = texts.account.get(f"means_{signature.means}", plain(signature.means))
    person = signer_words(signature, act, texts)
    title = plain(signature.title) or signature.document[:16]
    yield texts.account["signature"].format(title=title, person=person, means=means, sha256=signature.document[:16])
    for step in signature.steps:
        yield "    " + _fact(step, texts).removeprefix("- ")
    if signature.proven_at:
        proven = {"holder": signature.holder, "time": instant(signature.proven_at)}
        yield "    " + texts.account["proven_by"].format(**proven)


def _reading(reading: SignatureAccount, texts: Texts) -> Iterator[str]:
    yield texts.account["reading"].format(title=plain(reading.title), person=plain(reading.person))
    for step in reading.steps:
        yield "    " + _fact(step, texts).removeprefix("- ")


def _recording(account: Account, texts: Texts) -> Iterator[str]:
    policy = texts.account.get(f"recording_{account.recording}")
    if policy:
        yield f"- {policy}"
    yield "- " + texts.account["recorded" if account.recorded else "not_recorded"]


def _fact(fact: Fact, texts: Texts) -> str:
    return f"- {instant(fact.at)}. {told(fact, texts)}" if fact.at else f"- {told(fact, texts)}"


def told(fact: Fact, texts: Texts) -> str:
    """What happened, in words, without its time."""
    parameters = {key: plain(value) for key, value in fact.parameters.items()}
    code = parameters.get("mechanism", "")
    known = texts.account.get(f"mechanism_{code}", code)
    parameters["mechanism"] = parameters.get(f"mechanism_{texts.language}") or known
    for key in ("assurance", "cause"):
        if key in parameters:
            parameters[key] = texts.account.get(f"{key}_{parameters[key]}", parameters[key])
    words = texts.account.get(f"fact_{_with_office(fact.code, parameters, texts)}", fact.code)
    if parameters.get("self"):
        parameters["by"] = texts.account["oneself"]
    elif parameters.get("another"):
        parameters["by"] = texts.account["another"]
    missing = {"reason": "", "page": "", "by": "", "item": "", "office": ""}
    said = words.format_map({**missing, "person": plain(fact.person), **parameters})
    extra = "; ".join(parameters[key] for key in ("cause", "reason", "note") if parameters.get(key))
    return said + (f" ({extra})" if extra else "")


def _with_office(code: str, parameters: dict[str, str], texts: Texts) -> str:
    """The code of the fact in which an office stands by its name. What is said of it is put into `parameters`."""
    name = parameters.get(f"office_{texts.language}") or parameters.get("office_es", "")
    if name:
        parameters["office"] = name
        return f"{code}_named"
    if parameters.get("office"):
        parameters["office"] = texts.account["office_code_alone"].format(code=parameters["office"])
    return code


def article_of(requirement: Requirement) -> str:
    """As it is cited: art. 61.2 has two answers."""
    return requirement.article.partition(".identification")[0].partition(".signature")[0]


def article_title(requirement: Requirement, texts: Texts) -> str:
    """What is asked. Of the identification of staff apart: one answer must not seem to contradict the other."""
    if (requirement.article, requirement.why) == ("60.1", STAFF):
        return texts.account["article_60_1_staff"]
    return texts.account[f"article_{requirement.article.replace('.', '_')}"]


def requirement_lines(requirements: tuple[Requirement, ...], texts: Texts) -> Iterator[str]:
    """Each requirement with its article, its answer and why."""
    for one in requirements:
        title = article_title(one, texts)
        answer = texts.account[f"answer_{one.answer.value}"]
        why = texts.account[f"why_{one.why}"].format(whom=plain(one.whom))
        yield f"- art. {article_of(one)}. {title}: {answer}. {why}"
    if any(one.answer is not Answer.PROVEN for one in requirements):
        yield texts.account["article_61"]

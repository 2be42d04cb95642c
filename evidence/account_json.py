"""The account of an act for programs: codes and instants, and the words beside them."""

from collections.abc import Mapping
from typing import Any

from evidence.account import Account, Act, DocumentAccount, PersonAccount, Requirement
from evidence.account_text import account_lines, requirement_lines
from evidence.plain import plain
from evidence.texts import Texts

__all__ = ["account_json"]


def account_json(account: Account | None, requirements: tuple[Requirement, ...], texts: Texts) -> dict[str, Any]:
    """The keys of a report that tell of the act, its people and documents, and of what the law asks of it."""
    sections = {} if account is None else dict(account_lines(account, texts))
    return {
        "act": {} if account is None else _act_json(account.act),
        "sections": sections,
        "people": [] if account is None else [_person_json(one) for one in account.people],
        "documents": [] if account is None else [_document_json(one) for one in account.documents],
        "requirements": [
            {"article": one.article, "answer": one.answer.value, "why": one.why, "text": line}
            for one, line in zip(requirements, requirement_lines(requirements, texts), strict=False)
        ],
    }


def _act_json(act: Act) -> Mapping[str, Any]:
    return {
        "number": act.number,
        "body": act.body,
        "body_name": act.body_name,
        "body_known": act.body_known,
        "administration": act.administration,
        "administration_name": act.administration_name,
    }


def _person_json(person: PersonAccount) -> Mapping[str, Any]:
    checks = [
        {"code": one.code, "at": one.at, **{key: plain(value) for key, value in one.parameters.items()}}
        for one in person.checks
    ]
    return {"id": plain(person.id), "name": person.name, "number": person.number, "identifications": checks}


def _document_json(document: DocumentAccount) -> Mapping[str, Any]:
    stamped, until = document.archived or (None, None)
    return {
        "title": document.title,
        "kind": document.kind,
        "sha256": document.sha256,
        "stamped_at": list(document.stamped),
        "archived_at": stamped,
        "renew_before": until,
    }

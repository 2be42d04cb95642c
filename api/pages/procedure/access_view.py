"""Who has looked at a procedure, in words: the same look again and again is told once, with how often and how long."""

from dataclasses import dataclass, replace
from datetime import datetime

from api.access.permissions import Caller
from api.pages.painting import Look, word
from api.parts import Parts
from domain.access.stores import ReadAccess
from domain.ids import AccountId
from domain.procedure.state import Procedure
from templates.texts import text

PAGE, MOST = 500, 5000
"""How many looks are read at once, and at most: every repainting of a page that somebody has open is one."""

DUTY = "duty"


@dataclass(frozen=True)
class Looked:
    """One person at one thing for one reason."""

    name: str
    roles: str
    what: str
    why: str
    times: int
    first: datetime
    last: datetime


async def who_looked(procedure: Procedure, parts: Parts, look: Look) -> tuple[Looked, ...]:
    """Law: LO 7/2021 art. 31 (who, when, what and why). The latest first; every single look is in the API."""
    told: dict[tuple[str, str, str, str], Looked] = {}
    for one in await _accesses(procedure, parts):
        key = (one.actor, one.role, one.what, one.why)
        if key in told:
            told[key] = replace(told[key], times=told[key].times + 1, first=one.at)
        else:
            told[key] = await _looked(one, procedure, parts, look)
    return tuple(told.values())


async def _accesses(procedure: Procedure, parts: Parts) -> list[ReadAccess]:
    found: list[ReadAccess] = []
    after: str | None = None
    while len(found) < MOST:
        page, after = await parts.audit.of_procedure(procedure.id, after=after, limit=PAGE)
        found += page
        if after is None:
            break
    return found


async def _looked(one: ReadAccess, procedure: Procedure, parts: Parts, look: Look) -> Looked:
    account = await parts.accounts.get(AccountId(one.actor))
    return Looked(
        name=account.name if account else one.actor,
        roles=", ".join(_role(role, look) for role in one.role.split(",")),
        what=_what(one.what, procedure, look),
        why=text("pages.evidence.duty", look.language) if one.why == DUTY else one.why,
        times=1,
        first=one.at,
        last=one.at,
    )


def _role(role: str, look: Look) -> str:
    if role == Caller.REGIONAL_SYSTEM:
        return text("pages.evidence.regional_system", look.language)
    return word(look, "staff_role", role)


def _what(what: str, procedure: Procedure, look: Look) -> str:
    """`document:<sha256>` as the title of that document, when this procedure has it."""
    kind, _, sha256 = what.partition(":")
    titles = [d.title for d in procedure.documents if sha256 in (d.original.sha256, d.current.sha256)]
    named = f" «{titles[0]}»" if titles else f" {look.words.short_hash(sha256)}" if sha256 else ""
    return f"{word(look, 'looked_at', kind)}{named}"

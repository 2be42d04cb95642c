"""Who has looked at a procedure, in words: the same look again and again is told once, with how often and how long."""

from dataclasses import dataclass, replace
from datetime import datetime

from api.access.permissions import MACHINES
from api.pages.rendering import PageContext, word
from api.ports import Ports
from domain.access.stores import ReadAccess
from domain.ids import AccountId
from domain.procedure.state import Procedure
from templates.people import shown_name
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


async def who_looked(procedure: Procedure, ports: Ports, context: PageContext) -> tuple[Looked, ...]:
    """Law: LO 7/2021 art. 31 (who, when, what and why). The latest first; every single look is in the API."""
    told: dict[tuple[str, str, str, str], Looked] = {}
    for one in await _accesses(procedure, ports):
        key = (one.actor, one.role, one.what, one.why)
        if key in told:
            told[key] = replace(told[key], times=told[key].times + 1, first=one.at)
        else:
            told[key] = await _looked(one, procedure, ports, context)
    return tuple(told.values())


async def _accesses(procedure: Procedure, ports: Ports) -> list[ReadAccess]:
    found: list[ReadAccess] = []
    after: str | None = None
    while len(found) < MOST:
        page, after = await ports.audit.of_procedure(procedure.id, after=after, limit=PAGE)
        found += page
        if after is None:
            break
    return found


async def _looked(one: ReadAccess, procedure: Procedure, ports: Ports, context: PageContext) -> Looked:
    account = await ports.accounts.get(AccountId(one.actor))
    seated = next((p for p in procedure.participants if one.actor == f"{procedure.id}/{p.id}"), None)
    if seated is not None:
        name = shown_name(procedure, seated, context.language)
        roles = procedure.role_of(seated).titles.in_language(context.language)
    else:
        name = account.name if account else one.actor
        roles = ", ".join(_role(role, context) for role in one.role.split(","))
    return Looked(
        name=name,
        roles=roles,
        what=_what(one.what, procedure, context),
        why=text("pages.evidence.duty", context.language) if one.why == DUTY else one.why,
        times=1,
        first=one.at,
        last=one.at,
    )


def _role(role: str, context: PageContext) -> str:
    if role in MACHINES:
        return text("pages.evidence.regional_system", context.language)
    return word(context, "staff_role", role)


def _what(what: str, procedure: Procedure, context: PageContext) -> str:
    """`document:<sha256>` as the title of that document, when this procedure has it."""
    kind, _, sha256 = what.partition(":")
    titles = [
        d.title
        for d in procedure.documents
        if sha256 in (d.original.sha256, d.current.sha256, *(file.content.sha256 for file in d.brought))
    ]
    named = f" «{titles[0]}»" if titles else f" {context.words.short_hash(sha256)}" if sha256 else ""
    return f"{word(context, 'looked_at', kind)}{named}"

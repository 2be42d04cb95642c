"""Types that administrators publish: looked at, proposed by one, approved by another, withdrawn."""

import hashlib
from collections.abc import Sequence
from datetime import date

from api.access.session import StaffSession
from api.http.problems import NotFound
from api.ports import Ports, now
from domain.access.publishing import Act, Decision, Publication, PublicationAct, refuse_past
from domain.errors import Refusal
from domain.ids import AdministrationId
from domain.refusals.booking import BODY_UNKNOWN, OFFICE_UNKNOWN
from domain.refusals.publishing import DEFINITION_WRONG
from domain.types.territory import Administration
from procedure_types import Problem
from procedure_types.differences import Difference, all_differences
from procedure_types.offered import Offered
from procedure_types.uploading import Examined, Uploaded, examine, read_again


async def look_at(ports: Ports, session: StaffSession, uploaded: Sequence[Uploaded]) -> Examined:
    """Everything that is wrong; nothing is kept."""
    return examine(uploaded, await ports.catalogue.now(), session.account.administration)


async def differences_of(ports: Ports, examined: Examined) -> tuple[Difference, ...]:
    return all_differences(await ports.catalogue.now(), examined.procedures, examined.items)


async def propose(
    ports: Ports,
    session: StaffSession,
    uploaded: Sequence[Uploaded],
    decision: Decision,
    starts_on: date,
    why: str,
    key: str,
) -> Publication:
    """The same `key` of the same person is the same proposal.

    Raises `Refusal('definition_wrong')`, `Refusal('start_in_the_past')`, and `Refusal('body_unknown')` or
    `Refusal('office_unknown')` for a place that the Administration does not have.
    """
    refuse_past(starts_on, today(ports, session))
    refuse_unknown_places(ports.administrations[session.account.administration], decision)
    examined = await look_at(ports, session, uploaded)
    refuse_wrong(examined)
    act = PublicationAct(act=Act.PROPOSED, by=session.account.id, at=now(), why=why, effective_on=starts_on)
    proposed = Publication(
        id=f"pub_{hashlib.sha256(f'{session.account.id}/{key}'.encode()).hexdigest()[:16]}",
        administration=session.account.administration,
        decision=decision,
        definitions=examined.definitions,
        acts=(act,),
    )
    await ports.publications.propose(proposed)
    return await publication_of(ports, session, proposed.id)


def refuse_unknown_places(administration: Administration, decision: Decision) -> None:
    for body in decision.bodies:
        if body not in {known.id for known in administration.bodies}:
            raise Refusal(BODY_UNKNOWN, body=body)
    for office in decision.offices:
        if office not in {known.id for known in administration.offices}:
            raise Refusal(OFFICE_UNKNOWN, office=office)


async def decide(
    ports: Ports, session: StaffSession, id: str, what: Act, why: str, effective_on: date | None = None
) -> Publication:
    """Raises `NotFound`, what `may_follow` does, `Refusal('definition_wrong')` and `Refusal('definition_taken')`."""
    known, day = await publication_of(ports, session, id), today(ports, session)
    if what is Act.APPROVED and not known.done(Act.APPROVED):
        # It may have become wrong since it was proposed: another took its number, or the product was replaced.
        refuse_wrong(await look_at(ports, session, texts_of(known)))
    act = PublicationAct(act=what, by=session.account.id, at=now(), why=why, effective_on=effective_on or day)
    return await ports.publications.add(known.id, act, day)


async def publication_of(ports: Ports, session: StaffSession, id: str) -> Publication:
    """Raises `NotFound` for another Administration's."""
    for known in await publications_of(ports, session.account.administration):
        if known.id == id:
            return known
    raise NotFound()


async def publications_of(ports: Ports, administration: AdministrationId) -> tuple[Publication, ...]:
    """The newest first."""
    offered: Offered = await ports.catalogue.now()
    return tuple(one for one in reversed(offered.publications) if one.administration == administration)


async def changes_of(ports: Ports, publication: Publication) -> tuple[Difference, ...]:
    """What it changed or would change, against the version before its own."""
    offered = await ports.catalogue.now()
    examined = read_again(texts_of(publication))
    return all_differences(offered, examined.procedures, examined.items)


def texts_of(publication: Publication) -> list[Uploaded]:
    return [Uploaded(one.name, one.text) for one in publication.definitions]


def today(ports: Ports, session: StaffSession) -> date:
    return ports.administrations[session.account.administration].day(now())


def refuse_wrong(examined: Examined) -> None:
    if examined.problems:
        raise Refusal(DEFINITION_WRONG, problems=[problem_line(wrong) for wrong in examined.problems])


def problem_line(wrong: Problem) -> dict[str, object]:
    return {
        "file": wrong.file,
        "line": wrong.line,
        "path": wrong.path,
        "code": wrong.code,
        "es": wrong.texts.in_language("es"),
        "en": wrong.texts.in_language("en"),
    }

"""Types that an administrator publishes, in every state, with what is wrong, what changes and how a rehearsal ended."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import agenda_types
import procedure_types
import territories
from api.pages.rendering import PageContext
from api.pages.types import found_in, places_of, where_held
from api.services.rehearsal_view import RehearsalView, rehearsal_view
from domain.access.publishing import Act, Decision, Publication, PublicationAct
from domain.ids import AccountId, AdministrationId
from procedure_types.differences import Difference, differences
from procedure_types.offered import Offered
from procedure_types.uploading import Examined, examine, parts_of
from rehearsal.rehearsing import rehearse
from tests.workflows.test_new_types import BOUNDARY, VISIT

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ATLANTIA = AdministrationId("atlantia")
PASTED = f"{VISIT}---\n{BOUNDARY}"
LATER = (
    PASTED.replace("retention_years: 10", "retention_years: 12")
    .replace("{item: A02, role: clerk}", "{item: A02, role: clerk, required: true, legal_basis: RDL 6/2023 art. 60}")
    .replace("  not_marked: {es: Sin acuerdo, en: Without agreement}", "  open: {es: Queda abierto, en: Left open}")
)
WRONG = PASTED.replace("verb: note", "verb: nota").replace("planned:", "planed:")
STOPPED = PASTED.replace("{item: A40, role: clerk}", "{item: A24, role: clerk, required: true, legal_basis: LJV 145}")


@cache
def offered() -> Offered:
    items = agenda_types.load()
    return Offered(procedure_types.load(items=items), items, procedure_types.load_mechanisms())


@cache
def examined(pasted: str) -> Examined:
    return examine(parts_of("", pasted), offered(), ATLANTIA)


@cache
def rehearsed(pasted: str, language: str) -> RehearsalView:
    items = {**offered().items, **{item.code: item for item in examined(pasted).items}}
    resolved = procedure_types.resolve(examined(pasted).procedures[0], items)
    acted = rehearse(resolved, territories.load()[ATLANTIA], AT, "es")
    with ThreadPoolExecutor(1) as aside:  # whoever paints may be in a loop already
        return rehearsal_view(aside.submit(asyncio.run, acted).result(), territories.load()[ATLANTIA], language)


@cache
def changes() -> tuple[Difference, ...]:
    return differences(examined(PASTED).procedures[0], examined(LATER).procedures[0])


def publication(*acts: Act) -> Publication:
    done = tuple(
        PublicationAct(act=act, by=AccountId("acc_1"), at=AT, why="Lo piden los juzgados de paz de la comarca.",
                       effective_on=date(2026, 12, 1))
        for act in (Act.PROPOSED, *acts)
    )  # fmt: skip
    decision = Decision(
        approved_by="Dirección General de Justicia", approved_on=date(2026, 11, 3),
        document="Resolución de 3 de noviembre de 2026, por la que se autoriza el deslinde por videoconferencia",
    )  # fmt: skip
    return Publication(
        id="pub_" + "1" * 16, administration=ATLANTIA, decision=decision, definitions=examined(PASTED).definitions,
        acts=done,
    )  # fmt: skip


def pages_of_types(context: PageContext) -> list[tuple[str, str, dict[str, Any]]]:
    """Name, template and what it shows."""
    here, path = context.administration, "/administration/types"
    told: dict[str, Any]
    listed = [(publication(), state, "Deslinde de mutuo acuerdo") for state in
              ("proposed", "approved", "in_force", "rejected", "withdrawn")]  # fmt: skip
    shown: list[tuple[str, str, dict[str, Any]]] = []
    for known in ((), listed):
        told = {"kinds": offered().at(here, AT.date()), "known": known, "pasted": ""}
        shown.append(("types", "types.html", told))
    for pasted in (PASTED, WRONG, STOPPED):
        found = examined(pasted)
        told = {"pasted": pasted, "problems": found.problems, "changes": changes(), "found": found_in(found, context),
                "day": "2026-11-22", "rehearsals": (), "places": places_of(context)}  # fmt: skip
        if not found.problems:
            told["rehearsals"] = [rehearsed(pasted, context.language)]
        shown.append(("types-look", "types_look.html", told))
    for state, mine, may, acts in (
        ("proposed", True, "decide", ()),
        ("proposed", False, "decide", ()),
        ("in_force", False, "withdraw", (Act.APPROVED,)),
        ("withdrawn", False, "", (Act.APPROVED, Act.WITHDRAWN)),
    ):
        one = publication(*acts)
        done = [(act, "Roi Estévez Lorenzo") for act in one.acts]
        told = {"one": one, "where": where_held(one.decision, context), "state": state, "day": "2026-11-22",
                "acts": done,
                "unreadable": may == "", "mine": mine, "may": may, "pasted": PASTED, "changes": changes()}  # fmt: skip
        shown.append(("types-publication", "type_publication.html", told))
    return [(name, template, {"path": path, **told}) for name, template, told in shown]

"""A Community adds an item of the agenda and a procedure as two files of its own, and holds it: no Python changes."""

from pathlib import Path

import agenda_types
import procedure_types
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.workflows.court import Court

VISIT = """\
code: Z01
id: visit_to_the_boundary
verb: note
titles: {es: Vista del lindero por la cámara, en: View of the boundary through the camera}
fields:
  - {name: place, kind: line, titles: {es: Lugar, en: Place}, required: true}
  - {name: metres, kind: integer, titles: {es: Metros, en: Metres}, required: true}
  - name: marks
    kind: rows
    titles: {es: Mojones, en: Boundary marks}
    required: true
    columns:
      - {name: mark, kind: line, titles: {es: Mojón, en: Mark}, required: true}
      - {name: agreed, kind: boolean, titles: {es: Conforme, en: Agreed}, required: true}
minutes:
  es: "Se ve el lindero en {{ values.place }}: {{ values.metres }} metros de alambrada."
  en: "The boundary at {{ values.place }} is seen: {{ values.metres }} metres of wire."
"""

BOUNDARY = """\
id: boundary_marking
code: Z9
version: 1
family: adr
titles: {es: Deslinde de mutuo acuerdo, en: Marking of a boundary by agreement}
legal_basis: [LJV arts. 104 a 107]
information:
  summary:
    es: Las dos personas miran el lindero por la cámara y dicen por dónde pasa.
    en: Both people look at the boundary through the camera and say where it runs.
roles:
  - {code: applicant, titles: {es: Solicitante, en: Applicant}, side: citizen}
  - {code: neighbour, titles: {es: Colindante, en: Neighbour}, side: citizen}
  - code: clerk
    titles: {es: Letrada o letrado de la Administración de Justicia, en: Court clerk}
    side: authority
    hosts: true
    account_roles: [clerk]
identity: {methods: [pin_to_mobile], every: true, minimum: low}
recording: forbidden
publicity: restricted
agenda:
  planned:
    - {item: A01, role: clerk}
    - {item: A02, role: clerk}
    - {item: A04, role: clerk}
    - {item: Z01, role: applicant}
    - {item: A27, role: neighbour}
    - {item: A31, role: neighbour}
    - {item: A40, role: clerk}
documents:
  - code: declaration
    titles: {es: Declaración sobre el lindero, en: Declaration on the boundary}
    source: generated
    character: original
    template: declaration
    from_item: A27
signatures:
  - {document: declaration, signers: [neighbour], method: authenticated_act, level: B-T}
  - {document: minutes, signers: [clerk], method: own_certificate, level: B-T}
  - {document: minutes, signers: [body], method: seal, level: B-T}
minutes: {mode: written, template: conciliation, approver: clerk, mail: link, mail_to: [applicant, neighbour]}
outcomes:
  marked: {es: Lindero fijado, en: Boundary marked}
  not_marked: {es: Sin acuerdo, en: Without agreement}
deadlines:
  - {rule: not_appeared, start: scheduled, length: PT30M, on_expiry: no_show}
absence:
  - {roles: [applicant, neighbour], effect: no_show}
retention_years: 10
"""


async def test_two_files_are_enough_for_a_procedure_that_nobody_thought_of(court: Court, tmp_path: Path) -> None:
    (tmp_path / "items").mkdir()
    (tmp_path / "procedures").mkdir()
    (tmp_path / "items" / "visit.yaml").write_text(VISIT, "utf-8")
    (tmp_path / "procedures" / "boundary.v1.yaml").write_text(BOUNDARY, "utf-8")
    items = agenda_types.load(None, tmp_path / "items")
    types = procedure_types.load(None, tmp_path / "procedures", items=items)
    court.types["boundary_marking"] = procedure_types.resolve(types["boundary_marking"], items)

    room = await court.summon("boundary_marking", "prc_boundary")
    closed = await Play(room, "boundary").whole()

    assert (closed.stage, closed.outcome) == (Stage.CLOSED, "marked")
    assert next(item for item in closed.agenda if item.code == "Z01").values == {
        "place": "Según consta en autos",
        "metres": 2,
        "marks": [{"mark": "Según consta en autos", "agreed": True}],
    }
    assert closed.minutes is not None and closed.minutes.document is not None
    printed = await court.installation.vault.get(closed.id, closed.document(closed.minutes.document).original)
    assert "Se ve el lindero en Según consta en autos: 2 metros de alambrada." in printed.decode()
    declaration = next(document for document in closed.documents if document.code == "declaration")
    assert [signature.signer for signature in declaration.signatures] == ["p2"]
    assert closed.anchor is not None and closed.bundle is not None

"""Acts of any shipped type, held up to a point: what is done, left out, written and signed."""

from typing import Any

from domain.commands import Author, Command, SkipItem
from domain.events.agenda import ItemSkipped
from domain.events.documents import DocumentPresented, DocumentWritten
from domain.events.people import ConnectionLost
from domain.ids import AccountId, ItemId, ParticipantId, Sha256
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.rules.validity import line_of
from domain.types.vocabulary import DocumentCharacter, ItemState, SignatureMethod, StaffRole
from tests.domain.cases import asking
from tests.domain.held import with_done
from tests.domain.samples import in_session, ref, signature, signed_with_certificate, then

BEGUN = ("A01", "A02", "A04")


def item(type_id: str, code: str) -> ItemId:
    return next(one.id for one in in_session(type_id).agenda if one.code == code)


def host(type_id: str) -> Author:
    seat = in_session(type_id).hosts[0].id
    return Author(participant=seat, account=AccountId("acc_one"), staff_roles=(StaffRole.OFFICIAL, StaffRole.CLERK))


def asks(kind: type[Command], type_id: str, **words: object) -> Command:
    """By whoever holds an act of that type; `code` names the item."""
    code = words.pop("code", None)
    if code is not None:
        words["item"] = item(type_id, str(code))
    return asking(kind, host(type_id), **words)


def leaves_out(type_id: str, code: str) -> Command:
    return asks(SkipItem, type_id, code=code, reason="No procede")


def begun(type_id: str, *codes: str, **words: object) -> Procedure:
    """Opened, identified and warned, and these items done."""
    return with_done(in_session(type_id), *BEGUN, *codes, **words)


def ended(type_id: str, *left_out: str, besides: Any = (), **words: object) -> Procedure:
    """Every item that has to be is done, but those left out with a reason. `besides`: roles of who comes as well."""
    procedure = in_session(type_id, *besides)
    lines = [(one, line_of(procedure, one)) for one in procedure.agenda]
    skipped = [one for one, line in lines if one.code in left_out or (line and line.optional and one.code not in words)]
    for one in skipped:
        procedure = then(procedure, ItemSkipped(item=one.id, reason="No procede"))
    chosen = {name: value for name, value in words.items() if not name.startswith("A")}
    codes = [one.code for one in procedure.agenda if one.state is not ItemState.SKIPPED]
    return with_done(procedure, *codes, **chosen)


def written(procedure: Procedure, code: str, from_item: str, *, signed: bool = True, nth: int = 0) -> Procedure:
    """The document is there; everybody whom its plan wants has signed it, or nobody has. `nth`: of which item."""
    number, mark = f"d{len(procedure.documents) + 1}", str(len(procedure.documents) + 1)
    source = [one.id for one in procedure.agenda if one.code == from_item][nth]
    document = CaseDocument(
        id=number,
        code=code,
        title=code,
        character=DocumentCharacter.ORIGINAL,
        original=ref(mark),
        current=ref(mark),
        item=source,
    )
    procedure = then(procedure, DocumentWritten(document=document))
    asked = set(procedure.asked_to_sign(document))
    for line in procedure.type.procedure.signatures if signed else ():
        for person in [one for one in procedure.participants if one.id in asked] if line.document == code else ():
            if person.role in line.signers and line.method is SignatureMethod.OWN_CERTIFICATE:
                procedure = then(procedure, signed_with_certificate(number, person.id, mark))
            elif person.role in line.signers:
                procedure = then(procedure, *signature(number, person.id, mark))
    return procedure


def shown(procedure: Procedure) -> Procedure:
    last = procedure.documents[-1]
    everybody = tuple(person.id for person in procedure.citizens)
    return then(procedure, DocumentPresented(document=last.id, sha256=Sha256(last.original.sha256), to=everybody))


def refusing(procedure: Procedure) -> Procedure:
    """The first citizen said why they do not sign what was written last."""
    last = procedure.documents[-1]
    return procedure.with_document(last.but(refusals={procedure.citizens[0].id: "No es lo que dije"}))


def cut_off(procedure: Procedure, role: str) -> Procedure:
    """The line of whoever plays `role` is lost."""
    person = next(one for one in procedure.participants if one.role == role)
    return then(procedure, ConnectionLost(participant=ParticipantId(person.id)))


def never_came(procedure: Procedure, role: str) -> Procedure:
    person = next(one for one in procedure.participants if one.role == role)
    return procedure.with_participant(person.but(presence=Presence.EXPECTED, admitted_at=None))

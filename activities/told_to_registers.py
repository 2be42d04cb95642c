"""What each register outside is told of a document, from the item of which it was written."""

from collections.abc import Callable, Mapping
from datetime import date, time
from types import MappingProxyType
from typing import Any

from domain.ports.registers import (
    BirthEntry,
    Declarant,
    EntryTold,
    Parent,
    PowerAttorney,
    PowerEnding,
    PowerEntry,
    PowerGrantor,
)
from domain.procedure.register_entries import RegisterEntry
from domain.procedure.state import Procedure
from domain.types.document_plan import Register


def power_entry(procedure: Procedure, entry: RegisterEntry) -> PowerEntry:
    """Law: RDL 6/2023 art. 74.3."""
    said, granted_on = _said(procedure, entry)
    grantor = procedure.participant(str(said["grantor"]))
    return PowerEntry(
        id=entry.id,
        document_sha256=entry.sha256,
        body=procedure.body,
        case_number=procedure.case_number,
        grantor=PowerGrantor(
            name=grantor.name,
            id_number=grantor.document_number or "",
            address=said["grantor_address"],
            phone=said["grantor_phone"],
            email=said.get("grantor_email"),
        ),
        attorneys=tuple(PowerAttorney.model_validate(row) for row in said["attorneys"]),
        kind=said["kind"],
        which=said.get("which"),
        special_powers=said.get("special_powers"),
        excluded=said.get("excluded"),
        granted_on=granted_on,
        valid_until=date.fromisoformat(said["valid_until"]),
    )


def power_ending(procedure: Procedure, entry: RegisterEntry) -> PowerEnding:
    """Law: RDL 6/2023 arts. 74.6 and 74.7."""
    said, declared_on = _said(procedure, entry)
    declarant = procedure.participant(str(said["declarant"]))
    return PowerEnding(
        id=entry.id,
        document_sha256=entry.sha256,
        body=procedure.body,
        case_number=procedure.case_number,
        power_number=said["power_number"].strip(),
        kind=said["kind"],
        declarant_name=declarant.name,
        declarant_id_number=declarant.document_number or "",
        declared_on=declared_on,
    )


def birth_entry(procedure: Procedure, entry: RegisterEntry) -> BirthEntry:
    """Law: LRC arts. 45 to 49."""
    said, declared_on = _said(procedure, entry)
    declarant = procedure.participant(str(said["declarant"]))
    return BirthEntry(
        id=entry.id,
        document_sha256=entry.sha256,
        body=procedure.body,
        case_number=procedure.case_number,
        declarant=Declarant(
            name=declarant.name, id_number=declarant.document_number or "", obliged_as=said["obliged_as"]
        ),
        declared_on=declared_on,
        name=said["name"],
        surnames=said["surnames"],
        surname_order=said["surname_order"],
        sex=said["sex"],
        born_on=date.fromisoformat(said["born_on"]),
        born_at=time.fromisoformat(said["born_at"]),
        place=said["place"],
        parents=tuple(Parent.model_validate(row) for row in said["parents"]),
        medical_proof=said["medical_proof"],
        term=said["term"],
    )


def _said(procedure: Procedure, entry: RegisterEntry) -> tuple[Mapping[str, Any], date]:
    """What was put down, and the day on which it was."""
    document = procedure.document(entry.document)
    assert document.item is not None
    item = procedure.item(document.item)
    return item.values, (item.closed_at or entry.requested_at).date()


def told_of(procedure: Procedure, entry: RegisterEntry) -> EntryTold:
    """As its document says: something that is to stand there, or the end of what stands."""
    plan = procedure.type.procedure.document(procedure.document(entry.document).code)
    ends = plan is not None and plan.entered_in is not None and plan.entered_in.ends
    return (_ENDING if ends else _MAKING)[entry.where](procedure, entry)


_Telling = Mapping[Register, Callable[[Procedure, RegisterEntry], EntryTold]]
_MAKING: _Telling = MappingProxyType({Register.POWERS: power_entry, Register.CIVIL: birth_entry})
_ENDING: _Telling = MappingProxyType({Register.POWERS: power_ending})

"""Entering signed documents in registers outside: once, whatever is killed, with the receipt in the file."""

from collections.abc import Mapping

from temporalio import activity

from activities.received import ReceivedPapers
from activities.register_orders import EnterDocument, EnteredDocument
from activities.told_to_registers import told_of
from domain.errors import PersonMustAct, Refusal
from domain.events.register_entries import RegisterEntryMade
from domain.ports.documents import DocumentIntake, DocumentVault, MalwareScanner
from domain.ports.registers import EntryReceipt, EntryRegister, EntryTold, PowerEnding
from domain.procedure.register_entries import RegisterEntry
from domain.procedure.state import Procedure
from domain.reading import CaseReading
from domain.types.document_plan import Register

RECEIPT = "register_receipt"
"""Code of the receipt in the file."""


class RegisterEntries:
    """A repeated order enters nothing twice: the entry is named by the workflow, and the register knows it."""

    def __init__(
        self,
        cases: CaseReading,
        vault: DocumentVault,
        intake: DocumentIntake,
        scanner: MalwareScanner,
        registers: Mapping[Register, EntryRegister],
    ) -> None:
        self._cases = cases
        self._vault = vault
        self._received = ReceivedPapers(vault, intake, scanner)
        self._registers = registers

    @activity.defn
    async def enter_document(self, order: EnterDocument) -> EnteredDocument:
        """`TryAgain` until the register answers. Law: RDL 6/2023 art. 71.1, its receipt has number, day and hour."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        entry = next(one for one in procedure.register_entries if one.id == order.entry)
        asked = await self._fixed(procedure, entry)
        try:
            receipt = await self._registers[entry.where].enter(asked)
        except Refusal as refusal:
            return EnteredDocument(refused=refusal.code)
        _is_of(receipt, asked)
        stands = await self._stands(entry.where, asked)
        plan = procedure.type.procedure.document(RECEIPT)
        title = plan.titles.in_language(procedure.language) if plan else receipt.register_name
        kept, _ = await self._received.keep(procedure, RECEIPT, title, receipt.content, 1, order.at)
        return EnteredDocument(
            made=RegisterEntryMade(
                id=entry.id,
                register_name=receipt.register_name,
                number=receipt.number,
                recorded_at=receipt.recorded_at,
                valid_until=receipt.valid_until,
                stands=stands,
                receipt=kept,
            )
        )

    async def _stands(self, where: Register, asked: EntryTold) -> str | None:
        """What the register says now of what was to end. Law: RDL 6/2023 art. 77, it is the register that is believed.

        Raises `PersonMustAct('register_still_stands')`: it gave a receipt, and what it has did not change.
        """
        if not isinstance(asked, PowerEnding):
            return None
        standing = await self._registers[where].standing(asked.power_number)
        if standing.number != asked.power_number or not standing.has_ended(asked):
            raise PersonMustAct("register_still_stands", entry=asked.id)
        return standing.state

    async def _fixed(self, procedure: Procedure, entry: RegisterEntry) -> EntryTold:
        """As it was asked for first: whatever is corrected meanwhile, the same id never says something else."""
        name = f"register-entry-{entry.id}"
        told = told_of(procedure, entry)
        kept = await self._vault.find(procedure.id, name)
        kept = kept or await self._vault.put_once(
            procedure.id, name, told.model_dump_json().encode(), "application/json"
        )
        return type(told).model_validate_json(await self._vault.get(procedure.id, kept))


def _is_of(receipt: EntryReceipt, asked: EntryTold) -> None:
    """Raises `PersonMustAct('register_receipt_wrong')`: a receipt of something else proves nothing of this."""
    if (receipt.id, receipt.document_sha256) != (asked.id, asked.document_sha256):
        raise PersonMustAct("register_receipt_wrong", entry=asked.id)

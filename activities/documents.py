"""Documents enter the file: scans are checked, fixed as PDF/A and receipted; agreements are written."""

from temporalio import activity

from activities.orders import FixedInFile, TakeInDocument, WriteDocument
from activities.typesetting import Typesetting
from domain.errors import Refusal
from domain.ports.documents import DocumentIntake, DocumentVault, MalwareScanner
from domain.procedure.documents import BroughtFile, CaseDocument
from domain.reading import CaseReading
from domain.refusals.files import FILE_HAS_MALWARE
from domain.types.document_plan import WrittenWhen
from domain.types.vocabulary import MalwareScan
from templates.documents import write_document, write_receipt
from templates.minutes import draft_minutes

PDF = "application/pdf"


class Documents:
    """The same order twice gives the same document: names are fixed by the order, and the first bytes stay."""

    def __init__(
        self,
        cases: CaseReading,
        vault: DocumentVault,
        intake: DocumentIntake,
        scanner: MalwareScanner,
        typesetting: Typesetting,
    ) -> None:
        self._cases = cases
        self._vault = vault
        self._intake = intake
        self._scanner = scanner
        self._typesetting = typesetting

    @activity.defn
    async def take_in_document(self, order: TakeInDocument) -> FixedInFile:
        """Law: RDL 6/2023 art. 40.1, a scan enters as a copy; art. 41.2, with a receipt of content and time."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        parts = [await self._vault.get(order.procedure, ref) for ref in order.raw]
        scans = await self._scanner.scan(parts)
        for number, scan in enumerate(scans, 1):
            if scan.outcome is MalwareScan.FOUND:
                raise Refusal(FILE_HAS_MALWARE, part=number, found=scan.name)
        administration = self._typesetting.administration(procedure)
        languages = (procedure.language, *administration.languages)
        fixed = await self._intake.fix(parts, order.title, languages, order.at)
        pdf = await self._vault.put(order.procedure, fixed.pdf, PDF, pages=fixed.pages)
        plan = procedure.type.procedure.document(order.code)
        assert plan is not None
        kinds = self._intake.inspect(parts)
        signatures = fixed.signatures or (0,) * len(parts)
        losses = fixed.losses or (None,) * len(parts)
        document = CaseDocument(
            id=order.id,
            code=order.code,
            title=order.title,
            character=plan.character,
            original=pdf,
            current=pdf,
            depositor=order.depositor,
            item=order.item,
            brought=tuple(
                BroughtFile(content=ref.but(media_type=kind), signatures=count, scan=scan.outcome, losses=lost)
                for ref, kind, count, scan, lost in zip(order.raw, kinds, signatures, scans, losses, strict=True)
            ),
        )
        words = write_receipt(document, procedure, administration, order.at, procedure.language)
        name = f"receipt-of-{pdf.sha256}"
        receipt = await self._typesetting.set_once(procedure, name, words, order.at)
        return FixedInFile(document=document.but(receipt=receipt))

    @activity.defn
    async def write_document(self, order: WriteDocument) -> FixedInFile:
        """What the agenda says becomes a document to read and sign."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        plan = procedure.type.procedure.document(order.code)
        assert plan is not None
        item = procedure.item(order.item) if order.item else None
        administration = self._typesetting.administration(procedure)
        if plan.written_when is WrittenWhen.OPENED:
            entries = await self._cases.entries(order.procedure, order.up_to)
            title = plan.titles.in_language(procedure.language)
            words = draft_minutes(procedure, administration, entries, procedure.language).but(title=title)
        else:
            words = write_document(plan, procedure, administration, item, order.at, procedure.language)
        pdf = await self._typesetting.set_once(procedure, f"written-{order.id}-{order.up_to}", words, order.at)
        return FixedInFile(
            document=CaseDocument(
                id=order.id,
                code=plan.code,
                title=plan.titled(item.values if item else {}).in_language(procedure.language),
                character=plan.character,
                original=pdf,
                current=pdf,
                item=order.item,
            )
        )

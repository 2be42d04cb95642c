"""Documents that the platform writes into the file of a procedure."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.documents import Documents
    from activities.orders import FixedInFile, WriteDocument
    from domain.events.documents import DocumentWritten
    from domain.ids import ItemId
    from domain.types.document_plan import DocumentPlan
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import DOCUMENTS


async def write_document(case: CaseFile, plan: DocumentPlan, item: ItemId | None) -> None:
    """From what the record says now."""
    order = WriteDocument(
        procedure=case.procedure.id,
        up_to=case.seq,
        id=f"d{len(case.procedure.documents) + 1}",
        code=plan.code,
        item=item,
        at=case.now(),
    )
    written: FixedInFile = await call_until_done(case, DOCUMENTS, Documents.write_document, order)
    async with case.filing:
        document = written.document.but(id=f"d{len(case.procedure.documents) + 1}")
        await case.note(DocumentWritten(document=document))

"""Papers that a system of others sends: kept as they came, byte for byte, with a copy that anybody can read."""

from datetime import datetime

from domain.errors import Refusal
from domain.languages import LANGUAGE_CODES
from domain.ports.documents import DocumentIntake, DocumentVault, MalwareScanner
from domain.procedure.documents import BroughtFile, CaseDocument, DocumentRef
from domain.procedure.state import Procedure
from domain.refusals.files import FILE_HAS_MALWARE
from domain.types.vocabulary import DocumentCharacter, MalwareScan


class ReceivedPapers:
    def __init__(self, vault: DocumentVault, intake: DocumentIntake, scanner: MalwareScanner) -> None:
        self._vault = vault
        self._intake = intake
        self._scanner = scanner

    async def keep(
        self, procedure: Procedure, code: str, title: str, content: bytes, number: int, at: datetime
    ) -> tuple[CaseDocument, bool]:
        """The document, and whether there is a copy to read: what cannot be copied is kept as it came.

        Another authority's answer is never thrown away: what the scanner found in one stands on it, and it is not read.
        """
        [scan] = await self._scanner.scan([content])
        try:
            if scan.outcome is MalwareScan.FOUND:
                raise Refusal(FILE_HAS_MALWARE, part=1, found=scan.name)
            document = await self._take_in(procedure, code, title, content, number, scan.outcome, at)
        except Refusal:
            came = await self._vault.put(procedure.id, content, "application/octet-stream")
            file = BroughtFile(content=came, scan=scan.outcome)
            return _document(procedure, code, title, number, came, file), False
        return document, True

    async def _take_in(
        self,
        procedure: Procedure,
        code: str,
        title: str,
        content: bytes,
        number: int,
        scan: MalwareScan,
        at: datetime,
    ) -> CaseDocument:
        """As it came, byte for byte, and a copy that anybody can read."""
        [kind] = self._intake.inspect([content])
        fixed = await self._intake.fix([content], title, (procedure.language, *LANGUAGE_CODES), at)
        came = await self._vault.put(procedure.id, content, kind)
        pdf = await self._vault.put(procedure.id, fixed.pdf, "application/pdf", pages=fixed.pages)
        lost = fixed.losses[0] if fixed.losses else None
        file = BroughtFile(content=came, signatures=sum(fixed.signatures), scan=scan, losses=lost)
        return _document(procedure, code, title, number, pdf, file)


def _document(
    procedure: Procedure, code: str, title: str, number: int, original: DocumentRef, came: BroughtFile
) -> CaseDocument:
    return CaseDocument(
        id=f"d{len(procedure.documents) + number}",
        code=code,
        title=title,
        character=DocumentCharacter.DIGITISED_COPY,
        original=original,
        current=original,
        brought=(came,),
    )

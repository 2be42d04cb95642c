"""From words to a PDF in the vault, dressed as the Administration's own paper."""

from datetime import datetime

from domain.ids import AdministrationId
from domain.ports.documents import DocumentVault, Typesetter
from domain.procedure.documents import DocumentRef
from domain.procedure.minutes import WrittenDocument
from domain.procedure.state import Procedure
from domain.types.territory import Administration


class Typesetting:
    """Shared by the activities that write documents."""

    def __init__(
        self,
        typesetter: Typesetter,
        vault: DocumentVault,
        administrations: dict[AdministrationId, Administration],
        logos: dict[AdministrationId, bytes],
    ) -> None:
        self._typesetter = typesetter
        self._vault = vault
        self._administrations = administrations
        self._logos = logos

    def administration(self, procedure: Procedure) -> Administration:
        return self._administrations[procedure.administration]

    async def set_once(self, procedure: Procedure, name: str, words: WrittenDocument, at: datetime) -> DocumentRef:
        """Set `words` and keep the PDF under `name`; what is there already is returned unchanged."""
        done = await self._vault.find(procedure.id, name)
        if done is not None:
            return done
        theme = self.administration(procedure).theme
        pdf = await self._typesetter.pdf(words, theme, self._logos[procedure.administration], at)
        pages = self._typesetter.pages(pdf)
        return await self._vault.put_once(procedure.id, name, pdf, "application/pdf", pages=pages)

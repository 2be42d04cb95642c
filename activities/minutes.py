"""Minutes: drafted from the journal, approved as words, then set as the one PDF that is signed."""

import rfc8785
from temporalio import activity

from activities.orders import DraftedMinutes, DraftMinutes, FixedInFile, SetMinutes
from activities.typesetting import Typesetting
from domain.codes.csv import csv_of
from domain.ports.documents import DocumentVault
from domain.ports.journal import KeyStore
from domain.procedure.documents import CaseDocument
from domain.procedure.minutes import WrittenDocument
from domain.reading import CaseReading
from domain.types.procedure_type import MINUTES
from domain.types.vocabulary import DocumentCharacter
from templates.minutes import draft_minutes, final_minutes
from templates.texts import text


class MinutesWriting:
    """Writes the words and sets the page."""

    def __init__(
        self,
        cases: CaseReading,
        vault: DocumentVault,
        keys: KeyStore,
        typesetting: Typesetting,
        verification_url: str,
    ) -> None:
        self._cases = cases
        self._vault = vault
        self._keys = keys
        self._typesetting = typesetting
        self._verification_url = verification_url

    @activity.defn
    async def draft_minutes(self, order: DraftMinutes) -> DraftedMinutes:
        """From the agenda's data and the journal; the code is fixed by the procedure's own secret."""
        entries = await self._cases.entries(order.procedure, order.up_to)
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        csv = csv_of(await self._keys.seed(order.procedure))
        administration = self._typesetting.administration(procedure)
        words = draft_minutes(procedure, administration, entries, procedure.language).but(
            csv=csv, verification_url=f"{self._verification_url}/{csv}"
        )
        canonical = rfc8785.dumps(words.model_dump(mode="json"))
        name = f"minutes-draft-{order.up_to}"
        return DraftedMinutes(
            draft=await self._vault.put_once(order.procedure, name, canonical, "application/json"), csv=csv
        )

    @activity.defn
    async def set_minutes(self, order: SetMinutes) -> FixedInFile:
        """The approved words with their visible corrections, as PDF/A."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        minutes = procedure.minutes
        assert minutes is not None
        draft = WrittenDocument.model_validate_json(await self._vault.get(order.procedure, minutes.draft))
        words = final_minutes(draft, minutes.corrections, procedure, self._typesetting.administration(procedure))
        name = f"minutes-{minutes.version}-{order.up_to}"
        pdf = await self._typesetting.set_once(procedure, name, words, order.at)
        return FixedInFile(
            document=CaseDocument(
                id=order.id,
                code=MINUTES,
                title=text("identity.minutes_title", procedure.language),
                character=DocumentCharacter.ORIGINAL,
                original=pdf,
                current=pdf,
            )
        )

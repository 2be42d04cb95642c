"""The facts of an act as its minutes tell them: people, items, documents, incidents, with the events behind each.

Facts only; what is said of them is in `skeletons/minutes/`, the words in `words/`. A skeleton reads `record.attendees`,
`record.items` and so on.
"""

from functools import cached_property

from domain.ids import ItemId
from domain.procedure.agenda import AgendaItem
from domain.procedure.documents import CaseDocument
from domain.procedure.state import Procedure
from domain.types.procedure_type import MINUTES
from domain.types.territory import Administration
from domain.types.vocabulary import BodyKind, InMinutes, ItemState, SignatureMethod, StaffRole, Verb
from templates.facts import FiledDocument, ItemFacts, PlannedSignature
from templates.incidents import Incident, incidents, short_gaps
from templates.items import FieldWords, ItemWriter
from templates.sitting import Sitting
from templates.texts import text
from templates.trail import Trail
from templates.words import Words

_PETITIONS = (Verb.HEAR, Verb.PROPOSE)
_EVIDENCE = (Verb.EXAMINE, Verb.EXHIBIT, Verb.DEPOSIT, Verb.SWEAR)
_RULINGS = (Verb.RULE, Verb.VOTE)


class Record(Sitting):
    """One act, read from its state and its journal. `words` says in which language and at which legal time."""

    def __init__(self, procedure: Procedure, administration: Administration, trail: Trail, words: Words) -> None:
        super().__init__(procedure, administration, trail, words)
        self._writer = ItemWriter(procedure, words)

    # -- people ------------------------------------------------------------------------------------------------------

    @property
    def public_faith(self) -> bool:
        """True when a court clerk approves (law: LOPJ art. 453, judicial public faith belongs to the clerk).

        The secretary of a commission certifies what it did, and gives no public faith (Ley 40/2015 art. 16.2); nor does
        a justice of the peace.
        """
        if BodyKind.COMMISSION in self.type.held_by or self.procedure.body_kind is BodyKind.PEACE_COURT:
            return False
        return StaffRole.CLERK in self.type.role(self.type.minutes.approver).account_roles

    # -- the agenda ----------------------------------------------------------------------------------------------------

    @cached_property
    def items(self) -> tuple[ItemFacts, ...]:
        """Items that were dealt with, in the order in which they were opened, then those left out with a reason."""
        return tuple(self._item_facts(item) for item in self._told_items())

    @property
    def declared(self) -> str:
        """On what it is held and between whom, as whoever asked for it declared; empty where the type asks nothing."""
        admission, told = self.type.validity.admission, self.procedure.declared
        if admission is None or told is None:
            return ""
        return self._writer.sentence(AgendaItem(id=ItemId("declared"), code=admission.item, values=told.values))

    def done_items(self, *verbs: Verb) -> tuple[ItemFacts, ...]:
        """Done items of these kinds."""
        return tuple(
            self._item_facts(item)
            for item in self._told_items()
            if self.procedure.type.item(item.code).verb in verbs and item.state is ItemState.DONE
        )

    def tables(self, *verbs: Verb) -> tuple[FieldWords, ...]:
        """What was filled in as rows in done items of these kinds: the clauses of an agreement."""
        items = [item for item in self._told_items() if self.procedure.type.item(item.code).verb in verbs]
        fields = [field for item in items if item.state is ItemState.DONE for field in self._writer.fields(item)]
        return tuple(field for field in fields if field.rows)

    @property
    def petitions(self) -> tuple[ItemFacts, ...]:
        return self.done_items(*_PETITIONS)

    @property
    def evidence(self) -> tuple[ItemFacts, ...]:
        return self.done_items(*_EVIDENCE)

    @property
    def rulings(self) -> tuple[ItemFacts, ...]:
        return self.done_items(*_RULINGS)

    @property
    def reading(self) -> tuple[ItemFacts, ...]:
        return self.done_items(Verb.APPROVE_MINUTES)

    def _told_items(self) -> list[AgendaItem]:
        told = [
            item
            for item in self.procedure.agenda
            if self.procedure.type.item(item.code).in_minutes is not InMinutes.NONE
            and (item.opened_at or (item.state is ItemState.SKIPPED and item.skip_reason))
        ]
        last = max((item.opened_at for item in told if item.opened_at), default=self.began)
        return sorted(told, key=lambda item: (item.opened_at is None, item.opened_at or last))

    def _item_facts(self, item: AgendaItem) -> ItemFacts:
        item_type = self.procedure.type.item(item.code)
        return ItemFacts(
            id=item.id,
            title=self._writer.title(item),
            sentence=self._writer.sentence(item) if item.values or item.state is ItemState.DONE else "",
            mention=item_type.in_minutes is InMinutes.MENTION,
            skipped=(item.skip_reason or "") if item.state is ItemState.SKIPPED else None,
            opened_at=item.opened_at,
            closed_at=item.closed_at,
            events=self.trail.seqs(item=item.id),
        )

    # -- documents, incidents, proofs --------------------------------------------------------------------------------

    @cached_property
    def documents(self) -> tuple[FiledDocument, ...]:
        filed = (one for one in self.procedure.documents if one.code != MINUTES and not one.readers)
        return tuple(self._filed(number, document) for number, document in enumerate(filed, start=1))

    def _filed(self, number: int, document: CaseDocument) -> FiledDocument:
        return FiledDocument(
            number=number,
            title=self._paper_title(document),
            character=document.character.value,
            pages=document.original.pages or 1,
            sha256=document.original.sha256,
            depositor=self.name(document.depositor),
            signers=tuple((self._signer(done.signer), done.method.value) for done in document.signatures),
            refusers=tuple((self._signer(who), reason) for who, reason in document.refusals.items()),
            events=self.trail.of_document(document.id),
        )

    def _paper_title(self, document: CaseDocument) -> str:
        if not self.procedure.was_rewritten(document):
            return document.title
        return text("record.document.rewritten", self._words.language, title=document.title)

    @property
    def unsigned(self) -> tuple[tuple[str, str, str], ...]:
        """Who does not sign the minutes, in which capacity, and why."""
        minutes = [document for document in self.procedure.documents if document.code == MINUTES]
        refusals = minutes[-1].refusals if minutes else {}
        people = [(self.procedure.participant(who), reason) for who, reason in refusals.items()]
        role_of, language = self.procedure.role_of, self._words.language
        return tuple((self.name(one.id), role_of(one).titles.in_language(language), why) for one, why in people)

    def _signer(self, signer: str) -> str:
        return self.body_name if signer == "body" else self.name(signer)

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        return incidents(self.procedure, self.trail)

    @cached_property
    def short_gaps(self) -> tuple[Incident, ...]:
        return short_gaps(self.procedure, self.trail)

    def title_of(self, item: str | None) -> str:
        """The title of an item, for an incident that happened during it."""
        found = next((found for found in self.procedure.agenda if found.id == item), None)
        return self._writer.title(found) if found else ""

    def document_title(self, id: str | None) -> str:
        return next((document.title for document in self.procedure.documents if document.id == id), "")

    @cached_property
    def signatures(self) -> tuple[PlannedSignature, ...]:
        """Who signs the minutes, in order, as the type plans it."""
        planned = []
        for plan in self.type.signatures:
            for signer in plan.signers if plan.document == MINUTES else ():
                planned += self._planned(signer, plan.method)
        return tuple(planned)

    @property
    def signature_rows(self) -> tuple[tuple[str, str, str], ...]:
        """Who, in which capacity, by which system: in words."""
        language = self._words.language
        return tuple(
            (planned.name, planned.role or "—", text(f"vocabulary.signature_method.{planned.method}", language))
            for planned in self.signatures
        )

    def _planned(self, signer: str, method: SignatureMethod) -> list[PlannedSignature]:
        if signer == "body":
            return [PlannedSignature(self.body_name, "", method.value)]
        role = self.procedure.role(signer).titles.in_language(self._words.language)
        people = [person for person in self.procedure.participants if person.role == signer and self._came(person)]
        return [PlannedSignature(self.name(person.id), role, method.value) for person in people]

    @property
    def methods_used(self) -> tuple[str, ...]:
        """Kinds of signature in this act: on its documents and on the minutes; `handwriting` where it came besides."""
        done = [method for document in self.documents for _, method in document.signers]
        done += ["handwriting" for one in self.procedure.documents for by in one.handwritings if by.content]
        return tuple(dict.fromkeys([*done, *(planned.method for planned in self.signatures)]))

    @property
    def head(self) -> str:
        """Hash of the last event that the minutes know."""
        return self.trail.entries[-1].hash if self.trail.entries else ""

    def events(self, *types: str) -> tuple[int, ...]:
        return self.trail.seqs(*types) if types else ()

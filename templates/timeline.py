"""One sentence per event for the timeline of a procedure, with names as they may be shown."""

from collections.abc import Callable
from typing import Any

from domain.errors import Refusal
from domain.procedure.people import Advice
from domain.procedure.secure_place import Company
from domain.procedure.state import Procedure
from templates.items import ItemWriter
from templates.mechanisms import advised, mechanism_title
from templates.people import NameRedactor, is_hidden, shown_name
from templates.secure_place import seen_there
from templates.texts import broken_rule, cancellation, has_text, text
from templates.words import Words


def timeline_sentence(type: str, content: dict[str, Any], procedure: Procedure, words: Words) -> str:
    """`Ana Ruiz entra en la sala`. Raises `KeyError` for no event."""
    # Silence after trouble is news too, and it is the same event with an empty code.
    over = type == "trouble_reported" and not content.get("code")
    params = _Params(content, procedure, words, coded=type == "document_refused")
    said = text(f"vocabulary.event.{'trouble_over' if over else type}", words.language, **params)
    return NameRedactor(procedure, words.language)(said).strip().removesuffix(".")


class _Params(dict[str, str]):
    """What the sentences of the catalogue may name, in words."""

    def __init__(self, content: dict[str, Any], procedure: Procedure, words: Words, *, coded: bool) -> None:
        """`coded`: the reason was given by a rule and not typed by a person."""
        self._procedure = procedure
        self._words = words
        shown: dict[str, Callable[[Any], str]] = {
            "participant": self._person,
            "recipient": self._person,
            "lawyer": self._person,
            "client": self._person,
            "ends_at": words.clock,
            "absent": self._people,
            "to": self._people,
            "item": self._item,
            "document": self._document,
            "scheduled_at": words.moment,
            "new_date": words.moment,
            "last_day": words.day,
            "given": words.yes_no,
            "outcome": self._outcome,
            "place": self._word("place"),
            "kind": self._word("notice"),
            "method": self._mechanism,
            "mechanism": self._mechanism,
            "advice": lambda value: self._advice(content["mechanism"], value),
            "assurance": lambda value: self._word("assurance")(value).lower(),
            "cause": self._cause,
            "code": self._trouble,
            "rule": self._term,
            "trouble": self._trouble,
            "reason": self._trouble if coded else self._reason,
        }
        super().__init__({name: shown.get(name, _plain)(value) for name, value in content.items()})
        self["signer"] = self._signer(content)
        self["seen_there"] = self._seen_there(content) if "private_talk" in content else ""
        way = content.get("authenticated_by")
        self["shown_by"] = self._word("signer_authentication")(way) if way else ""
        self["rejected_for"] = self._rejected_for(content)
        self["answer_kind"] = self._word("answer_kind")(content.get("kind"))

    def _signer(self, content: dict[str, Any]) -> str:
        signer = content.get("participant") or content.get("signer") or ""
        return (
            text("vocabulary.signature_method.seal", self._words.language) if signer == "body" else self._person(signer)
        )

    def _person(self, id: str) -> str:
        try:
            return shown_name(self._procedure, self._procedure.participant(id), self._words.language)
        except Refusal:
            return str(id)

    def _seen_there(self, content: dict[str, Any]) -> str:
        seen = {name: content[name] for name in ("acts_freely", "private_talk")}
        person = self._procedure.participant(content["participant"])
        hidden = is_hidden(self._procedure, person)
        company, others = Company(content["company"]), content.get("others")
        return seen_there(**seen, company=company, others=others, hidden=hidden, language=self._words.language)

    def _rejected_for(self, content: dict[str, Any]) -> str:
        """The cause, and what was said besides."""
        key = f"vocabulary.rejection_cause.{content.get('cause')}"
        words = text(key, self._words.language) if has_text(key) else ""
        cause = words[:1].lower() + words[1:]
        return "; ".join(filter(None, (cause, content.get("reason"))))

    def _people(self, ids: list[str]) -> str:
        return self._words.listed([self._person(id) for id in ids])

    def _item(self, id: str | None) -> str:
        item = next((item for item in self._procedure.agenda if item.id == id), None)
        return ItemWriter(self._procedure, self._words).title(item) if item else str(id or "")

    def _document(self, value: Any) -> str:
        if isinstance(value, dict):
            return f"«{value.get('title', '')}»"
        found = next((document.title for document in self._procedure.documents if document.id == value), value)
        return f"«{found}»"

    def _outcome(self, code: str) -> str:
        outcomes = self._procedure.type.procedure.outcomes
        return outcomes[code].in_language(self._words.language) if code in outcomes else code

    def _term(self, rule: str) -> str:
        """A term of an instrument by its name; of any other, its code is in no sentence."""
        plan = self._procedure.type.procedure.cooperation
        terms = [term for instrument in plan.instruments for term in instrument.terms] if plan else []
        found = next((term for term in terms if term.rule == rule), None)
        return found.titles.in_language(self._words.language) if found else rule

    def _cause(self, code: str) -> str:
        keys = (f"vocabulary.{kind}.{code}" for kind in ("interruption_cause", "lapse_cause"))
        key = next((key for key in keys if has_text(key)), None)
        return text(key, self._words.language).lower() if key else code

    def _mechanism(self, code: str) -> str:
        return mechanism_title(self._procedure, code, self._words.language)

    def _advice(self, mechanism: str, value: Any) -> str:
        return " ".join(advised(self._procedure, mechanism, Advice.model_validate(value), self._words.language))

    def _trouble(self, code: str | None) -> str:
        """`el archivo tiene contraseña`: never a code alone."""
        return broken_rule(code, self._words.language) if code else ""

    def _reason(self, reason: str | None) -> str:
        return cancellation(reason, self._words.language) if reason else ""

    def _word(self, noun: str) -> Callable[[Any], str]:
        def said(value: Any) -> str:
            key = f"vocabulary.{noun}.{value}"
            return text(key, self._words.language) if has_text(key) else str(value)

        return said


def _plain(value: Any) -> str:
    return "" if value is None else str(value)

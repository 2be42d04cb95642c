"""The board of the day: register rows sorted into what waits, what stopped, what is to be signed, and the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.access.entitlement import with_entitled_roles
from api.access.permissions import CallerKind
from api.access.session import Caller
from api.access.visibility import may_read, name_on_list
from api.pages.rendering import PageContext, trouble
from api.views.status import KindOf, must_act_for
from domain.journal.register import PersonLine, RegisterRow
from domain.languages import DEFAULT_LANGUAGE
from domain.procedure.people import Presence
from domain.types.privacy import Detail
from domain.types.procedure_type import ProcedureType
from domain.types.vocabulary import Stage
from templates.texts import has_text, text


@dataclass(frozen=True)
class Card:
    """One procedure on a list."""

    id: str
    title: str
    number: str
    stage: str
    stage_words: str
    at: datetime
    people: tuple[tuple[str, str, str, datetime | None], ...]
    """(id, shown name, presence in words, waiting since)."""
    to_do: str
    cause: str
    since: datetime | None
    must_act: str
    missing: str
    note: str
    trouble: str
    help: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class BoardView:
    waiting: tuple[Card, ...]
    stopped: tuple[Card, ...]
    to_sign: tuple[Card, ...]
    calling: tuple[Card, ...]
    """Caller in them asks for help."""
    listed: tuple[Card, ...]
    """Those of the day, or of the number, that was asked for."""


def board_view(
    under_way: Sequence[RegisterRow],
    listed: Sequence[RegisterRow],
    kind_of: KindOf,
    who: Caller,
    context: PageContext,
) -> BoardView:
    """Each procedure as far as `who` is entitled to it."""

    def seen(rows: Sequence[RegisterRow]) -> list[tuple[RegisterRow, Card]]:
        entitled_to = ((row, with_entitled_roles(who, row)) for row in rows)
        return [
            (row, card(row, kind_of(row.type, row.type_version), here, context)) for row, here in entitled_to if here
        ]

    cards = seen(under_way)
    stopped = [c for row, c in cards if row.stage in (Stage.INTERRUPTED, Stage.ADJOURNED) or row.trouble]
    waiting = [c for row, c in cards if row.waiting and c not in stopped]
    signing = [c for row, c in cards if row.stage in (Stage.APPROVAL, Stage.SIGNING) and c not in stopped]
    return BoardView(
        tuple(waiting),
        tuple(stopped),
        tuple(signing),
        tuple(c for _, c in cards if c.help),
        tuple(c for _, c in seen(listed)),
    )


def card(row: RegisterRow, kind: ProcedureType | None, who: Caller, context: PageContext) -> Card:
    """`who`: as `with_entitled_roles` makes them for this procedure."""
    title = row.titles.get(context.language) or row.titles.get(DEFAULT_LANGUAGE, row.type)
    if kind and may_read(who, Detail.KIND, row.privacy):
        title = kind.titles.in_language(context.language)
    cause = f"vocabulary.interruption_cause.{row.interruption_cause}"
    return Card(
        id=row.procedure,
        title=title,
        number=row.case_number,
        stage=row.stage.value,
        stage_words=text(f"vocabulary.stage.{row.stage.value}", context.language),
        at=row.scheduled_at,
        people=tuple(
            (
                p.id,
                _name(row, p, kind, who, context),
                text(f"vocabulary.presence.{p.presence.value}", context.language),
                p.waiting_since,
            )
            for p in row.private.people
            if p.account is None
        ),
        to_do=_to_do(row, who, context),
        cause=text(cause, context.language) if row.interruption_cause and has_text(cause) else "",
        since=row.interrupted_at,
        must_act=_role(must_act_for(who, row, row.interruption_must_act or ""), kind, context),
        missing=_missing(row, kind, who, context),
        note=row.private.interruption_note or "" if may_read(who, Detail.NOTE, row.privacy) else "",
        trouble=trouble(context, row.trouble) if row.trouble else "",
        help=tuple((p.id, _name(row, p, kind, who, context)) for p in row.private.people if p.asks_for_help),
    )


def _name(row: RegisterRow, person: PersonLine, kind: ProcedureType | None, who: Caller, context: PageContext) -> str:
    """Lists stand open on screens: whoever has an alias is on them by it, for those too who may read the name."""
    role = next((role for role in kind.roles if role.code == person.role), None) if kind else None
    if role is not None and role.alias is not None and may_read(who, Detail.NAME, row.privacy):
        return role.alias.in_language(context.language)
    return name_on_list(who, row, person, kind, context.language)


def _role(code: str | None, kind: ProcedureType | None, context: PageContext) -> str:
    if not code:
        return ""
    if has_text(f"pages.who.{code}"):
        return text(f"pages.who.{code}", context.language)
    known = next((role for role in kind.roles if role.code == code), None) if kind else None
    return known.titles.in_language(context.language) if known else code


def _to_do(row: RegisterRow, who: Caller, context: PageContext) -> str:
    if not {CallerKind.CLERK, CallerKind.OFFICIAL} & who.kinds:
        return text(f"vocabulary.stage.{row.stage.value}", context.language)
    if row.stage in (Stage.CHECKED_IN, Stage.SUMMONED):
        key = "to_do_open" if row.waiting else "to_do_wait"
    elif row.stage is Stage.IN_SESSION:
        key = "to_do_admit" if row.waiting else "to_do_hold"
    elif row.stage in (Stage.PREPARATION, Stage.ANSWERED):
        key = f"to_do_{row.stage.value}"
    elif row.stage is Stage.APPROVAL:
        key = "to_do_approve"
    elif row.stage is Stage.SIGNING:
        key = "to_do_sign"
    else:
        return ""
    return text(f"pages.board.{key}", context.language)


def _missing(row: RegisterRow, kind: ProcedureType | None, who: Caller, context: PageContext) -> str:
    if row.stage is not Stage.INTERRUPTED:
        return ""
    absent = [p for p in row.private.people if p.presence in (Presence.LOST, Presence.LEFT)]
    names = [
        text("pages.board.missing_presence", context.language, name=_name(row, p, kind, who, context)) for p in absent
    ]
    settled = (Presence.LOST, Presence.LEFT, Presence.DISMISSED)
    unidentified = [p for p in row.private.people if not p.identified and p.presence not in settled]
    names += [
        text("pages.interruption.identity_of", context.language, name=_name(row, p, kind, who, context))
        for p in unidentified
    ]
    return context.words.listed(names)

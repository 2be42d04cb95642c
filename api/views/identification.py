"""What a mechanism of identification asks for, and of whom: JSON and pages are made from what it declares."""

from datetime import datetime

from domain.base import Value
from domain.ids import Sha256
from domain.procedure.people import Identification, Participant
from domain.procedure.state import Procedure
from domain.rules.identity import may_identify_elsewhere
from domain.types.mechanism import Mechanism
from templates.mechanisms import advised, mechanism_title


class AskedField(Value):
    name: str
    title: str
    hint: str
    minimum: int
    maximum: int
    digits: bool
    secret: bool


class AskedPose(Value):
    """What a still is taken of, or was."""

    code: str
    words: str
    """What the person is told meanwhile."""
    still: Sha256 | None = None


class AdviceView(Value):
    band: str
    words: str
    doubts: tuple[str, ...]


class IdentificationView(Value):
    mechanism: str
    title: str
    words: str
    """What the person is told."""
    begin: str
    """On the button that begins it."""
    complete: str
    """On the button that completes it."""
    assurance: str
    begun_by_person: bool
    completed_by: str
    """`host` or `person`."""
    fields: tuple[AskedField, ...]
    """What `complete_identification` wants as `answers`."""
    elsewhere: bool
    """It is done at the page of a provider: `/identity/go` leads there."""
    instead: tuple[str, ...]
    """Codes of mechanisms that the person may choose in its place."""
    reference: str | None
    """Of the identification that was begun; None: it is to begin."""
    expires_at: datetime | None
    left: int | None
    """Attempts that remain after a failure."""
    consent: bool = False
    """The person alone begins it, and may stop it."""
    pose: AskedPose | None = None
    """Of which a still is to be taken now: `take_pose`."""
    taken: tuple[AskedPose, ...] = ()
    poses: int = 0
    """How many there are together."""
    advice: AdviceView | None = None
    """What a program saw, for whoever decides alone: whoever is identified is not told how to pass."""


def asked_now(
    procedure: Procedure, person: Participant, language: str, *, decides: bool = False
) -> IdentificationView | None:
    """The mechanism that is due, or the one that was begun in its place; None where the identity is known.

    `decides`: it is shown to whoever holds the act.
    """
    policy = procedure.identified_by(person)
    due, begun = person.identity.next_method(policy), person.identity.begun
    if due is None:
        return None
    chosen = begun.mechanism if begun is not None and begun.mechanism in policy.choices(due) else due
    return identification_view(procedure, person, chosen, language, decides=decides)


def offered_elsewhere(procedure: Procedure, person: Participant, language: str) -> tuple[IdentificationView, ...]:
    """What somebody who waits may do meanwhile at the page of a provider."""
    policy = procedure.identified_by(person)
    if person.identity.satisfies(policy):
        return ()
    codes = dict.fromkeys(code for due in person.identity.due(policy) for code in policy.choices(due))
    known = procedure.type.mechanisms
    return tuple(
        identification_view(procedure, person, code, language)
        for code in codes
        if code in known and may_identify_elsewhere(procedure, person, known[code])
    )


def host_may_begin(procedure: Procedure, person: Participant, language: str) -> tuple[IdentificationView, ...]:
    """Of what may take the place of the mechanism that is due, those that whoever holds the act begins."""
    asked = asked_now(procedure, person, language)
    others = () if asked is None else (identification_view(procedure, person, one, language) for one in asked.instead)
    return tuple(other for other in others if not other.begun_by_person)


def _choices(procedure: Procedure, person: Participant, code: str) -> tuple[str, ...]:
    """Those of the place that `code` fills."""
    policy = procedure.identified_by(person)
    return next((policy.choices(method) for method in policy.methods if code in policy.choices(method)), ())


def identification_view(
    procedure: Procedure, person: Participant, code: str, language: str, *, decides: bool = False
) -> IdentificationView:
    """What the mechanism `code` declares, and where its identification of `person` stands."""
    declared = procedure.type.mechanism(code)
    begun = person.identity.begun
    under_way = begun if begun is not None and begun.mechanism == code else None
    pose, taken = _poses(declared, under_way, language)
    return IdentificationView(
        mechanism=code,
        title=mechanism_title(procedure, code, language),
        words=pose.words if pose else (declared.begun if under_way else declared.before).in_language(language),
        begin=declared.begin.in_language(language),
        complete=declared.complete.in_language(language),
        assurance=declared.assurance.value,
        begun_by_person=declared.begun_by_person,
        completed_by=declared.completed_by.value,
        fields=tuple(
            AskedField(
                title=field.titles.in_language(language),
                hint=field.hints.in_language(language) if field.hints else "",
                **field.model_dump(include={"name", "minimum", "maximum", "digits", "secret"}),
            )
            for field in declared.fields
        ),
        elsewhere=declared.elsewhere is not None,
        instead=tuple(other for other in _choices(procedure, person, code) if other != code),
        reference=under_way.reference if under_way else None,
        expires_at=under_way.expires_at if under_way else None,
        left=under_way.left if under_way else None,
        consent=declared.consent,
        pose=pose,
        taken=taken,
        poses=len(under_way.poses) if under_way else 0,
        advice=_advice(procedure, under_way, language) if under_way and decides else None,
    )


def _poses(
    declared: Mechanism, begun: Identification | None, language: str
) -> tuple[AskedPose | None, tuple[AskedPose, ...]]:
    """The next one, and those of which there is a still."""
    if begun is None:
        return None, ()
    said = {code: words.in_language(language) for code, words in declared.poses.items()}
    taken = tuple(AskedPose(code=t.pose, words=said.get(t.pose, t.pose), still=t.still.sha256) for t in begun.stills)
    next = begun.next_pose
    return AskedPose(code=next, words=said.get(next, next)) if next else None, taken


def _advice(procedure: Procedure, begun: Identification, language: str) -> AdviceView | None:
    if begun.advice is None:
        return None
    band, *doubts = advised(procedure, begun.mechanism, begun.advice, language)
    return AdviceView(band=begun.advice.band, words=band, doubts=tuple(doubts))

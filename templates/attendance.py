"""Who came to an act, from where, and how each was identified, as it may be told."""

from datetime import datetime
from functools import cached_property

from domain.procedure.people import Participant, Presence
from domain.procedure.state import Procedure
from domain.types.territory import Administration, Office
from domain.types.vocabulary import Side
from templates.facts import Attendee
from templates.mechanisms import mechanism_spoken
from templates.people import is_hidden, shown_name
from templates.secure_place import seen_there
from templates.trail import Trail, merged
from templates.words import Words

_IDENTITY = ("identity_confirmed", "identity_waived")


class Attendance:
    """The people of one act."""

    whole_numbers = False
    """True for an original that has to serve elsewhere: an agreement, a power, a certificate. Law: LO 3/2018
    additional provision 7 hides part of an identity number in what is published, and RDL 6/2023 art. 74.3 wants it."""

    def __init__(self, procedure: Procedure, administration: Administration, trail: Trail, words: Words) -> None:
        self.procedure = procedure
        self.administration = administration
        self.trail = trail
        self._words = words

    @cached_property
    def attendees(self) -> tuple[Attendee, ...]:
        """Who came: everybody who was let in, and the authority who opened the room."""
        return tuple(self.attendee(person) for person in self.procedure.participants if self._came(person))

    @cached_property
    def absent(self) -> tuple[Attendee, ...]:
        return tuple(self.attendee(person) for person in self.procedure.participants if not self._came(person))

    @cached_property
    def approver(self) -> Attendee | None:
        """Who holds the act and approves its minutes."""
        return next((self.attendee(person) for person in self.procedure.participants if self._approves(person)), None)

    @cached_property
    def presiding(self) -> Attendee | None:
        """Who presides and came, where that is somebody else than who approves the minutes."""
        presides = self.procedure.type.procedure.validity.presides
        if presides is None or presides.role == self.procedure.type.procedure.minutes.approver:
            return None
        came = (person for person in self.procedure.participants if person.role == presides.role and self._came(person))
        return next(map(self.attendee, came), None)

    def name(self, id: str | None) -> str:
        """The shown name of a participant or an account; empty when nobody has that id."""
        for person in self.procedure.participants:
            if id and id in (person.id, person.account):
                return shown_name(self.procedure, person, self._words.language)
        return ""

    def attendee(self, person: Participant) -> Attendee:
        hidden = is_hidden(self.procedure, person)
        identity, checks = person.identity, person.identity.checks
        best = max(checks, key=lambda check: check.assurance.rank).assurance.value if checks else None
        consents = [c.given and c.withdrawn_at is None for c in person.consents]
        arrivals = self.trail.of("participant_checked_in", participant=person.id)
        office = arrivals[-1].content["office"] if arrivals else None
        return Attendee(
            name=shown_name(self.procedure, person, self._words.language),
            role=self.procedure.role_of(person).titles.in_language(self._words.language),
            side=self.procedure.role_of(person).side,
            number="" if hidden else self._number(person),
            hidden=hidden,
            place=None if hidden else person.place,
            office=None if hidden else self.office_of(office or person.office),
            methods=tuple(
                mechanism_spoken(self.procedure, code, self._words.language)
                for code in dict.fromkeys(check.method for check in checks)
            ),
            assurance=best,
            waiver=identity.waiver_reason,
            attested=person.autonomy_attested_by is not None and person.secure_place is None,
            seen_there=self._seen_there(person, hidden),
            warned=person.warnings_acknowledged,
            consent=consents[-1] if consents else None,
            events=merged(
                self.trail.seqs("participant_checked_in", "participant_admitted", *_IDENTITY, participant=person.id),
                self.trail.seqs("autonomy_attested", "secure_place_checked", participant=person.id),
                self.trail.seqs("room_opened", host=person.id),
            ),
        )

    def _seen_there(self, person: Participant, hidden: bool) -> tuple[str, datetime] | None:
        if (place := person.secure_place) is None:
            return None
        seen = place.model_dump(include={"acts_freely", "company", "others", "private_talk"})
        return seen_there(**seen, hidden=hidden, language=self._words.language), place.checked_at

    def _number(self, person: Participant) -> str:
        return (person.document_number or "") if self.whole_numbers else self._words.id_number(person.document_number)

    def _came(self, person: Participant) -> bool:
        if self.procedure.role_of(person).side is Side.AUTHORITY:
            # Officials are not admitted by anybody: they count as present when they did something, or hold the act.
            acted = any(trace.actor in (person.id, person.account) for trace in self.trail.traces)
            return acted or person.presence not in (Presence.EXPECTED, Presence.WAITING) or self._approves(person)
        return person.admitted_at is not None

    def _approves(self, person: Participant) -> bool:
        return person.role == self.procedure.type.procedure.minutes.approver

    def office_of(self, id: str | None) -> Office | None:
        return next((office for office in self.administration.offices if office.id == id), None)

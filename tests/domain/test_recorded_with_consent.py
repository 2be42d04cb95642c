"""For any order of joins, consents, withdrawals and leaves: what is kept is what the policy and the people allow."""

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest

from domain.events import Event
from domain.events.people import (
    ConnectionLost,
    ConsentGiven,
    ConsentWithdrawn,
    ParticipantAdmitted,
    ParticipantDismissed,
    ParticipantJoined,
)
from domain.ids import ParticipantId
from domain.procedure.state import Procedure
from domain.rules.recording import Kept, may_be_kept
from domain.types.vocabulary import RecordingPolicy
from tests.domain.samples import arrived, then

ORDERS, STEPS = 1_000, 25
SOUND, BOTH = Kept.SOUND, Kept.SOUND_AND_PICTURES


@dataclass
class Told:
    """What people said and where they are, kept apart from the state that is tried: an account in plain words."""

    here: set[str] = field(default_factory=set)
    says: dict[str, str] = field(default_factory=dict)
    """`audio`, `audio_video`, or `no`; nothing of whoever has not been asked."""

    def allowed(self, policy: RecordingPolicy) -> Kept | None:
        if policy is RecordingPolicy.MANDATORY_BY_LAW:
            return BOTH
        answers = {self.says.get(person, "no") for person in self.here}
        if policy is RecordingPolicy.FORBIDDEN or not answers or "no" in answers:
            return None
        return BOTH if policy is RecordingPolicy.WITH_CONSENT and answers == {"audio_video"} else SOUND


def step(told: Told, person: ParticipantId, chance: random.Random) -> Event | None:
    """Something that may happen to this person now."""
    here, says = person in told.here, told.says.get(person)
    match chance.choice(("join", "join", "yes", "yes", "sound", "no", "withdraw", "leave", "lost")):
        case "join":
            told.here.add(person)
            return ParticipantJoined(participant=person) if here else ParticipantAdmitted(participant=person)
        case "yes":
            told.says[person] = "audio_video"
            return ConsentGiven(participant=person, scope="audio_video", given=True)
        case "sound":
            told.says[person] = "audio"
            return ConsentGiven(participant=person, scope="audio", given=True)
        case "no":
            told.says[person] = "no"
            return ConsentGiven(participant=person, scope="audio", given=False)
        case "withdraw" if says in ("audio", "audio_video"):
            told.says[person] = "no"
            return ConsentWithdrawn(participant=person)
        case "leave" if here:
            told.here.discard(person)
            return ParticipantDismissed(participant=person, reason="Ha terminado.")
        case "lost" if here:
            # Whoever has lost the line comes back without asking: they still count.
            return ConnectionLost(participant=person)
    return None


def under(policy: RecordingPolicy) -> Procedure:
    procedure = arrived("conciliation", "lawyer")
    kind = procedure.type.procedure.model_copy(update={"recording": policy})
    return procedure.but(type=procedure.type.model_copy(update={"procedure": kind}))


@pytest.mark.parametrize("policy", RecordingPolicy)
def test_nothing_is_kept_but_what_policy_and_people_allow(policy: RecordingPolicy) -> None:
    seen: Counter[Kept | None] = Counter()
    begun = under(policy)
    for seed in range(ORDERS):
        chance, procedure, told = random.Random(seed), begun, Told()
        for _ in range(STEPS):
            event = step(told, chance.choice(procedure.citizens).id, chance)
            procedure = then(procedure, event) if event else procedure
            kept = may_be_kept(procedure)
            assert kept == told.allowed(policy), (policy, seed, event)
            without_sound_alone = may_be_kept(procedure, sound_alone=False)
            assert without_sound_alone == (None if kept is SOUND else kept)
            seen[kept] += 1
    expected = {
        RecordingPolicy.MANDATORY_BY_LAW: {BOTH},
        RecordingPolicy.WITH_CONSENT: {None, SOUND, BOTH},
        RecordingPolicy.AUDIO_ONLY: {None, SOUND},
        RecordingPolicy.FORBIDDEN: {None},
    }
    assert set(seen) == expected[policy], "the orders do not try what they should"


@pytest.mark.parametrize("policy", [RecordingPolicy.WITH_CONSENT, RecordingPolicy.AUDIO_ONLY])
def test_whoever_is_about_to_enter_counts_before_they_are_in(policy: RecordingPolicy) -> None:
    procedure = under(policy)
    first, second = procedure.citizens[:2]
    agreed = ConsentGiven(participant=first.id, scope="audio_video", given=True)
    procedure = then(procedure, ParticipantAdmitted(participant=first.id), agreed)
    assert may_be_kept(procedure) is not None
    assert may_be_kept(procedure, {second.id}) is None

"""An installation that lives in memory: for rehearsals and for tests that skip weeks. It proves nothing to anybody.

It keeps the promises of the ports (first one wins, repeated means once) and none of their evidential value.
"""

from collections.abc import Callable, Mapping

from adapters.memory.chain import MemoryBatches, MemoryChain
from adapters.memory.people import MemoryAccounts, MemoryCodes, MemoryMailbox, MemoryPins, MemorySms
from adapters.memory.recorder import MemoryRecorder
from adapters.memory.room import MemoryRooms
from adapters.memory.store import MemoryJournal, MemoryKeys, MemoryVault
from adapters.memory.writing import MemoryIntake, MemoryTimestamps, PlainSigner, PlainTypesetter
from domain.ids import AdministrationId
from domain.installation import Installation
from domain.ports.identity import IdentityMechanism
from domain.ports.messages import SmsSender
from domain.ports.pins import PinChallenges
from domain.types.territory import Administration

__all__ = [
    "MemoryAccounts",
    "MemoryBatches",
    "MemoryChain",
    "MemoryCodes",
    "MemoryIntake",
    "MemoryJournal",
    "MemoryKeys",
    "MemoryMailbox",
    "MemoryPins",
    "MemoryRecorder",
    "MemoryRooms",
    "MemorySms",
    "MemoryTimestamps",
    "MemoryVault",
    "PlainSigner",
    "PlainTypesetter",
    "memory_installation",
]


OpenMechanisms = Callable[[PinChallenges, SmsSender], Mapping[str, IdentityMechanism]]


def no_mechanisms(pins: PinChallenges, sms: SmsSender) -> Mapping[str, IdentityMechanism]:
    """For whoever identifies nobody."""
    return {}


def memory_installation(
    administrations: dict[AdministrationId, Administration], open_mechanisms: OpenMechanisms = no_mechanisms
) -> Installation:
    """Every port, in memory, empty; mechanisms of identification over the PINs and messages of this memory."""
    pins, sms = MemoryPins(), MemorySms()
    return Installation(
        keys=MemoryKeys(),
        journal=MemoryJournal(),
        vault=MemoryVault(),
        signer=PlainSigner(),
        authority=MemoryTimestamps(),
        pins=pins,
        sms=sms,
        mechanisms=open_mechanisms(pins, sms),
        relay=MemoryMailbox(),
        codes=MemoryCodes(),
        accounts=MemoryAccounts(),
        chain=MemoryChain(),
        batches=MemoryBatches(),
        typesetter=PlainTypesetter(),
        intake=MemoryIntake(),
        administrations=administrations,
        logos=dict.fromkeys(administrations, b"<svg/>"),
        code_key=b"\x01" * 32,
        mail_sender="avisos@example.org",
        public_url="http://localhost",
    )

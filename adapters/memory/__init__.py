"""An installation that lives in memory: for rehearsals and for tests that skip weeks. It proves nothing to anybody.

It keeps the promises of the ports (first one wins, repeated means once) and none of their evidential value.
"""

from collections.abc import Callable, Mapping

from adapters.memory.account_notices import MemoryAccountNotices
from adapters.memory.chain import MemoryBatches, MemoryChain
from adapters.memory.composing import MemoryComposer
from adapters.memory.criminal_records import MemoryCriminalRecords
from adapters.memory.exchanges import MemoryExchanges
from adapters.memory.lexnet import MemoryLexnet
from adapters.memory.people import KEY as PIN_KEY
from adapters.memory.people import MemoryAccounts, MemoryCodes, MemoryMailbox, MemoryPins, MemorySms
from adapters.memory.publications import MemoryPublications
from adapters.memory.recorder import MemoryRecorder
from adapters.memory.registers import MemoryRegister
from adapters.memory.room import MemoryRooms
from adapters.memory.scanner import MemoryScanner
from adapters.memory.store import MemoryJournal, MemoryKeys, MemoryVault
from adapters.memory.webhooks import MemoryOutbox, MemorySystem
from adapters.memory.writing import MemoryIntake, MemoryTimestamps, PlainSigner, PlainTypesetter
from domain.ids import AdministrationId
from domain.installation import Installation
from domain.ports.documents import DocumentVault
from domain.ports.exchanges import IdentityExchanges
from domain.ports.identity import IdentityMechanism
from domain.ports.messages import SmsSender
from domain.ports.pins import PinChallenges
from domain.types.document_plan import Register
from domain.types.territory import Administration

__all__ = [
    "MemoryAccountNotices",
    "MemoryAccounts",
    "MemoryBatches",
    "MemoryChain",
    "MemoryCodes",
    "MemoryComposer",
    "MemoryCriminalRecords",
    "MemoryExchanges",
    "MemoryIntake",
    "MemoryJournal",
    "MemoryKeys",
    "MemoryLexnet",
    "MemoryMailbox",
    "MemoryOutbox",
    "MemoryPins",
    "MemoryPublications",
    "MemoryRecorder",
    "MemoryRegister",
    "MemoryRooms",
    "MemoryScanner",
    "MemorySms",
    "MemorySystem",
    "MemoryTimestamps",
    "MemoryVault",
    "PlainSigner",
    "PlainTypesetter",
    "memory_installation",
]


OpenMechanisms = Callable[[PinChallenges, SmsSender, IdentityExchanges, DocumentVault], Mapping[str, IdentityMechanism]]


def no_mechanisms(
    pins: PinChallenges, sms: SmsSender, exchanges: IdentityExchanges, vault: DocumentVault
) -> Mapping[str, IdentityMechanism]:
    """For whoever identifies nobody."""
    return {}


def memory_installation(
    administrations: dict[AdministrationId, Administration], open_mechanisms: OpenMechanisms = no_mechanisms
) -> Installation:
    """Every port, in memory, empty; mechanisms of identification over the PINs and messages of this memory."""
    pins, sms, vault = MemoryPins(), MemorySms(), MemoryVault()
    return Installation(
        keys=MemoryKeys(),
        journal=MemoryJournal(),
        vault=vault,
        recordings=vault,
        signer=PlainSigner(),
        authority=MemoryTimestamps(),
        pins=pins,
        sms=sms,
        mechanisms=open_mechanisms(pins, sms, MemoryExchanges(), vault),
        relay=MemoryMailbox(),
        webhooks=MemoryOutbox(),
        caller=MemorySystem(),
        lexnet=MemoryLexnet(),
        criminal_records=MemoryCriminalRecords(),
        registers={
            Register.POWERS: MemoryRegister(),
            Register.CIVIL: MemoryRegister("Registro Civil de prueba", "RC"),
        },
        codes=MemoryCodes(),
        accounts=MemoryAccounts(),
        account_notices=MemoryAccountNotices(),
        chain=MemoryChain(),
        batches=MemoryBatches(),
        typesetter=PlainTypesetter(),
        intake=MemoryIntake(),
        scanner=MemoryScanner(),
        composer=MemoryComposer(),
        administrations=administrations,
        logos=dict.fromkeys(administrations, b"<svg/>"),
        pin_keys=lambda: (PIN_KEY,),
        mail_sender="avisos@example.org",
        public_url="http://localhost",
    )

"""Everything that the activities of one process have at hand: every port, filled in by the root of the process."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.access.account_notices import AccountNotices
from domain.access.accounts import Account
from domain.access.register import SummonsCodes
from domain.access.stores import SessionEnds
from domain.ids import AccountId, AdministrationId
from domain.ports.chain import AnchorBatches, Chain
from domain.ports.composing import Composer
from domain.ports.criminal_records import CriminalRecordsExchange
from domain.ports.documents import DocumentIntake, DocumentVault, MalwareScanner, Typesetter
from domain.ports.identity import IdentityMechanism
from domain.ports.journal import Journal, KeyStore
from domain.ports.lexnet import LexnetGateway
from domain.ports.messages import MailRelay, SmsSender
from domain.ports.pins import PinChallenges
from domain.ports.registers import EntryRegister
from domain.ports.signing import Signer, TimestampAuthority
from domain.ports.webhooks import WebhookOutbox, WebhookSender
from domain.types.document_plan import Register
from domain.types.territory import Administration


class StaffDirectory(Protocol):
    """What activities need to know of the staff: who holds which certificate."""

    async def get(self, account: AccountId) -> Account | None: ...


@dataclass(frozen=True)
class AnchoringPorts:
    """What anchoring needs, and all that its process holds."""

    batches: AnchorBatches
    chain: Chain
    authority: TimestampAuthority


@dataclass(frozen=True)
class RoomsPorts:
    """What the process beside the media needs besides them."""

    vault: DocumentVault
    recordings: DocumentVault
    """The same store, for what is recorded."""
    keys: KeyStore


@dataclass(frozen=True)
class SidecarPorts(RoomsPorts):
    """The same, and which sessions are over."""

    recording_keys: KeyStore
    """Of what is recorded and not in the store yet."""
    sessions: SessionEnds


@dataclass(frozen=True)
class Installation(AnchoringPorts, RoomsPorts):
    """The ports of one installation, and what its Administrations have chosen."""

    journal: Journal
    signer: Signer
    pins: PinChallenges
    sms: SmsSender
    mechanisms: Mapping[str, IdentityMechanism]
    """Of identification, by code."""
    relay: MailRelay
    webhooks: WebhookOutbox
    caller: WebhookSender
    lexnet: LexnetGateway
    criminal_records: CriminalRecordsExchange
    registers: Mapping[Register, EntryRegister]
    """Registers outside in which something is entered."""
    codes: SummonsCodes
    accounts: StaffDirectory
    account_notices: AccountNotices
    typesetter: Typesetter
    intake: DocumentIntake
    scanner: MalwareScanner
    composer: Composer
    administrations: dict[AdministrationId, Administration]
    logos: dict[AdministrationId, bytes]
    pin_keys: Callable[[], Sequence[bytes]]
    """That which makes PINs now, then those whose PINs are still good."""
    mail_sender: str
    public_url: str

"""Everything that the activities of one process have at hand: every port, filled in by the root of the process."""

from dataclasses import dataclass

from domain.access import AccountStore, SummonsCodes
from domain.ids import AdministrationId
from domain.ports import (
    AnchorBatches,
    Chain,
    DocumentIntake,
    DocumentVault,
    Journal,
    KeyStore,
    MailRelay,
    PinChallenges,
    Signer,
    SmsSender,
    TimestampAuthority,
    Typesetter,
)
from domain.territory import Administration


@dataclass(frozen=True)
class Installation:
    """The ports of one installation, and what its Administrations have chosen."""

    keys: KeyStore
    journal: Journal
    vault: DocumentVault
    signer: Signer
    authority: TimestampAuthority
    pins: PinChallenges
    sms: SmsSender
    relay: MailRelay
    codes: SummonsCodes
    accounts: AccountStore
    chain: Chain
    batches: AnchorBatches
    typesetter: Typesetter
    intake: DocumentIntake
    administrations: dict[AdministrationId, Administration]
    logos: dict[AdministrationId, bytes]
    code_key: bytes
    """Derives summons codes."""
    mail_sender: str
    public_url: str

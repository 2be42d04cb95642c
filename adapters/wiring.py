"""The one place where ports meet their technology: settings in, an `Installation` out."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

from temporalio.client import Client

import territories
from adapters.chain.web3 import ChainWeb3
from adapters.engine.codec import data_converter
from adapters.intake.intake import IntakePdf
from adapters.key_ring import KeyRing
from adapters.messages.sms_outbox import SmsOutbox
from adapters.messages.smtp import MailSmtp
from adapters.pages.typesetter import TypstTypesetter
from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.batches import BatchesPostgres
from adapters.postgres.database import Database
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.pins import PinsPostgres
from adapters.postgres.register import RegisterPostgres
from adapters.signing.pyhanko import SignerPyhanko
from adapters.signing.timestamps import TsaRfc3161
from adapters.storage.vault import VaultS3, s3_client
from domain.installation import Installation
from settings import Settings


async def temporal_client(settings: Settings) -> Client:
    """A client whose every payload is encrypted before it leaves this process."""
    return await Client.connect(
        settings.temporal_address,
        namespace=settings.temporal_namespace,
        data_converter=data_converter(settings.codec_key_file),
    )


@asynccontextmanager
async def open_installation(settings: Settings) -> AsyncIterator[Installation]:
    """Every port of this installation, closed at the end of the block."""
    token_key = settings.token_key_file.read_bytes()
    administrations = territories.load()
    async with AsyncExitStack() as closing, Database.connect(settings.database_url) as database:
        keys = KeysPostgres(database, KeyRing.read(settings.master_key_file))
        journal = JournalPostgres(database, keys)
        signer = SignerPyhanko(settings.pki_dir, settings.tsa_url, ocsp_url=settings.ocsp_url)
        authority = TsaRfc3161.from_pki(settings.tsa_url, settings.pki_dir)
        intake = IntakePdf()
        for opened in (signer, authority, intake):
            closing.push_async_callback(opened.close)
        yield Installation(
            keys=keys,
            journal=journal,
            vault=vault(settings, keys),
            signer=signer,
            authority=authority,
            pins=PinsPostgres(database, token_key),
            sms=SmsOutbox(settings.sms_outbox_dir),
            relay=MailSmtp(settings.smtp_host, settings.smtp_port),
            codes=RegisterPostgres(database, keys, journal),
            accounts=AccountsPostgres(database),
            chain=ChainWeb3(
                settings.evm_rpc_url,
                settings.evm_chain_id,
                settings.evm_private_key.get_secret_value(),
                anchor_address(settings),
                settings.anchor_confirmations,
            ),
            batches=BatchesPostgres(database),
            typesetter=TypstTypesetter(),
            intake=intake,
            administrations=administrations,
            logos={id: territories.logo_svg(kept).encode() for id, kept in administrations.items()},
            code_key=token_key,
            mail_sender=settings.mail_sender,
            public_url=settings.public_url,
        )


def anchor_address(settings: Settings) -> str:
    """The configured contract, or the one that the local stack deployed."""
    kept = settings.var_dir / "anchor-contract"
    return settings.anchor_contract or kept.read_text().strip()


def vault(settings: Settings, keys: KeysPostgres) -> VaultS3:
    """The object store of this installation."""
    client = s3_client(
        settings.s3_endpoint,
        settings.s3_region,
        settings.s3_access_key,
        settings.s3_secret_key.get_secret_value(),
    )
    return VaultS3(client, settings.s3_bucket, timedelta(days=settings.object_lock_days), keys)

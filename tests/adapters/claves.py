"""What tests of Cl@ve hold: a provider in this process, and a browser that carries its answers."""

import base64
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from itertools import count
from pathlib import Path

from adapters.identity.clave import Clave
from adapters.identity.clave.settings import ClaveSettings
from adapters.identity.tools import Tools
from adapters.memory import MemoryExchanges, MemoryPins, MemorySms, MemoryVault
from deploy.clave.issuing import Asked, Known, Provider
from deploy.clave.place import lay_out
from domain.codes.chance import chance_of
from domain.ids import ParticipantId, ProcedureId
from domain.ports.exchanges import IdentityExchanges
from domain.ports.identity import Attempt, Verdict
from domain.procedure.people import Participant
from templates.texts import text

NUMBERS = count(1)

OURS, THEIRS = "http://localhost", "http://provider.example"
PROCEDURE = ProcedureId("prc_clave")
ANXO = Known("99104321N", "ANXO", "RUIZ SEOANE")
MARTA = Known("99218765P", "Marta", "Lago Prieto")
PERSON = Participant(
    id=ParticipantId("p1"),
    role="applicant",
    name="Anxo Ruiz Seoane",
    document_number="99104321-n",
    mobile="+34600000001",
)


@dataclass
class Browser:
    """One person's: begins, goes to the provider, and comes back with what it is given."""

    mechanism: Clave
    exchanges: IdentityExchanges
    vault: MemoryVault
    provider: Provider
    at: datetime
    reference: str = field(default_factory=lambda: f"idn_{next(NUMBERS)}")

    async def go(self) -> Asked:
        await self.mechanism.begin(PROCEDURE, PERSON, self.reference, self.at)
        exchange = await self.exchanges.find(self.reference)
        assert exchange is not None
        return self.provider.read(exchange.fields["SAMLRequest"])

    async def come_back(self, answer: str) -> str:
        """The receipt."""
        exchange = await self.exchanges.find(self.reference)
        assert exchange is not None
        receipt = await self.exchanges.keep_answer(exchange.fields["RelayState"], answer, self.at)
        assert receipt is not None
        return receipt

    async def finish(self, receipt: str, attempt: str = "a1", person: Participant = PERSON) -> Verdict:
        asked = Attempt(id=attempt, answers={"receipt": receipt}, at=self.at)
        return await self.mechanism.complete(PROCEDURE, person, self.reference, asked)

    async def told(self, answer: str, person: Participant = PERSON) -> str:
        """Why nobody was verified; `verified` where somebody was."""
        verdict = await self.finish(await self.come_back(answer), person=person)
        return "verified" if verdict.verified else verdict.why


def laid_out(directory: Path) -> Provider:
    return lay_out(directory, THEIRS, OURS)


def browser(directory: Path, provider: Provider, at: datetime) -> Browser:
    return Browser(*installed(directory), provider=provider, at=at)


@cache
def installed(directory: Path) -> tuple[Clave, MemoryExchanges, MemoryVault]:
    """One a folder: the library takes a second to read its metadata."""
    kept, vault = MemoryExchanges(), MemoryVault()
    settings = ClaveSettings(
        provider_metadata=directory / "provider.xml",
        key_file=directory / "installation.key",
        certificate_file=directory / "installation.pem",
        decryption_key_file=directory / "decryption.key",
        decryption_certificate_file=directory / "decryption.pem",
    )
    tools = Tools(MemoryPins(), MemorySms(), kept, vault, OURS, text, partial(chance_of, b"k" * 32))
    return Clave(tools, settings), kept, vault


def xml_of(answer: str) -> str:
    return base64.b64decode(answer).decode()


def as_answer(xml: str | bytes) -> str:
    return base64.b64encode(xml.encode() if isinstance(xml, str) else xml).decode()

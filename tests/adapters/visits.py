"""A person who goes to the listener of own certificates and comes back; and the certificates that go wrong."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import count

from joserfc.jwk import ECKey

from adapters.identity.own_certificate import OwnCertificate
from adapters.identity.own_certificate.settings import OwnCertificateSettings
from adapters.identity.own_certificate.statement import read_key
from adapters.identity.tools import Tools
from adapters.memory import MemoryExchanges, MemoryPins, MemorySms, MemoryVault
from deploy.pki.persons import Holder
from domain.codes.chance import chance_of
from domain.ids import ParticipantId, ProcedureId
from domain.ports.identity import Attempt, Verdict
from domain.procedure.people import Participant
from templates.texts import text
from tests.adapters.certificates import ANXO, MARTA, OURS, Seat

PROCEDURE = ProcedureId("prc_certificate")
PERSON = Participant(
    id=ParticipantId("p1"), role="applicant", name="Anxo Ruiz Seoane", document_number="99104321-n", mobile=None
)
EXPIRED = replace(ANXO, mark="expired", days_left=-1)
REVOKED = replace(ANXO, mark="revoked", revoked=True)
UNQUALIFIED = replace(ANXO, mark="unqualified", qualified=False)
SIGNING_ONLY = replace(ANXO, mark="signing", usages=("non_repudiation",))
RENAMED = replace(ANXO, given="Breixo")
ORGANISATION = replace(ANXO, mark="organisation", kind="VATES")
HOLDERS = (ANXO, MARTA, EXPIRED, REVOKED, UNQUALIFIED, SIGNING_ONLY, RENAMED, ORGANISATION)
NUMBERS = count(1)


@dataclass
class Visit:
    """Of one person: begins, shows a certificate to the listener, and comes back."""

    seat: Seat
    exchanges: MemoryExchanges
    vault: MemoryVault
    mechanism: OwnCertificate
    reference: str

    async def begin(self) -> dict[str, str]:
        await self.mechanism.begin(PROCEDURE, PERSON, self.reference, datetime.now(UTC))
        exchange = await self.exchanges.find(self.reference)
        assert exchange is not None and exchange.address == f"{self.seat.address}/"
        return exchange.fields

    async def come_back(self, statement: str, at: datetime | None = None, attempt: str = "a1") -> Verdict:
        exchange = await self.exchanges.find(self.reference)
        assert exchange is not None
        at = at or datetime.now(UTC)
        receipt = await self.exchanges.keep_answer(exchange.fields["state"], statement, at)
        asked = Attempt(id=attempt, answers={"receipt": str(receipt)}, at=at)
        return await self.mechanism.complete(PROCEDURE, PERSON, self.reference, asked)

    async def shown(self, person: Holder) -> Verdict:
        return await self.come_back(await self.seat.statement(await self.begin(), person))


def visiting(seat: Seat, exchanges: MemoryExchanges | None = None, **settings: object) -> Visit:
    kept, vault = exchanges or MemoryExchanges(), MemoryVault()
    tools = Tools(MemoryPins(), MemorySms(), kept, vault, OURS, text, partial(chance_of, b"k" * 32))
    told = {"address": seat.address, "authorities_file": seat.authority.directory / "authorities.pem"}
    known = OwnCertificateSettings.model_validate(
        {**told, "statement_key_file": seat.directory / "statement.pub.pem", **settings}
    )
    return Visit(seat, kept, vault, OwnCertificate(tools, known), f"idn_{next(NUMBERS)}")


def statement_of(page: str) -> str:
    found = re.search(r'name="statement" value="([^"]+)"', page)
    assert found is not None, page
    return found[1]


def public_key(seat: Seat) -> ECKey:
    return read_key(seat.directory / "statement.pub.pem")


def private_key(seat: Seat) -> ECKey:
    return read_key(seat.directory / "statement.key.pem")

"""Powers and births for tests of their registers, whose simulators are served within the test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from deploy.dicireg.pages import application as civil
from deploy.reaj.pages import application as powers
from domain.ids import Sha256
from domain.ports.registers import BirthEntry, Declarant, Parent, PowerAttorney, PowerEnding, PowerEntry, PowerGrantor
from tests.adapters.served import served


def today() -> date:
    return datetime.now(UTC).date()


def power(id: str = "prc_1.d1", mark: str = "a") -> PowerEntry:
    return PowerEntry(
        id=id,
        document_sha256=Sha256(mark * 64),
        grantor=PowerGrantor(name="Anxo Ruiz", id_number="99330147R", address="Rúa do Forno 3", phone="600 000 008"),
        attorneys=(
            PowerAttorney(
                name="Sara Couto Neira",
                id_number="99856680H",
                profession="court_agent",
                college="Colegio de Procuradores de Atlantia",
                college_number="412",
                address="Praza Maior 1",
                phone="600 000 108",
            ),
        ),
        kind="any_procedure",
        granted_on=today(),
        valid_until=today() + timedelta(days=365),
        body="court-ponte-nova",
        case_number="31/2026",
    )


def ending(number: str, id: str = "prc_9.d1", mark: str = "e", **words: str) -> PowerEnding:
    """Revoked by who granted `power()`, unless `words` say otherwise."""
    said = {"kind": "revocation", "declarant_name": "Anxo Ruiz", "declarant_id_number": "99330147R", **words}
    return PowerEnding(
        id=id,
        document_sha256=Sha256(mark * 64),
        power_number=number,
        declared_on=today(),
        body="court-ponte-nova",
        case_number="91/2026",
        **said,
    )


def birth(id: str = "prc_1.d1", mark: str = "a") -> BirthEntry:
    return BirthEntry(
        id=id,
        document_sha256=Sha256(mark * 64),
        body="civil-registry-ponte-nova",
        case_number="32/2026",
        declarant=Declarant(name="Antía Sieiro Mouro", id_number="99330147R", obliged_as="parent"),
        declared_on=today(),
        name="Icía de los Ángeles",
        surnames="Sieiro Barreiro",
        surname_order="agreed",
        sex="female",
        born_on=today() - timedelta(days=3),
        born_at=time(6, 40),
        place="Vilar, en su casa",
        parents=(Parent(name="Antía Sieiro Mouro", id_number="99330147R"), Parent(name="Brais Barreiro Lago")),
        medical_proof="signed_certificate",
        term="in_time",
    )


@asynccontextmanager
async def simulator(directory: Path) -> AsyncIterator[str]:
    """The address of a register of powers that keeps its entries in `directory`."""
    async with served(powers, directory) as url:
        yield url


@asynccontextmanager
async def civil_simulator(directory: Path) -> AsyncIterator[str]:
    """The same of a civil registry."""
    async with served(civil, directory) as url:
        yield url

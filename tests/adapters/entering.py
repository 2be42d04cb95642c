"""Powers for tests of their register, and its simulator served within the test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from deploy.reaj.pages import application
from domain.ids import Sha256
from domain.ports.power_register import PowerAttorney, PowerEntry, PowerGrantor
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


@asynccontextmanager
async def simulator(directory: Path) -> AsyncIterator[str]:
    """The address of a simulator that keeps its entries in `directory`."""
    async with served(application, directory) as url:
        yield url

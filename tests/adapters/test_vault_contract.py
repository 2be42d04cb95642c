"""What every vault does, in S3 and in memory: the first under a name stays, and bytes are believed by their hash."""

import hashlib

import pytest

from adapters.memory import MemoryVault
from domain.errors import PersonMustAct
from domain.ids import ProcedureId
from domain.ports.documents import DocumentVault

PDF = "application/pdf"


@pytest.fixture(params=["memory", "s3"])
def vault(request: pytest.FixtureRequest) -> DocumentVault:
    if request.param == "memory":
        return MemoryVault()
    real: DocumentVault = request.getfixturevalue("vault_s3")
    return real


async def test_what_was_put_comes_back_with_its_hash_size_and_pages(
    vault: DocumentVault, procedure: ProcedureId
) -> None:
    ref = await vault.put(procedure, b"minutes", PDF, pages=3)
    assert (ref.sha256, ref.size, ref.media_type, ref.pages) == (
        hashlib.sha256(b"minutes").hexdigest(),
        7,
        PDF,
        3,
    )
    assert await vault.get(procedure, ref) == b"minutes"


async def test_the_first_to_store_under_a_name_wins_for_ever(vault: DocumentVault, procedure: ProcedureId) -> None:
    first = await vault.put_once(procedure, "signatures/d1/p1", b"first", PDF, pages=1)
    second = await vault.put_once(procedure, "signatures/d1/p1", b"second", "text/plain", pages=9)
    assert first == second == await vault.find(procedure, "signatures/d1/p1")
    assert await vault.get(procedure, second) == b"first"


async def test_nothing_is_found_under_a_name_that_was_never_used(vault: DocumentVault, procedure: ProcedureId) -> None:
    assert await vault.find(procedure, "sealed") is None


async def test_bytes_of_another_document_are_recognised(vault: DocumentVault, procedure: ProcedureId) -> None:
    one, other = await vault.put(procedure, b"one", PDF), await vault.put(procedure, b"other", PDF)
    swapped = one.but(key=other.key, version_id=other.version_id)
    with pytest.raises(PersonMustAct, match="content_altered"):
        await vault.get(procedure, swapped)


async def test_a_document_is_not_found_in_another_procedure(vault: DocumentVault, procedure: ProcedureId) -> None:
    ref = await vault.put(procedure, b"private", PDF)
    stranger = ProcedureId(f"{procedure}-other")
    with pytest.raises(PersonMustAct, match="content_missing"):
        await vault.get(stranger, ref)


async def test_an_object_that_is_not_there_is_named(vault: DocumentVault, procedure: ProcedureId) -> None:
    ref = await vault.put(procedure, b"here", PDF)
    with pytest.raises(PersonMustAct, match="content_missing"):
        await vault.get(procedure, ref.but(key=ref.key + "0"))


@pytest.mark.parametrize("name", ["", "../other", "a//b", "/a", "a b", "ñ"])
async def test_names_that_could_leave_their_folder_are_refused(
    vault: DocumentVault, procedure: ProcedureId, name: str
) -> None:
    with pytest.raises(ValueError, match="not a name"):
        await vault.put_once(procedure, name, b"", PDF)


async def test_the_same_bytes_put_twice_are_one_object(vault: DocumentVault, procedure: ProcedureId) -> None:
    assert await vault.put(procedure, b"scan", PDF) == await vault.put(procedure, b"scan", PDF)

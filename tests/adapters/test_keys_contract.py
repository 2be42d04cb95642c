"""What every key store does, in PostgreSQL and in memory: keys of each procedure alone, made once."""

import pytest

from adapters.memory import MemoryKeys
from adapters.postgres.keys import KeysPostgres
from domain.errors import PersonMustAct
from domain.ids import ProcedureId
from domain.ports.journal import KeyStore

OURS, OTHER = ProcedureId("prc_ours"), ProcedureId("prc_other")


@pytest.fixture(params=["memory", "postgres"])
def keys(request: pytest.FixtureRequest) -> KeyStore:
    if request.param == "memory":
        return MemoryKeys()
    return KeysPostgres(request.getfixturevalue("database"), request.getfixturevalue("ring"))


async def test_what_was_encrypted_is_decrypted(keys: KeyStore) -> None:
    await keys.create(OURS)
    sealed = await keys.encrypt(OURS, b"declaration")
    assert sealed != b"declaration"
    assert await keys.decrypt(OURS, sealed) == b"declaration"


async def test_creating_again_keeps_the_first_keys(keys: KeyStore) -> None:
    await keys.create(OURS)
    seed, sealed = await keys.seed(OURS), await keys.encrypt(OURS, b"x")
    await keys.create(OURS)
    assert (await keys.seed(OURS), await keys.decrypt(OURS, sealed)) == (seed, b"x")


async def test_every_procedure_has_keys_of_its_own(keys: KeyStore) -> None:
    await keys.create(OURS)
    await keys.create(OTHER)
    assert await keys.seed(OURS) != await keys.seed(OTHER)
    with pytest.raises(PersonMustAct, match="content_altered"):
        await keys.decrypt(OTHER, await keys.encrypt(OURS, b"x"))


async def test_without_a_key_nothing_is_sealed(keys: KeyStore) -> None:
    with pytest.raises(PersonMustAct, match="key_missing"):
        await keys.encrypt(OURS, b"x")

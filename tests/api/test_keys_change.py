"""The keys of codes, of ids and of names are changed while people work, and nobody notices."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.code_keys import rotate as rotate_codes
from deploy.id_keys import rotate as rotate_ids
from deploy.stack import Stack
from domain.codes.asked import asked_by_system, procedure_id
from domain.codes.key_files import keys_in
from settings import Settings
from tests.api.conftest import serving
from tests.api.people import House, asked, fresh, wait_for


@pytest.fixture(scope="module")
def own(prepared: Stack, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An application with copies of the key files, which are changed here and for nobody else."""
    folder = tmp_path_factory.mktemp("keys")
    copies = {name: folder / name for name in ("code_key_file", "token_key_file")}
    shutil.copy(settings.code_keys_file, copies["code_key_file"])
    shutil.copy(settings.token_key_file, copies["token_key_file"])
    with serving(settings.model_copy(update=copies), prepared.var / "logins.json") as house:
        yield house


def ids_made(house: House, external_id: str) -> list[str]:
    keys = keys_in(Path(house.settings.token_key_file).read_bytes())
    return [procedure_id(key, "atlantia", asked_by_system(external_id)) for key in keys]


def test_what_was_asked_for_before_is_found_after(own: House) -> None:
    body, once = asked(), fresh()
    procedure = own.machine().post("/api/v1/procedures", json=body, headers=once).json()["id"]
    wait_for(own.machine(), procedure, "summoned")
    code = own.code(procedure, "p1")
    just_now = asked()
    begun = own.machine().post("/api/v1/procedures", json=just_now, headers=fresh()).json()["id"]

    rotate_codes(own.settings.code_keys_file)
    rotate_ids(own.settings.token_key_file)

    opened = own.client().post("/api/v1/citizen/sessions", json={"code": code}, headers=fresh())
    assert opened.status_code == 201, opened.text
    repeated = own.machine().post("/api/v1/procedures", json=body, headers=once)
    assert (repeated.headers.get("Idempotency-Replayed"), repeated.json()["id"]) == ("true", procedure)
    assert own.machine().post("/api/v1/procedures", json=body, headers=fresh()).json()["id"] == procedure
    assert own.machine().post("/api/v1/procedures", json=just_now, headers=fresh()).json()["id"] == begun
    # Whoever asked for it keeps its file, and may ask for papers: there is none, which nobody else is told.
    assert own.machine().get(f"/api/v1/procedures/{procedure}/documents/d1.pdf").status_code == 404


def test_what_is_asked_for_after_has_an_id_of_the_new_key(own: House) -> None:
    rotate_ids(own.settings.token_key_file)
    body = asked()
    made = own.machine().post("/api/v1/procedures", json=body, headers=fresh()).json()["id"]
    newest, *before = ids_made(own, body["external_id"])
    assert made == newest and made not in before

"""The judicial file of a conciliation that was held: in the form of the norm, sealed, the same each time, and whole."""

import hashlib
import io
import json
import zipfile
from base64 import b64decode
from pathlib import Path

import pytest
import pytest_asyncio
from defusedxml.ElementTree import fromstring
from xmlschema import XMLSchema10, XMLSchemaValidationError

from activities.eni import FILE_METADATA, INDEX_CONTENT, SIGNATURES
from activities.judicial_file import judicial_file
from domain.events import state_of
from domain.ids import ProcedureId
from domain.ports.documents import JUDICIAL_FILE
from domain.types.vocabulary import Privacy
from tests.activities.orders_of_a_conciliation import carried_out, recorded

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "eni"
PROCEDURE = ProcedureId("prc_conciliation_closed")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def kept() -> bytes:
    vault = (await carried_out(await recorded(), 2)).installation.vault
    ref = await vault.find(PROCEDURE, JUDICIAL_FILE)
    assert ref is not None
    return await vault.get(PROCEDURE, ref)


@pytest.fixture(scope="module")
def members(kept: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(kept)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_index_and_metadata_have_the_form_of_the_norm(members: dict[str, bytes]) -> None:
    schema("file").validate(members["file.xml"].decode())
    schema("index-content").validate(members["index.xml"].decode())
    described = [name for name in members if name.startswith("metadata/")]
    assert len(described) == sum(name.startswith("documents/") for name in members) >= 3
    for name in described:
        schema("document-metadata").validate(members[name].decode())


@pytest.mark.parametrize("missing", ["Identificador", "Organo", "FechaCaptura", "EstadoElaboracion", "TipoDocumental"])
def test_the_schema_asks_for_whatever_the_norm_makes_obligatory(members: dict[str, bytes], missing: str) -> None:
    root = fromstring(members["metadata/0001.xml"])
    root.remove(next(child for child in root if child.tag.endswith(f"}}{missing}")))
    with pytest.raises(XMLSchemaValidationError):
        schema("document-metadata").validate(root)


def test_the_index_names_every_document_in_order_by_its_digest(members: dict[str, bytes]) -> None:
    indexed = fromstring(members["index.xml"]).findall(f"{{{INDEX_CONTENT}}}DocumentoIndizado")
    told = {
        one.findtext(f"{{{INDEX_CONTENT}}}OrdenDocumentoExpediente"): one.findtext(f"{{{INDEX_CONTENT}}}ValorHuella")
        for one in indexed
    }
    held = {
        Path(name).stem: hashlib.sha256(content).hexdigest()
        for name, content in members.items()
        if name.startswith("documents/")
    }
    assert list(told) == [f"{place:04}" for place in range(len(held))]
    assert told == held


def test_the_seal_in_the_file_is_that_beside_it(members: dict[str, bytes]) -> None:
    sealed = fromstring(members["file.xml"]).find(f".//{{{SIGNATURES}}}FirmaBase64")
    assert b64decode(str(sealed.text)) == members["index.p7s"] != b""


def test_the_listing_has_what_the_norm_has_no_element_for(members: dict[str, bytes]) -> None:
    listing = json.loads(members["documents/0000.json"])
    assert listing["procedure"] == PROCEDURE and listing["case_number"] and "nig" in listing
    assert [one["file"] for one in listing["documents"]] == [
        name for name in sorted(members) if name.startswith("documents/") and name != "documents/0000.json"
    ]


def test_the_file_names_whom_it_concerns_and_the_body(members: dict[str, bytes]) -> None:
    root = fromstring(members["file.xml"])
    numbers = [one.text for one in root.iter(f"{{{FILE_METADATA}}}Interesado")]
    assert len(numbers) == len(set(numbers)) >= 1
    assert all(number and number.strip() == number for number in numbers)
    assert [one.text for one in root.iter(f"{{{FILE_METADATA}}}Organo")] == ["peace-court-lira"]


async def test_a_body_goes_by_its_code_in_the_common_directory_and_the_protected_by_nothing() -> None:
    async def seal(index: bytes) -> bytes:
        return b"seal"

    installation = (await carried_out(await recorded(), 1)).installation
    entries = await installation.journal.read(PROCEDURE)
    procedure = state_of(entries)
    hidden = procedure.type.procedure.but(privacy=Privacy.PROTECTED)
    for known, numbers in ((procedure, True), (procedure.but(type=procedure.type.but(procedure=hidden)), False)):
        packed = await judicial_file(known, entries, installation.vault, seal, "E04990201")
        with zipfile.ZipFile(io.BytesIO(packed)) as opened:
            written = opened.read("file.xml").decode()
            schema("file").validate(written)
        assert "ES_E04990201_" in written and "<expmeta:Organo>E04990201</expmeta:Organo>" in written
        assert ("Interesado" in written) is numbers


def schema(name: str) -> XMLSchema10:
    return XMLSchema10(SCHEMAS / f"{name}.xsd")

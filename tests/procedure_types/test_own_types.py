"""What a Community adds: types in folders of its own, beside the shipped ones, with no Python."""

from pathlib import Path

import pytest

import agenda_types
import procedure_types
from domain.errors import PersonMustAct

SHIPPED_ITEMS = agenda_types.load()

VIEWING = """\
code: Z01
id: viewing_of_recording
verb: exhibit
titles: {es: Visionado de una grabación, en: Viewing of a recording}
fields:
  - {name: recording, kind: document, titles: {es: Grabación, en: Recording}, required: true}
minutes:
  es: Se muestra {{ values.recording | document }}.
  en: "{{ values.recording | document }} is shown."
"""


def own_folders(tmp_path: Path) -> tuple[Path, Path]:
    items, procedures = tmp_path / "items", tmp_path / "procedures"
    items.mkdir()
    procedures.mkdir()
    (items / "viewing.yaml").write_text(VIEWING)
    text = (procedure_types.SHIPPED / "life_certificate.v1.yaml").read_text("utf-8")
    text = text.replace("id: life_certificate", "id: viewing_of_evidence", 1).replace("code: P8", "code: X1", 1)
    (procedures / "viewing.v1.yaml").write_text(text.replace("A26", "Z01"))
    return items, procedures


def test_a_new_item_type_and_a_new_procedure_type_need_no_python(tmp_path: Path) -> None:
    item_folder, type_folder = own_folders(tmp_path)
    items = agenda_types.load(None, item_folder)
    types = procedure_types.load(type_folder, items=items)
    assert list(types) == ["viewing_of_evidence"]
    resolved = procedure_types.resolve(types["viewing_of_evidence"], items)
    assert resolved.item("Z01").id == "viewing_of_recording"
    assert "A26" not in resolved.items


def test_a_new_procedure_type_does_not_reach_for_items_that_are_not_there(tmp_path: Path) -> None:
    _, type_folder = own_folders(tmp_path)
    with pytest.raises(procedure_types.TypeFileError, match="there is no item `Z01`"):
        procedure_types.load(type_folder, items=SHIPPED_ITEMS)
    alone = procedure_types.load(type_folder)
    with pytest.raises(PersonMustAct, match="item_type_unknown"):
        procedure_types.resolve(alone["viewing_of_evidence"], SHIPPED_ITEMS)


def test_a_new_version_is_the_one_offered_and_the_old_one_is_still_found(tmp_path: Path) -> None:
    text = (procedure_types.SHIPPED / "conciliation.v1.yaml").read_text("utf-8")
    for version in (10, 9):
        changed = text.replace("version: 1\n", f"version: {version}\n")
        (tmp_path / f"conciliation.v{version}.yaml").write_text(changed)
    types = procedure_types.load(None, tmp_path)
    assert types["conciliation"].version == 10
    assert types.version("conciliation", 1).version == 1
    with pytest.raises(PersonMustAct) as refused:
        types.version("conciliation", 2)
    assert refused.value.params["known"] == [1, 9, 10]

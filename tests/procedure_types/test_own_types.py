"""What a Community adds: types in folders of its own, beside the shipped ones, with no Python."""

import re
import shutil
from pathlib import Path

import pytest
from pydantic import TypeAdapter

import agenda_types
import procedure_types
import territories
from domain.errors import PersonMustAct
from domain.ids import AdministrationId
from procedure_types import declared, schema_words
from procedure_types.__main__ import main
from settings import CasesSettings

PROJECT = Path(__file__).parents[2]
RIBERA = AdministrationId("ribera")
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


def own_folder(tmp_path: Path) -> Path:
    """As ESTRADO_TYPES_DIRS names it: an item, a procedure, and an Administration that enables it."""
    items, procedures = own_folders(tmp_path)
    items.rename(tmp_path / declared.ITEMS)
    procedures.rename(tmp_path / declared.TYPES)
    home = tmp_path / declared.TERRITORIES / "ribera"
    shutil.copytree(territories.SHIPPED / "meseta", home)
    profile = (home / territories.PROFILE).read_text("utf-8").replace("id: meseta", "id: ribera", 1)
    (home / territories.PROFILE).write_text(profile.replace("type: life_certificate", "type: viewing_of_evidence"))
    return tmp_path


def test_one_setting_adds_items_types_and_administrations(tmp_path: Path) -> None:
    found = declared.load((own_folder(tmp_path),))

    assert {"Z01", "A26"} <= found.items.keys()
    assert {"viewing_of_evidence", "conciliation"} <= found.types.keys()
    assert "viewing_of_evidence" in {enabled.type for enabled in found.administrations[RIBERA].enabled}
    assert "<svg" in found.logos[RIBERA] and AdministrationId("atlantia") in found.logos


@pytest.mark.parametrize("inside", [(), ("types",)])
def test_a_folder_that_adds_nothing_is_a_mistake(tmp_path: Path, inside: tuple[str, ...]) -> None:
    folder = tmp_path / "own"
    for name in inside:
        (folder / name).mkdir(parents=True)
    with pytest.raises(procedure_types.TypeFileError):
        declared.load((folder,))


def test_an_administration_is_defined_once(tmp_path: Path) -> None:
    shutil.copytree(territories.SHIPPED / "meseta", tmp_path / declared.TERRITORIES / "meseta")
    with pytest.raises(procedure_types.TypeFileError, match="`meseta` is already defined"):
        declared.load((tmp_path,))


def test_the_lint_says_what_is_wrong_in_the_language_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = own_folder(tmp_path)
    assert main(["lint", str(folder)]) == 0
    assert capsys.readouterr().out.startswith("ok: ")

    (folder / declared.ITEMS / "viewing.yaml").write_text(VIEWING.replace("verb: exhibit", "verb: exhbit"))
    assert main(["lint", str(folder), "--language", "en"]) == 1
    assert "viewing.yaml:3: unknown word `exhbit`; did you mean `exhibit`?" in capsys.readouterr().out
    assert main(["lint", str(folder)]) == 1
    assert "palabra desconocida `exhbit`" in capsys.readouterr().out


def test_several_folders_are_named_with_commas() -> None:
    assert CasesSettings.model_construct().types_dirs == ()
    assert TypeAdapter(CasesSettings.model_fields["types_dirs"].rebuild_annotation()).validate_python("a, b") == (
        Path("a"),
        Path("b"),
    )


def test_the_item_type_that_the_page_shows_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (PROJECT / "docs" / "types.md").read_text("utf-8")
    [shown] = [
        block for block in re.findall(r"^```yaml\n(.*?)^```", page, re.DOTALL | re.MULTILINE) if "verb:" in block
    ]
    (tmp_path / declared.ITEMS).mkdir()
    (tmp_path / declared.ITEMS / "viewing.yaml").write_text(shown)
    assert main(["lint", str(tmp_path)]) == 0, capsys.readouterr().out


def test_the_page_about_types_lists_every_word_of_the_models() -> None:
    page = (PROJECT / "docs" / "types.md").read_text("utf-8")
    assert page.endswith(schema_words.page())


def test_the_command_writes_that_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words"]) == 0
    assert capsys.readouterr().out == schema_words.page()
    with pytest.raises(SystemExit):
        main(["lint"])

"""Strokes open with the Administration's key, beside what they were bound to, and nowhere else."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from evidence.__main__ import main
from evidence.handwriting import read_handwriting
from evidence.strokes import INKML, StrokesUnreadable, inkml, open_strokes, read_keys
from tests.evidence.by_hand import KEY, PRIVATE_KEY, STROKES, handwritten
from tests.evidence.sample import Sample

DOCUMENT = "a" * 64
KEYS = {KEY: PRIVATE_KEY}
BOUND = ("prc_1", "par_1", DOCUMENT)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """The key in use, one that was used before, and a file that is no key on P-256's business."""
    for name, key in (("now", PRIVATE_KEY), ("before", generate_private_key(SECP256R1()))):
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (tmp_path / f"{name}.key.pem").write_bytes(pem)
    return tmp_path


def test_they_become_ink_with_times_and_pressure() -> None:
    found = read_handwriting(handwritten(*BOUND), "handwriting/x.json")
    ink = ElementTree.fromstring(inkml(found, open_strokes(found, KEYS)))

    space = {"i": INKML}
    assert [one.get("name") for one in ink.findall(".//i:channel", space)] == ["X", "Y", "T", "F"]
    traces = [one.text for one in ink.findall("i:trace", space)]
    assert traces == ["10.5 20.25 0 0.5, 11.5 21.75 16 0.625", "40 41 900 0.125"]
    assert ink.get("documentID") == f"sha256-{DOCUMENT}"


@pytest.mark.parametrize(
    "moved",
    [
        {"procedure": "prc_2"},
        {"participant": "par_2"},
        {"document_sha256": "b" * 64},
    ],
    ids=lambda moved: next(iter(moved)),
)
def test_moved_elsewhere_they_do_not_open(moved: dict[str, str]) -> None:
    found = read_handwriting(handwritten(*BOUND, **moved), "handwriting/x.json")
    with pytest.raises(StrokesUnreadable):
        open_strokes(found, KEYS)


def test_another_key_does_not_open_them() -> None:
    found = read_handwriting(handwritten(*BOUND), "handwriting/x.json")
    with pytest.raises(StrokesUnreadable):
        open_strokes(found, {KEY: generate_private_key(SECP256R1())})
    with pytest.raises(StrokesUnreadable, match=KEY):
        open_strokes(found, {})


def test_the_order_opens_those_of_a_bundle_with_the_key_among_others(
    held: Sample, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle, out = tmp_path / "bundle.zip", tmp_path / "ink"
    bundle.write_bytes(held.bundle)

    assert set(read_keys(keys)) > {KEY}
    assert main(["strokes", str(bundle), "--keys", str(keys), "--out", str(out)]) == 0
    (ink,) = out.iterdir()
    assert capsys.readouterr().out == f"{ink}\n"
    assert ink.read_text().count("<trace>") == len(STROKES)


def test_without_the_key_the_order_says_so_and_writes_nothing(
    held: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle, out = tmp_path / "bundle.zip", tmp_path / "ink"
    bundle.write_bytes(held.bundle)

    assert main(["strokes", str(bundle), "--keys", str(tmp_path), "--out", str(out)]) == 1
    assert KEY in capsys.readouterr().err
    assert not out.exists()

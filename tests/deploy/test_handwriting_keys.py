"""Keys of handwriting: pages use the first, the one before is still taken, and no private one is thrown away."""

from pathlib import Path

import pytest

from adapters.signing.handwriting_keys import handwriting_keys
from deploy.handwriting_keys import make, retire, rotate
from evidence.strokes import read_keys

NAME = "handwriting-atlantia"


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "pki" / f"{NAME}.pub.pem"


@pytest.fixture
def private(tmp_path: Path) -> Path:
    return tmp_path / "handwriting" / NAME


def ids(public: Path) -> list[str]:
    return [key.id for key in handwriting_keys(public.parent, NAME)]


def test_a_key_is_made_once_changed_and_the_one_before_retired(public: Path, private: Path) -> None:
    public.parent.mkdir()
    make(public, private)
    (first,) = ids(public)
    make(public, private)
    assert ids(public) == [first]
    rotate(public, private)
    second, before = ids(public)
    assert before == first != second
    retire(public, private)
    assert ids(public) == [second]
    assert set(read_keys(private)) == {first, second}
    assert {path.stat().st_mode & 0o777 for path in private.iterdir()} == {0o600}


def test_two_changes_leave_two_keys(public: Path, private: Path) -> None:
    public.parent.mkdir()
    for order in (make, rotate, rotate):
        order(public, private)
    assert len(ids(public)) == 2
    assert len(read_keys(private)) == 3


@pytest.mark.parametrize(
    "content", [None, b"", b"not a key", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]
)
def test_without_a_key_that_can_be_read_nobody_is_asked_to_draw(content: bytes | None, public: Path) -> None:
    public.parent.mkdir()
    if content is not None:
        public.write_bytes(content)
    assert handwriting_keys(public.parent, NAME) == ()
    assert handwriting_keys(public.parent, None) == ()

"""An interpreter without the known mends is told of in plain words, and refused by nobody."""

import re

import pytest

from deploy.place import PROJECT
from domain.interpreter import FLOOR, interpreter, warning


@pytest.mark.parametrize(("patch", "behind"), [((3, 11, 7), True), (FLOOR, False), ((3, 11, 20), False)])
def test_a_patch_before_the_floor_is_told_of(patch: tuple[int, int, int], behind: bool) -> None:
    assert interpreter(patch).behind is behind
    assert (interpreter(patch).version in warning(patch)) is behind


def test_every_patch_of_the_branch_may_be_installed() -> None:
    asked = re.search(r'^requires-python = "(.*)"$', (PROJECT / "pyproject.toml").read_text(), re.MULTILINE)
    assert asked and asked[1] == ">=3.11,<3.12"

"""The servers of these tests: one stack that survives them all, and is killed and stopped by each at will."""

from collections.abc import Iterator

import pytest

from deploy.plan import SERVERS
from deploy.stack import Stack


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """All servers of one stack, shared by the tests of a module: a test leaves every part running."""
    with Stack(tmp_path_factory.mktemp("own")) as stack:
        stack.need(*SERVERS)
        yield stack

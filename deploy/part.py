"""What the local stack knows of one server or process: how it is started, when it is healthy, how it is
stopped."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from deploy.probes import Probe


def nothing_to_do() -> None:
    """The step of a part that needs none."""


@dataclass(frozen=True)
class Part:
    """One line of the health table."""

    name: str
    command: tuple[str, ...]
    probe: Probe
    """Asks the running part whether it can serve; raises `NotReady` with the reason."""
    address: str
    """Where a person finds it; shown in the table."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Beside the ESTRADO_ variables, which every part is given."""
    needs: tuple[str, ...] = ()
    """Parts that have to be healthy before it is started."""
    before_start: Callable[[], None] = nothing_to_do
    """Lays out directories and first content. Runs before each start, so it must bear repetition."""
    once_healthy: Callable[[], None] = nothing_to_do
    """Makes what only the running server can make (a database, a bucket). Bears repetition."""
    stop_signal: str = "TERM"
    tier: int = 1
    """Tiers stop one after the other, the highest first: processes before the servers that they use."""
    patience: int = 20
    """Seconds it may take to stop before it is killed."""

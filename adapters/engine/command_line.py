"""How a short command that talks to the engine ends."""

import os
import sys
from typing import NoReturn


def exit_at_once(status: int) -> NoReturn:
    """End this process with `status`, once what it printed is written, without taking the interpreter down.

    The engine's library keeps threads of its own. One that is just waking up while the interpreter is taken down aborts
    the process, and a command that has succeeded would end as a failure.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)

"""Everything an operator may set, read once by each process root (api, worker, rooms, deploy) and handed on
as values.

Every field is an environment variable with the prefix ESTRADO_ (`database_url` is ESTRADO_DATABASE_URL).
The defaults serve nobody by accident: whatever has to be decided for an installation has no default.
Each process has a class of its own, which names all that it may know.
"""

from settings.processes import (
    AnchoringSettings,
    ApiSettings,
    RoomsSettings,
    Settings,
    SidecarSettings,
    WorkerSettings,
)
from settings.shared import HOLD_DATA, CasesSettings, ChainSettings, EngineSettings, ProcessSettings, StoreSettings

__all__ = [
    "HOLD_DATA",
    "AnchoringSettings",
    "ApiSettings",
    "CasesSettings",
    "ChainSettings",
    "EngineSettings",
    "ProcessSettings",
    "RoomsSettings",
    "Settings",
    "SidecarSettings",
    "StoreSettings",
    "WorkerSettings",
]

"""What a verifier does without: the half of pyHanko that signs, and the client of the network that comes with it.

`pyhanko.sign` brings in both as soon as anything below it is imported, and that is a third of what a verification
costs. Its modules do not need it: here the package stands without them, and reads what it gives by itself when somebody
asks it for a name.
"""

import importlib
import importlib.util
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Final

__all__ = ["do_without_cffi", "postpone_signing"]

PACKAGE: Final = "pyhanko.sign"
KEY_FILES: Final = "cryptography.hazmat.primitives.serialization.pkcs12"
"""Files of private keys, which a verifier never opens; they bring in a second library of certificates."""


CFFI: Final = "cffi"
KECCAK: Final = "Crypto.Hash.keccak"
CALLS: Final = "Crypto.Util._raw_api"


class Postponed(ModuleType):
    """A package that is read when it is asked for something that it has not."""

    def __getattr__(self, name: str) -> Any:
        spec = self.__spec__
        if spec is None or spec.loader is None or name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        object.__setattr__(self, "__class__", ModuleType)  # once: what it has not by then it never will
        spec.loader.exec_module(self)
        return getattr(self, name)


def postpone_signing() -> None:
    """Before pyHanko is imported for the first time; once it has been, nothing changes."""
    for module in (PACKAGE, KEY_FILES):
        spec = importlib.util.find_spec(module) if module not in sys.modules else None
        if spec is not None:
            parent, _, name = module.rpartition(".")
            sys.modules[module] = package = _without_content(spec)
            setattr(sys.modules[parent], name, package)


def _without_content(spec: ModuleSpec) -> ModuleType:
    package = Postponed(spec.name)
    package.__spec__, package.__file__, package.__package__ = spec, spec.origin, spec.name
    package.__path__ = list(spec.submodule_search_locations or ())
    return package


def do_without_cffi() -> None:
    """PyCryptodome calls its Keccak, in C, through `ctypes` where there is no cffi, whose parser of C takes longer to
    read than all hashes of a bundle take to make. Before that it asks another program (`file`) what machine this is,
    and makes nothing of the answer: it is told beforehand.
    """
    if CFFI in sys.modules or KECCAK in sys.modules:
        return
    sys.modules[CFFI] = None  # type: ignore[assignment]
    try:
        importlib.import_module(CALLS).__dict__.setdefault("cached_architecture", [])[:] = ["", ""]
        importlib.import_module(KECCAK)
    finally:
        del sys.modules[CFFI]

"""What a person may do that is written down and nothing else: one module a noun, each whole.

In a module stand what is asked (a `RecordedCommand`), when it is allowed (its `may_<command>`) and what comes of it
(its events). Modules are found by being here.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)

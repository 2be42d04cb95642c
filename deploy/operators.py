"""Who operates the engine of a local installation: the invented administrator who may read decrypted histories."""

import hashlib

from domain.ids import AccountId

OPERATORS = ("roi.estevez@justicia.atlantia.example",)


def account_id(login: str) -> AccountId:
    """The id of an invented account; the same at every start."""
    return AccountId(f"acc_{hashlib.sha256(login.encode()).hexdigest()[:16]}")

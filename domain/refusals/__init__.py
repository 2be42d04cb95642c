"""Every refusal, declared once: one module a noun. The words are in `templates/words/*/refusals.yaml`."""

from domain.refusals import (
    access,
    agenda,
    booking,
    documents,
    files,
    identity,
    lexnet,
    mail,
    minutes,
    people,
    pins,
    platform,
    procedure,
    requests,
    signing,
    validity,
    webhooks,
)
from domain.refusals.declared import REGISTRY, Declared

__all__ = [
    "REGISTRY",
    "Declared",
    "access",
    "agenda",
    "booking",
    "documents",
    "files",
    "identity",
    "lexnet",
    "mail",
    "minutes",
    "people",
    "pins",
    "platform",
    "procedure",
    "requests",
    "signing",
    "validity",
    "webhooks",
]

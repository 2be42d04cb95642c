"""The pages of administrators: what may be held, computers, systems, accounts, types, figures, how everything is."""

from collections.abc import Iterator

import agenda_types
import procedure_types
from api.pages.rendering import PageContext, render
from domain.access.accounts import Device
from domain.ids import AccountId
from tests.pages.accounts import pages_of_accounts
from tests.pages.conditions import AT, conditions
from tests.pages.counted import pages_of_indicators
from tests.pages.own_account import OWN_ACCOUNT
from tests.pages.publishing import pages_of_types
from tests.pages.systems import API_KEYS, SYSTEMS


def pages_of_administrators(context: PageContext) -> Iterator[tuple[str, str]]:
    types = procedure_types.load(items=agenda_types.load())
    device = a_device(context)
    yield "administration", render(
        "administration.html", context, here=device, path="/administration",
        kinds=[(entry, types[entry.type]) for entry in context.administration.enabled],
        offices=[(one, (device, device.but(id="dev2", revoked_at=AT))) for one in context.administration.offices[:2]],
    )  # fmt: skip
    kinds = [types[entry.type] for entry in context.administration.enabled]
    offered = {"kinds": kinds, "titles": {kind.id: kind.titles for kind in kinds}}
    for shown in SYSTEMS:
        yield "webhooks", render("webhooks.html", context, path="/administration/webhooks", **shown, **offered)
    for shown in API_KEYS:
        yield "api-keys", render("api_keys.html", context, path="/administration/api-keys", **shown, **offered)
    yield from pages_of_accounts(context)
    yield from pages_of_indicators(context)
    for name, template, told in pages_of_types(context):
        yield name, render(template, context, **told)
    yield "account", render("account.html", context, path="/account", **OWN_ACCOUNT)
    for name, condition in conditions().items():
        yield f"health-{name}", render("health.html", context, condition=condition, path="/administration/health")


def a_device(context: PageContext) -> Device:
    return Device(
        id="dev1", administration=context.administration.id, office=context.administration.offices[0].id,
        label="Cabina 1", enrolled_by=AccountId("a"), enrolled_at=AT,
    )  # fmt: skip

"""Refusals: addresses at which regional systems are told what happens."""

from domain.refusals.declared import CALLER, declare

WEBHOOK_ADDRESS_UNFIT = declare("webhook_address_unfit", 422, CALLER)
TOO_MANY_WEBHOOKS = declare("too_many_webhooks", 409, CALLER, "most")

"""When terms end: workflows know no calendar, and the public holidays of a town are its Administration's to say."""

from collections.abc import Mapping
from datetime import UTC

from temporalio import activity

from activities.term_orders import ReckonedTerm, ReckonTerm
from domain.ids import AdministrationId
from domain.rules.terms import reckon
from domain.types.territory import Administration


class Terms:
    def __init__(self, administrations: Mapping[AdministrationId, Administration]) -> None:
        self._administrations = administrations

    @activity.defn
    async def reckon_term(self, order: ReckonTerm) -> ReckonedTerm:
        """With the public holidays as they are known now: what is published later changes no term that runs."""
        administration = self._administrations[order.administration]
        found = reckon(order.begins, order.length, order.days, administration, order.offices)
        due_at = found.due_at.astimezone(UTC)
        return ReckonedTerm(last_day=found.last_day, due_at=due_at, left_out=found.left_out)

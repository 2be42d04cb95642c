"""Over HTTP: whoever guesses a PIN from many windows at once has three tries of it, and is sent five."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import httpx
import pytest

from domain.access.limits import MINUTE, Rate, Rates
from domain.codes.pins import PIN_TRIES, UNANSWERED_PINS
from domain.types.vocabulary import Stage
from rehearsal.identifying import identify_by
from tests.api.people import House, command
from tests.api.stages import InTheSessionsOfTheTest, people, play_to

WHO = {"participant": "p1"}
PIN = WHO | {"mechanism": "pin_to_mobile"}
WITHOUT_END = Rate(tries=10_000, per=MINUTE)


def done(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


class UpToThePin(InTheSessionsOfTheTest):
    """The applicant is in the room and has shown the document; what is missing is the code."""

    async def until(self, stage: Stage) -> None:
        await self.arrive()
        await self.enter()
        procedure = await self._courtroom.procedure()
        document = procedure.type.mechanism("id_document_frame")
        await identify_by(self, self._courtroom, document, procedure.citizens[0])


@pytest.mark.timeout(300)
def test_guesses_from_many_windows_at_once_are_three_tries_of_each_of_five_codes(house: House) -> None:
    ports = house.app.state.ports
    without_limits = Rates(commands_of_a_citizen=WITHOUT_END, commands_of_all_citizens=WITHOUT_END)
    house.app.state.ports = replace(ports, rates=without_limits)
    try:
        procedure = house.conciliation(participants=people(house))
        citizen = play_to(house, procedure, Stage.IN_SESSION, UpToThePin)
        told: Counter[str] = Counter()
        with ThreadPoolExecutor(8) as windows:
            for _ in range(UNANSWERED_PINS):
                reference = done(command(citizen, procedure, "begin_identification", **PIN))["detail"]["reference"]

                def guess(number: int, reference: str = reference) -> str:
                    said = PIN | {"reference": reference, "answers": {"pin": f"{number:06d}"}}
                    answer = command(citizen, procedure, "complete_identification", **said)
                    return str(answer.json().get("code", "right"))

                told.update(windows.map(guess, range(24)))
            sixth = command(citizen, procedure, "begin_identification", **PIN)
        judged = told.pop("identification_failed") + told.pop("identification_exhausted")
        assert judged == PIN_TRIES * UNANSWERED_PINS
        assert set(told) <= {"pin_exhausted", "identification_not_begun"}, told
        assert (sixth.status_code, sixth.json()["code"]) == (429, "too_many_pins")
    finally:
        house.app.state.ports = ports

"""The people of the demonstration could be summoned: the seed asks for their acts as everybody does."""

import pytest

from deploy.demo_people import DEMOS, Demo
from domain.codes.id_numbers import has_right_letter


@pytest.mark.parametrize("demo", [demo for demo in DEMOS if demo.people], ids=lambda demo: demo.name)
def test_identity_numbers_have_their_right_letter(demo: Demo) -> None:
    numbers = [person.document_number for person in demo.people if person.document_number]
    assert numbers
    assert [number for number in numbers if not has_right_letter(number)] == []

"""A seat that was handed over: what was done from it before is still of whoever had it then."""

from dataclasses import replace

from evidence.verifier import verify_bytes
from tests.evidence.forge import insider
from tests.evidence.held import PEOPLE, ROLES, TYPE, Script, Told, hold
from tests.evidence.sample import Sample

PRESIDING = {"id": "par_pres", "role": "presiding", "name": PEOPLE[2]["name"], "document_number": None}


def codes(held: Sample, first: str) -> set[str]:
    """What is found where the clerk presided until somebody else sat down. `first`: whose that seat was before."""
    roles = [*TYPE["procedure"]["roles"], {"code": "presiding", "side": "authority"}]

    def lie(told: Told) -> Told | list[Told]:
        if told.type == "procedure_requested":
            return replace(told, data={**told.data, "participants": [*PEOPLE, {**PRESIDING, "account": first}]})
        if told.type != "session_closed":
            return told
        seated = {"participant": "par_pres", "name": "Sabela Rial Figueira", "account": "acc_judge"}
        return [told, Told("official_seated", "system", told.at, (), seated)]

    made = Script(
        held.pki, lie=lie, type={**TYPE, "procedure": {**TYPE["procedure"], "roles": roles}},
        roles={**ROLES, "acc_laj": "presiding"},
    )  # fmt: skip
    return {one.code for one in verify_bytes(insider(held, hold(made)), held.trust).findings}


def test_what_was_done_from_a_seat_stays_of_whoever_had_it(held: Sample) -> None:
    assert "ROLE_OF_ANOTHER" not in codes(held, "acc_laj")


def test_nobody_acts_in_the_role_of_a_seat_that_they_never_had(held: Sample) -> None:
    assert "ROLE_OF_ANOTHER" in codes(held, "acc_judge")

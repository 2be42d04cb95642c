"""Lies about whose part it was: parties in the place of staff, staff in a seat that the law keeps from them."""

from tests.evidence.forged.forgery import AT, beside, both, event, first_event, script
from tests.evidence.forged.people import before
from tests.evidence.held import PEOPLE, ROLES, TYPE

__all__: list[str] = []

# Roles and seats
script(
    "a party becomes staff by a correction",
    AT,
    "ACCOUNT_OF_A_PARTY",
    lie=beside(
        "pin_sent",
        "par_1",
        event("participant_corrected", "acc_laj", participant="par_1", account="acc_new"),
        ahead=True,
    ),
)
script(
    "a party seats the official",
    AT,
    "DONE_BY_NO_OFFICIAL",
    lie=beside(
        "item_done",
        None,
        event("official_seated", "par_2", participant="par_laj", name="Iria Outeiro Barral", account="acc_laj"),
    ),
)
for kind in (
    "session_reopened",
    "procedure_interrupted",
    "item_skipped",
    "item_corrected",
    "participant_corrected",
    "participant_dismissed",
    "identity_rejected",
    "missing_signature_recorded",
    "minutes_corrected",
    "participant_muted",
    "everyone_muted",
    "floor_given",
    "recording_asked_again",
):
    script(
        f"a party is told to have done what is for officials: {kind}",
        AT,
        "DONE_BY_NO_OFFICIAL",
        lie=beside("item_done", None, event(kind, "par_2", participant="par_laj"), ahead=True),
    )

# Whose seat it is
RESERVED = {"seats": [{"role": "clerk", "account_roles": ["official"], "when": {"subject": ["support_measures"]}}]}
JUDGES_ACT = {**TYPE, "procedure": {**TYPE["procedure"], "validity": RESERVED}}
DECLARED = {"values": {"subject": "support_measures"}}
SEATED = [{**one, "staff_roles": ["clerk"]} if one["account"] else one for one in PEOPLE]
script(
    "a court clerk holds what is for a judge",
    AT,
    "SEAT_RESERVED",
    type=JUDGES_ACT,
    lie=first_event(declared=DECLARED, participants=SEATED),
)
script(
    "a court clerk sits down where a judge has to",
    AT,
    "SEAT_RESERVED",
    type=JUDGES_ACT,
    lie=both(
        first_event(declared=DECLARED, participants=[{**one, "staff_roles": ["official"]} for one in PEOPLE]),
        before("pin_sent", "par_1", "official_seated", participant="par_laj", account="acc_laj", staff_roles=["clerk"]),
    ),
)
script(
    "the clerk acts in the role of a party",
    AT,
    "ROLE_OF_ANOTHER",
    roles={**ROLES, "acc_laj": "respondent"},
)

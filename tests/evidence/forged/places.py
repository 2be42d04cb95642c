"""Lies about the secure place: nobody looked, they saw that it was none, or a party looked for themselves."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.evidence.forged.forgery import AT, script
from tests.evidence.held import TYPE, Told

__all__ = ["SECURE", "checked"]

SECURE = {
    **TYPE,
    "procedure": {
        **TYPE["procedure"],
        "validity": {"places": [{"roles": ["applicant"], "places": ["office", "court"], "checked": True}]},
    },
}
"""A type that lets the first citizen in from an office only once it has looked."""


def checked(actor: str = "acc_office", **seen: Any) -> Callable[[Told], Told | None]:
    """What the office saw of the first citizen stands where their answer about recording stood."""

    def lie(event: Told) -> Told:
        if event.type != "consent_given":
            return event
        data = {"participant": "par_1", "acts_freely": True, "company": "alone", "others": None, "private_talk": True}
        return replace(event, type="secure_place_checked", actor=actor, data={**data, **seen})

    return lie


script("nobody looked at the place of whoever needs a secure one", AT, "PLACE_UNCHECKED", type=SECURE)
script("was let in although the office saw them pressed", AT, "PLACE_NOT_SECURE",
       type=SECURE, lie=checked(acts_freely=False))  # fmt: skip
script("was let in where others hear the lawyer", AT, "PLACE_NOT_SECURE",
       type=SECURE, lie=checked(private_talk=False))  # fmt: skip
script("signed while pressed, in a type that wants no list", AT, "SIGNED_NOT_FREELY",
       lie=checked(acts_freely=False))  # fmt: skip
script("a party looked at their own place", AT, "DONE_BY_NO_OFFICIAL", type=SECURE, lie=checked(actor="par_1"))
script("a party attested their own freedom", AT, "DONE_BY_NO_OFFICIAL",
       lie=lambda event: event if event.type != "consent_given"
       else replace(event, type="autonomy_attested", data={"participant": "par_1"}))  # fmt: skip

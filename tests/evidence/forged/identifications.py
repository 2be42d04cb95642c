"""Lies about how somebody was identified, and about the code and the device with which they signed."""

from collections.abc import Callable

from tests.evidence.forged.forgery import AT, RECORD, beside, event, script, told
from tests.evidence.held import FRAME, Told

__all__: list[str] = []


def signed_with(reference: str) -> Callable[[Told], Told | None]:
    return told("signature_authenticated", "par_1", reference=reference)


# Who identified, and how
BEGUN = {
    "participant": "par_1",
    "mechanism": "id_document_read",
    "reference": "idn_par_1",
    "poses": ["photograph", "zone"],
}
READ = told("identity_confirmed", "par_1", method="id_document_read")


def read_by_zone(
    *poses: str, stopped: bool = False, of: str = "par_1", actor: str = "acc_laj"
) -> Callable[[Told], Told | list[Told] | None]:
    """An identification by what the zone of a document says, with the stills of these poses."""
    begun = {**BEGUN, "participant": of}
    taken = [event("pose_taken", actor, FRAME, **{**begun, "pose": pose, "still": {"sha256": FRAME}}) for pose in poses]
    ended = [event("identification_stopped", "acc_laj", **begun)] if stopped else []
    added = beside(
        "identity_confirmed", "par_1", event("identification_begun", actor, **begun), *taken, *ended, ahead=True
    )

    def lie(found: Told) -> Told | list[Told] | None:
        changed = added(found)
        return (
            [one if one.type != "identity_confirmed" else READ(one) or one for one in changed]
            if isinstance(changed, list)
            else changed
        )

    return lie


script("a document was read of which one side was never seen", AT, "POSES_MISSING", lie=read_by_zone("photograph"))
script("a document was read of which nothing was seen", AT, "POSES_MISSING", lie=read_by_zone())
script(
    "the stills were taken by the party",
    AT,
    "DONE_BY_NO_OFFICIAL",
    lie=read_by_zone("photograph", "zone", actor="par_1"),
)
script(
    "the document read was that of the other party",
    AT,
    "IDENTIFICATION_OF_ANOTHER",
    lie=read_by_zone("photograph", "zone", of="par_2"),
)
script(
    "the identification was left, and confirmed after it",
    AT,
    "IDENTIFIED_AFTER_IT_WAS_LEFT",
    lie=read_by_zone("photograph", "zone", stopped=True),
)
script(
    "both were identified by one still",
    AT,
    "IDENTIFICATION_OF_ANOTHER",
    lie=told("identity_confirmed", "par_2", reference="idn_par_1"),
)
script(
    "another mechanism was confirmed than was begun",
    AT,
    "IDENTIFICATION_OF_ANOTHER",
    lie=beside(
        "identity_confirmed",
        "par_1",
        event("identification_begun", "acc_laj", participant="par_1", mechanism="clave", reference="idn_par_1"),
        ahead=True,
    ),
)

# One-time codes
script(
    "the code that was used had not been sent",
    AT,
    "CODE_OF_ANOTHER",
    lie=told("pin_sent", "par_1", challenge="pin_other"),
)
script(
    "the code had ended before it was used",
    AT,
    "CODE_HAD_ENDED",
    lie=told("pin_sent", "par_1", expires_at="2026-01-01T00:00:00Z"),
)
script(
    "one code signed for both",
    AT,
    "CODE_USED_TWICE",
    record={"authentication_reference": "pin_par_2"},
    lie=signed_with(reference="pin_par_2"),
)
script("the record names another device", RECORD, "RECORD_OF_ANOTHER_DEVICE", record={"source_device": "dev_2"})

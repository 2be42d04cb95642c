"""Minutes that somebody does not sign say who and why, in a note that the clerk signs; nothing is silent."""

from domain.commands import RecordMissingSignature, RefuseSignature
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.workflows.asking import code_of, until
from tests.workflows.court import Court


async def test_the_clerk_puts_on_record_who_cannot_sign_and_the_note_goes_out_with_the_minutes(court: Court) -> None:
    room = await court.summon("conciliation", "prc_unsigned")
    play = Play(room, "unsigned")
    await play.arrive()
    await play.enter()
    await play.identify()
    await play.hold_agenda()
    await play.close()
    await play.approve()
    signing = await room.reaches(Stage.SIGNING)
    assert signing.minutes is not None and signing.minutes.document is not None
    applicant, respondent = signing.citizens
    missing = {"document": signing.minutes.document, "participant": respondent.id, "reason": "Se ha quedado sin línea"}

    assert await code_of(play.say(applicant, RecordMissingSignature, **missing)) == "authority_only"
    await play.say(signing.hosts[0], RecordMissingSignature, **missing)
    assert await code_of(play.say(respondent, RefuseSignature, **missing)) == "already_refused"
    await play.sign_minutes(signing)
    await until(room, lambda now: any(document.code == "signature_note" for document in now.documents))
    noted = await room.procedure()
    assert noted.stage is Stage.SIGNING
    note = noted.documents[-1]
    await play.sign_document(note)

    closed = await room.reaches(Stage.CLOSED)
    assert closed.document(note.id).signed_by(noted.hosts[0].id)
    assert not closed.document(signing.minutes.document).signed_by(respondent.id)
    assert closed.document(signing.minutes.document).signed_by("body")

"""Refusals: people who take part: presence, help, warnings, consent."""

from domain.refusals.declared import CALLER, NOBODY, STAFF, declare

UNKNOWN_PARTICIPANT = declare("unknown_participant", 404, CALLER, "participant")
ALREADY_DISMISSED = declare("already_dismissed", 409, NOBODY, "participant")
HELP_ALREADY_GIVEN = declare("help_already_given", 409, NOBODY)
ROOM_ALREADY_OPEN = declare("room_already_open", 409, NOBODY)
ALREADY_ADMITTED = declare("already_admitted", 409, NOBODY, "participant")
NOT_ARRIVED = declare("not_arrived", 409, CALLER, "participant")
NOT_IN_ROOM = declare("not_in_room", 409, CALLER, "participant")
WARNINGS_NOT_ACKNOWLEDGED = declare("warnings_not_acknowledged", 409, CALLER, "participant")
HOST_STAYS = declare("host_stays", 409, NOBODY, "participant")
CONSENT_NOT_ASKED = declare("consent_not_asked", 409, NOBODY, "policy")
NO_CONSENT_TO_WITHDRAW = declare("no_consent_to_withdraw", 409, NOBODY)
SESSION_NOT_ARRIVED = declare("session_not_arrived", 409, CALLER, "participant")
SEAT_TAKEN = declare("seat_taken", 409, STAFF, "participant")
ALREADY_SEATED = declare("already_seated", 409, NOBODY, "participant")
SEAT_TAKEN_OVER = declare("seat_taken_over", 409, STAFF, "participant")
MAY_NOT_CONFER = declare("may_not_confer", 409, CALLER, "lawyer", "client")
IN_PRIVATE_TALK = declare("in_private_talk", 409, CALLER, "participant")
PRIVATE_TALK_OPEN = declare("private_talk_open", 409, CALLER)
PRIVATE_TALK_OVER = declare("private_talk_over", 409, NOBODY)
NOBODY_FOUND_ABSENT = declare("nobody_found_absent", 409, CALLER)

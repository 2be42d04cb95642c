"""Refusals: types that an Administration publishes for itself."""

from domain.refusals.declared import CALLER, STAFF, declare

DEFINITION_WRONG = declare("definition_wrong", 422, CALLER, "problems")
DEFINITION_TAKEN = declare("definition_taken", 409, CALLER, "name")
START_IN_THE_PAST = declare("start_in_the_past", 422, CALLER, "earliest")
SECOND_PERSON_NEEDED = declare("second_person_needed", 403, STAFF)
PUBLICATION_SETTLED = declare("publication_settled", 409, CALLER, "state")
NO_SAMPLE_MINUTES = declare("no_sample_minutes", 422, CALLER)
TYPE_NOT_YET_IN_FORCE = declare("type_not_yet_in_force", 403, STAFF, "starts", "type")
TYPE_WITHDRAWN = declare("type_withdrawn", 403, STAFF, "ended", "type")
TYPE_NOT_AT_BODY = declare("type_not_at_body", 403, STAFF, "type", "body", "document")
TYPE_NOT_AT_OFFICE = declare("type_not_at_office", 403, STAFF, "type", "office", "document")
TYPE_OF_ANOTHER = declare("type_of_another", 403, STAFF, "type")

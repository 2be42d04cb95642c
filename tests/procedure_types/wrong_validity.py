"""Table: wrong seats, places, fields to fill in and excerpts; columns as in `test_wrong_procedure_types`."""
# ruff: noqa: E501  (a table: one defect a line)

P2, P4, P17 = "statement_in_investigation", "mediation", "voluntary_jurisdiction_hearing"

WRONG_VALIDITY: tuple[tuple[str, str, str, str, str, str | None], ...] = (
    (P17, "- {role: presiding, account_roles: [official],", "- {role: presiding, account_roles: [office],", "    - {role: presiding, account_roles: [office]", "seats_are_for_some_of_their_accounts", "office"),
    (P17, "- {role: presiding, account_roles: [official],", "- {role: presiding, account_roles: [official, clerk],", "    - {role: presiding, account_roles: [official, clerk]", "seats_are_for_some_of_their_accounts", "official"),
    (P17, "- {role: presiding, account_roles: [official],", "- {role: prosecutor, account_roles: [official],", "    - {role: prosecutor, account_roles", "seats_are_for_some_of_their_accounts", "official"),
    (P17, "- {role: presiding, account_roles: [official],", "- {role: judge, account_roles: [official],", "    - {role: judge, account_roles", "not_declared", "judge"),
    (P17, "account_roles: [official], when: {subject: [support_measures]}", "account_roles: [official], when: {subject: [guardianship]}", "    - {role: presiding, account_roles: [official]", "admission_names_possible_answers", "guardianship"),
    (P17, "      official: {es: Jueza o juez, en: Judge}\n", "", "    - {role: presiding, account_roles: [official]", "reserved_seats_say_whose_they_are", "official"),
    (P17, "      official: {es: Jueza o juez, en: Judge}\n", "      official: {es: Jueza o juez, en: Judge}\n      office: {es: Oficina, en: Office}\n", "    titles_as:", "titles_are_of_those_who_play_the_role", "office"),
    (P4, "only: [mediator, subject,", "only: [mediator, proposals,", "    only:", "documents_tell_what_their_item_has", "proposals"),
    (P4, "    only: [mediator, subject, meetings, good_faith]\n", "    only: [mediator, subject, meetings, good_faith]\n    titles_when: {ending: {irreconcilable: {es: Sin acuerdo, en: No agreement}}}\n", "    titles_when:", "titles_tell_no_more_than_the_document", "ending"),
    (P17, "    - roles: [concerned]\n      places: [court]", "    - roles: [presiding]\n      places: [court]", "    - roles: [presiding]\n      places", "places_are_of_those_who_are_summoned", "presiding"),
    (P17, "      places: [court]", "      places: [court, office, own_device]", "    - roles: [concerned]", "places_are_of_those_who_are_summoned", "concerned"),
    (P2, "      places: [office, court]\n      checked: true", "      places: [office, own_device]\n      checked: true", "    - roles: [witness]\n      places", "checked_places_are_offices", "witness"),
    (P2, "      places: [office, court]\n      checked: true", "      places: [court]\n      checked: true", "    - roles: [witness]\n      places", "checked_places_are_offices", "witness"),
    (P17, "      places: [court]", "      places: [home]", "      places: [home]", "unknown_word", "home"),
    (P17, "{outcome: decided, when: {subject: [support_measures]}", "{outcome: decided, when: {subject: [guardianship]}", "    - {outcome: decided, when", "admission_names_possible_answers", "guardianship"),
    (P17, "fields: [grounds]", "fields: [reasons]", "    - {item: A26, fields: [reasons]", "fields_to_fill_in_exist", "reasons"),
    (P17, "- {item: A26, fields: [grounds]", "- {item: A23, fields: [grounds]", "    - {item: A23, fields", "fields_to_fill_in_exist", "A23"),
    (P17, "when: {ruling: [court_order, decree]}", "when: {ruling: [court_order, award]}", "    - {item: A26, fields: [grounds]", "fields_are_wanted_with_possible_answers", "award"),
)  # fmt: skip

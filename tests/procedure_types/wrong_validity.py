"""Table: wrong seats, places, identities of a role, fields to fill in and excerpts; columns as in `test_wrong_procedure_types`."""
# ruff: noqa: E501  (a table: one defect a line)

P4, P6, P8, P17 = "mediation", "ratification", "life_certificate", "voluntary_jurisdiction_hearing"

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
    (P17, "      places: [court]", "      places: [home]", "      places: [home]", "unknown_word", "home"),
    (P17, "{outcome: decided, when: {subject: [support_measures]}", "{outcome: decided, when: {subject: [guardianship]}", "    - {outcome: decided, when", "admission_names_possible_answers", "guardianship"),
    (P17, "fields: [grounds]", "fields: [reasons]", "    - {item: A26, fields: [reasons]", "fields_to_fill_in_exist", "reasons"),
    (P17, "- {item: A26, fields: [grounds]", "- {item: A23, fields: [grounds]", "    - {item: A23, fields", "fields_to_fill_in_exist", "A23"),
    (P17, "when: {ruling: [court_order, decree]}", "when: {ruling: [court_order, award]}", "    - {item: A26, fields: [grounds]", "fields_are_wanted_with_possible_answers", "award"),
    (P6, "  lapse_after: PT30S\n", "  lapse_after: PT30S\n  roles: {clerk: {methods: [clave], minimum: low, legal_basis: RDL 6/2023 art. 60}}\n", "  roles:", "those_who_are_summoned_are_identified", "clerk"),
    (P6, "  lapse_after: PT30S\n", "  lapse_after: PT30S\n  roles: {lawyer: {methods: [clave], minimum: low, legal_basis: RDL 6/2023 art. 60}}\n", "  roles:", "not_declared", "lawyer"),
    (P6, "  lapse_after: PT30S\n", "  lapse_after: PT30S\n  roles: {interpreter: {methods: [horoscope], minimum: low, legal_basis: RDL 6/2023 art. 60}}\n", "  roles:", "unknown_word", "horoscope"),
    (P6, "  lapse_after: PT30S\n", "  lapse_after: PT30S\n  roles: {interpreter: {methods: [pin_to_mobile], minimum: high, legal_basis: RDL 6/2023 art. 60}}\n", "  roles:", "assurance_can_be_reached", "high"),
    (P6, "  lapse_after: PT30S\n", "  lapse_after: PT30S\n  roles: {interpreter: {methods: [face_against_document], minimum: low, legal_basis: RDL 6/2023 art. 60}}\n", "  roles:", "nobody_has_to_consent", "face_against_document"),
    (P6, "  lapse_after: PT30S\n", "  lapse_after: PT30S\n  roles: {interpreter: {methods: [clave], minimum: low}}\n", "  roles:", "missing", "legal_basis"),
    (P6, "  lapse_after: PT30S\n", "  lapse_after: PT30S\n  roles: {interpreter: {methods: [clave], minimum: low, lapse_after: PT5S, legal_basis: RDL 6/2023 art. 60}}\n", "  roles:", "unknown_key", "lapse_after"),
    (P6, "- {item: A08, helper: interpreter, helped: assists,", "- {item: A08, helper: language, helped: assists,", "    - {item: A08", "links_are_said_in_an_item", "language"),
    (P6, "- {item: A08, helper: interpreter, helped: assists,", "- {item: A08, helper: assists, helped: assists,", "    - {item: A08", "links_are_said_in_an_item", "assists"),
    (P6, "- {item: A08, helper: interpreter, helped: assists,", "- {item: A19, helper: interpreter, helped: assists,", "    - {item: A19", "links_are_said_in_an_item", "A19"),
    (P6, "helped: assists, items: [A53]", "helped: assists, items: [A08]", "    - {item: A08", "helpers_are_needed_where_somebody_is_heard", "A08"),
    (P6, "helped: assists, items: [A53]", "helped: assists, items: [A13]", "    - {item: A08", "helpers_are_needed_where_somebody_is_heard", "A13"),
    (P6, "  beside:\n    # Law: LEC 143.1, whoever does not know the language is heard through their interpreter, and not without.\n    - {item: A08, helper: interpreter, helped: assists, items: [A53], legal_basis: LEC art. 143.1}\n", "", "  - code: interpreter", "interpreters_are_there_while_they_are_needed", "interpreter"),
    (P8, "lasts: PT15M", "lasts: PT0S", "lasts:", "lengths_of_time_make_sense", "0:00:00"),
    (P6, "not_all: [A53]", "not_all: [A17]", "    - {outcome: not_ratified", "what_not_all_have_done_is_of_each", "A17"),
)  # fmt: skip

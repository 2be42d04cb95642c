"""Wrong procedure types: each rule of law and of sense refuses, at the right line, with the right word."""
# ruff: noqa: E501  (a table: one defect a line)

from pathlib import Path

import pytest

import agenda_types
import procedure_types
from domain.languages import BASE_LANGUAGES
from procedure_types import RULE_BOOKS
from tests.agenda_types.test_wrong_item_types import WRONG as ITEM_DEFECTS
from tests.procedure_types.wrong_validity import WRONG_VALIDITY
from tests.procedure_types.wrong_wording import WRONG_WORDING

ITEMS = agenda_types.load()

# (shipped file, what is replaced in it, by what, the line to be blamed, code of the problem, offending word)
WRONG_ITEMS = ITEM_DEFECTS.values()
P1, P3 = "oral_hearing_witness", "conciliation"
P4 = "mediation"
P2, P6, P18 = "statement_in_investigation", "ratification", "commission_session"
P8, P11 = "life_certificate", "victim_appointment"
P9, P10 = "marriage_file_hearing", "register_certificate"
P17 = "voluntary_jurisdiction_hearing"
P5 = "apud_acta_power"
P7 = "birth_declaration"


def admission_of(type_id: str) -> str:
    """What the shipped file says of it, to be taken away."""
    text = (procedure_types.SHIPPED / f"{type_id}.v1.yaml").read_text("utf-8")
    return text[text.index("  admission:\n") : text.index("  presides:")]


WRONG = (
    *WRONG_VALIDITY,
    *WRONG_WORDING,
    (P3, "  admission:\n", "  admision:\n", "  admision:", "unknown_key", "admision"),
    (P3, "    ends_as: [attempted]", "    ends_as: [archived]", "    ends_as:", "not_declared", "archived"),
    (P3, "        bodies: [peace_court]", "        bodies: [justice_of_the_peace]", "        bodies: [justice", "unknown_word", "justice_of_the_peace"),
    (P3, "choices: [court_order], bodies", "choices: [order], bodies", "    - {item: A26, field: ruling, choices: [order]", "answers_exist", "order"),
    (P3, "{item: A26, field: ruling", "{item: A26, field: rulings", "    - {item: A26, field: rulings", "answers_exist", "rulings"),
    (P3, "    - {item: A26, field: ruling, choices: [decree], bodies: [court], legal_basis: LJV art. 145.4}\n", "", "    - {item: A26, role", "rulings_are_of_their_body", "court"),
    (P3, "held_within: {field: admitted_on", "held_within: {field: domicile", "    held_within:", "admission_terms_run_from_a_day", "domicile"),
    (P3, "length: P10D, days: court", "length: P10D, days: calendar", "    held_within:", "admission_terms_run_from_a_day", "admitted_on"),
    (P4, admission_of(P4), "", "family:", "settlements_say_what_they_exclude", "adr"),
    (P3, "A38, A55]", "A38]", "    item: A55", "declarations_can_be_noted_anew", "A55"),
    (P3, "when: {matter: [commercial]}", "when: {subject: [commercial]}", "      - when: {subject", "admission_asks_what_is_declared", "subject"),
    (P3, "when: {parties: [public_body]}", "when: {parties: [council]}", "      - when: {parties: [council", "admission_names_possible_answers", "council"),
    (P3, "at_least: {amount: 6000}", "at_least: {matter: 6000}", "      - at_least", "admission_compares_amounts", "matter"),
    (P3, "when: {parties: [public_body]}", "when: {amount: [much]}", "      - when: {amount", "what_excludes_has_to_be_answered", "amount"),
    (P3, "      - when: {parties: [public_body]}\n        legal_basis", "      - legal_basis", "      - legal_basis", "exclusions_say_when", "2"),
    (P3, "A21, A23]\n    # Law: LJV 145.2", "A21]\n    # Law: LJV 145.2", "    bars:", "what_is_excluded_is_not_settled", "A23"),
    (P3, "    bars: [A11,", "    bars: [A09, A11,", "    bars:", "bars_are_on_the_agenda", "A09"),
    (P3, "    ends_as: [attempted]", "    ends_as: [agreement]", "    ends_as:", "ends_can_be_reached", "agreement"),
    (P4, "    item: A56\n", "    item: A55\n", "    item: A55", "declarations_can_be_noted_anew", "A55"),
    (P17, "roles: [prosecutor], legal_basis: LJV art. 4}", "roles: [fiscal], legal_basis: LJV art. 4}", "      - {when: {affects", "not_declared", "fiscal"),
    (P3, "recording: mandatory_by_law", "recording: mandatory", "recording:", "unknown_word", "mandatory"),
    (P3, "family: adr", "family: arbitration", "family:", "unknown_word", "arbitration"),
    (P3, "  mode: written", "  mode: oral", "  mode:", "unknown_word", "oral"),
    (P3, "level: B-LT}", "level: B-X}", "  - {document: agreement", "unknown_word", "B-X"),
    (P3, "level: B-LT}", "level: B-LTA}", "  - {document: agreement", "archive_timestamps_come_last", "B-LTA"),
    (P3, "    maximum: 2", "    maximun: 2", "    maximun:", "unknown_key", "maximun"),
    (P3, "lapse_after: PT30S", "lapse_after: soon", "  lapse_after:", "not_a_duration", "soon"),
    (P3, "retention_years: 10", "retention_years: 500", "retention_years:", "out_of_bounds", "500"),
    (P3, "retention_years: 10", "retention_yeers: 10", "id: conc", "missing", "retention_years"),
    (P3, "approver: clerk", "approver: clark", "  approver:", "not_declared", "clark"),
    (P3, "mail_to: [applicant, respondent]", "mail_to: [applicant, respondant]", "  mail_to:", "not_declared", "respondant"),
    (P3, "{item: A11, role: respondent}", "{item: A11, role: defendant}", "    - {item: A11, role: d", "not_declared", "defendant"),
    (P3, "document: agreement,", "document: agrement,", "  - {document: agrement", "not_declared", "agrement"),
    (P3, "waiver_role: clerk", "waiver_role: clerc", "  waiver_role:", "not_declared", "clerc"),
    (P5, "from_item: A28", "from_item: A02", "    from_item: A02", "registers_are_told_what_they_ask_for", "A02"),
    (P5, "  - {document: power, signers: [grantor], method: authenticated_act, level: B-LT, handwriting: true}\n", "", "    entered_in:", "what_is_entered_is_signed", "power"),
    (P5, "noted_in: A41", "noted_in: A05", "    entered_in:", "entries_can_be_noted", "A05"),
    (P5, "    entered_in: {where: powers, noted_in: A41, legal_basis: RDL 6/2023 art. 74.5}\n", "", "    - {outcome: granted", "outcomes_want_what_is_entered", "power"),
    (P5, "  - code: register_receipt", "  - code: receipt", "    entered_in:", "receipts_have_a_place", "power"),
    (P7, "    from_item: A46\n", "    from_item: A02\n", "    from_item: A02", "registers_are_told_what_they_ask_for", "A02"),
    (P7, "where: civil", "where: powers", "    from_item: A46", "registers_are_told_what_they_ask_for", "A46"),
    (P7, "term: [late]", "term: [too_late]", "      unless:", "what_comes_first_can_be_chosen", "too_late"),
    (P7, "term: [late]", "terms: [late]", "      unless:", "what_comes_first_can_be_chosen", "late"),
    (P5, "entered_in: {where: powers,", "entered_in: {where: powers, ends: true,", "    from_item: A28", "registers_are_told_what_they_ask_for", "A28"),
    (P7, "where: civil", "where: civil\n      ends: true", "    from_item: A46", "registers_are_told_what_they_ask_for", "A46"),
    (P10, "searched_in: {where: civil,", "searched_in: {where: powers,", "    searched_in:", "what_is_searched_can_be", "application"),
    (P10, "noted_in: A29", "noted_in: A05", "    searched_in:", "what_is_searched_can_be", "application"),
    (P10, "    from_item: A49\n", "    from_item: A02\n", "    searched_in:", "what_is_searched_can_be", "application"),
    (P10, "searched: [application]", "searched: [certificate]", "      searched:", "outcomes_want_what_is_searched", "certificate"),
    (P5, "entered: [power]", "entered: [poder]", "    - {outcome: granted", "not_declared", "poder"),
    (P1, "  presides:", "  answers:\n    - {item: A26, field: ruling, choices: [court_order], when: {affects: [minor]}, legal_basis: LEC art. 206}\n  presides:", "    - {item: A26, field: ruling", "admission_asks_what_is_declared", "affects"),
    (P17, "procedural], when: {subject: [support_measures]}", "procedural], when: {subject: [support]}", "    - {item: A26, field: ruling, choices: [court_order, procedural], when: {subject", "admission_names_possible_answers", "support"),
    (P3, "      ruling:\n        decree:", "      rulings:\n        decree:", "    titles_when:", "titles_follow_an_answer", "rulings"),
    (P17, "        procedural: {es", "        sentence: {es", "    titles_when:", "titles_follow_an_answer", "sentence"),
    (P3, "    from_item: A26", "    from_item: A39", "    titles_when:", "titles_follow_an_answer", "ruling"),
    (P3, "  template: conciliation\n", "  template: conciliation\n  titles: {es: Acta, en: Minutes}\n", "  titles: {es: Acta", "minutes_have_one_title", "conciliation"),
    (P3, "commits_to: [agreement]", "commits_to: [agreed]", "    commits_to:", "not_declared", "agreed"),
    (P3, "    hosts: true\n", "", "id: conc", "no_host", None),
    (P3, "identity:\n", "identity:\n  methods: []\n", "  methods: [id", "key_twice", "methods"),
    (P11, "mode: restricted_note", "mode: recording_is_acta", "  mode:", "forbidden_recording_is_not_the_minutes", "recording_is_acta"),
    (P1, "recording: mandatory_by_law", "recording: forbidden", "recording:", "hearings_are_recorded", "forbidden"),
    (P8, "    - {item: A05, role: registrar, optional: true}\n", "", "recording:", "consent_is_asked_for", "with_consent"),
    (P3, "- {item: A40,", "- {item: A05}\n    - {item: A40,", "    - {item: A05", "consent_is_not_asked_in_vain", "A05"),
    (P11, "recording: forbidden", "recording: mandatory_by_law", "recording:", "victims_are_not_recorded_by_order", "mandatory_by_law"),
    (P11, "mail: neutral", "mail: pdf", "  mail:", "victims_get_neutral_mail", "pdf"),
    (P11, "    alias: {es: Persona", "    #", "  - code: victim", "protected_people_have_an_alias", "victim"),
    (P11, "neutral_titles:\n  es: Gestión\n  en: Appointment\n", "", "titles:", "protected_procedures_have_neutral_titles", P11),
    (P11, "publicity: closed", "publicity: public", "publicity:", "protected_procedures_are_closed", "public"),
    (P3, "    - {item: A02, role: clerk, required: true, legal_basis: RDL 6/2023 art. 60}\n", "", "    - {item: A31", "people_are_identified_before_signing", "A31"),
    (P8, "    - {item: A02, role: registrar, required: true, legal_basis: RDL 6/2023 art. 60}\n", "    - {item: A31}\n    - {item: A02}\n", "    - {item: A31", "people_are_identified_before_signing", "A31"),
    (P3, "    - {item: A04, role: clerk, required: true, legal_basis: RDL 6/2023 art. 67}\n", "", "  planned:", "warnings_are_planned", "inform"),
    (P3, "character: digitised_copy", "character: original", "    character: original", "scans_are_copies", "original"),
    (P3, "signers: [clerk], method: own_certificate", "signers: [clerk], method: authenticated_act", "  - {document: decree, signers: [clerk", "authorities_sign_with_their_certificate", "clerk"),
    (P3, "  - {document: minutes, signers: [clerk], method: own_certificate, level: B-LT}\n", "", "  approver:", "minutes_are_signed_by_their_approver", "clerk"),
    (P3, "allowed: [A03,", "allowed: [B03,", "  allowed:", "items_exist", "B03"),
    (P3, "{item: A21,", "{item: A99,", "    - {item: A99", "items_exist", "A99"),
    (P3, "{item: A21,", "{item: A01,", "    - {item: A01, opt", "single_items_stand_once", "A01"),
    (P1, "    - {item: A09, role: witness}\n", "", "    - {item: A10", "requirements_can_be_met", "A10"),
    (P3, "  - code: respondent", "  - code: applicant", "    - {item: A11, role: respondent", "not_declared", "respondent"),
    (P11, "  - code: companion\n", "  - code: victim\n    titles: {es: Otra, en: Other}\n    side: citizen\n    alias: {es: Otra, en: Other}\n  - code: companion\n", "  - code: victim\n    titles: {es: Otra", "codes_differ", "victim"),
    (P3, "    maximum: 2", "    minimum: 4\n    maximum: 2", "    minimum: 4", "minimum_is_within_maximum", "respondent"),
    (P3, "    account_roles: [clerk]\n", "", "  - code: clerk", "accounts_play_the_authority", "clerk"),
    (P3, "approver: clerk", "approver: applicant", "  approver:", "the_authority_hosts_and_approves", "applicant"),
    (P3, "minimum: substantial", "minimum: high", "  minimum:", "assurance_can_be_reached", "high"),
    (P3, "minimum: substantial", "minimum: substantial\n  instead: {clave: [pin_to_mobile]}", "  instead:",
     "instead_of_a_mechanism_that_is_asked_for", "clave"),
    (P8, "methods: [id_document_frame]\n  instead: {id_document_frame: [id_document_read, face_against_document]}",
     "methods: [face_against_document]", "  methods:", "nobody_has_to_consent", "face_against_document"),
    (P3, "  - {roles: [respondent], effect: wait, legal_basis: LJV art. 144}\n", "", "  - code: respondent", "absence_of_everybody_means_something", "respondent"),
    (P3, "  - {roles: [respondent], effect: wait", "  - {roles: [respondent, applicant], effect: wait", "  - {roles: [respondent, applicant]", "absence_is_said_once", "applicant"),
    (P3, "  - {roles: [respondent], effect: wait", "  - {roles: [respondent, clerk], effect: wait", "  - {roles: [respondent, clerk]", "absence_is_of_those_who_are_summoned", "clerk"),
    (P3, "effect: cancel, reason: applicant_absent", "effect: cancel", "  - {roles: [applicant], effect: cancel", "cancellation_has_a_reason", "cancel"),
    (P8, "effect: no_show}", "effect: no_show, reason: not_held}", "  - {roles: [person]", "cancellation_has_a_reason", "no_show"),
    (P8, "on_expiry: no_show", "on_expiry: remind", "absence:", "absence_has_its_term", "no_show"),
    (P3, "{roles: [respondent], effect: wait", "{roles: [defendant], effect: wait", "  - {roles: [defendant]", "not_declared", "defendant"),
    (P4, "confers_with: [applicant, respondent]", "confers_with: [applicant, mediator]", "    confers_with:", "lawyers_confer_with_citizens", "lawyer"),
    (P4, "  - code: respondent\n", "  - code: respondent\n    confers_with: [applicant]\n", "    confers_with:", "lawyers_confer_with_citizens", "respondent"),
    (P4, "confers_with: [applicant, respondent]", "confers_with: [aplicant]", "    confers_with:", "not_declared", "aplicant"),
    (P3, "    from_item: A23\n", "", "  - code: agreement", "generated_documents_have_a_source", "agreement"),
    (P3, "  template: conciliation", "  template: concilliation", "  template:", "templates_exist", "concilliation"),
    (P3, "template: agreement", "template: agrement", "    template:", "templates_exist", "agrement"),
    (P3, "template: agreement", "template: ../agreement", "    template:", "templates_are_plain_names", "../agreement"),
    (P3, "    - {item: A23, optional: true}\n", "", "    from_item:", "documents_come_from_the_agenda", "A23"),
    (P3, "document: agreement,", "document: exhibit,", "  - {document: exhibit", "scans_are_not_stamped", "exhibit"),
    (P3, "document: decree, signers: [clerk], method: own_certificate, level: B-LT}", "document: decree, signers: [clerk], method: own_certificate, level: B-LT, handwriting: true}", "  - {document: decree", "by_hand_sign_those_without_certificate", "own_certificate"),
    (P3, "signers: [body], method: seal", "signers: [body], method: own_certificate", "  - {document: minutes, signers: [body", "the_body_seals", "own_certificate"),
    (P3, "  - {document: minutes, signers: [body], method: seal, level: B-LTA}\n", "", "  - {document: minutes, signers: [clerk", "minutes_are_sealed_last", "minutes"),
    (P3, "    - {item: A31, optional: true}\n", "", "  - {document: agreement", "citizens_sign_in_the_act", "applicant"),
    (P3, "mail: pdf", "mail: none", "  mail:", "mail_has_recipients", "none"),
    (P3, "  no_agreement:", "  No-agreement: {es: A, en: B}\n  no_agreement:", "  No-agreement:", "outcomes_are_codes", "No-agreement"),
    (P3, "items: [A11, A20, A21, A23]", "items: [A11, A99]", "    - {roles: [applicant], items", "validity_names_items_of_the_agenda", "A99"),
    (P3, "outcome: attempted, done", "outcome: atempted, done", "    - {outcome: atempted", "not_declared", "atempted"),
    (P3, "presides: {role: clerk", "presides: {role: clark", "  presides:", "not_declared", "clark"),
    (P3, "signed: [agreement, decree]", "signed: [agrement]", "      signed:", "not_declared", "agrement"),
    (P1, "  presides: {role: judge, legal_basis: LEC art. 137}\n", "", "family:", "hearings_are_presided", "hearing"),
    (P1, "    - {roles: [judge], legal_basis: LEC art. 137}\n", "", "  presides:", "whoever_presides_is_there", "judge"),
    (P1, "presides: {role: judge", "presides: {role: lawyer", "  presides:", "whoever_presides_hosts", "lawyer"),
    (P1, "  - code: judge\n", "  - code: judge\n    minimum: 0\n", "  presides:", "whoever_presides_hosts", "judge"),
    (P1, "account_roles: [official]", "account_roles: [office]", "    account_roles: [office]", "hosts_are_of_the_body", "office"),
    (P1, "account_roles: [official]", "account_roles: [administrator]", "    account_roles: [admin", "hosts_are_of_the_body", "administrator"),
    (P3, "{item: A26, role: clerk", "{item: A26, role: applicant", "    - {item: A26", "rulings_are_of_whoever_presides", "applicant"),
    (P3, "required: true, legal_basis: LJV art. 145}", "required: true}", "    - {item: A01", "required_items_say_why", "A01"),
    (P3, "required: true, legal_basis: LJV art. 145}", "required: true, optional: true, legal_basis: LJV art. 145}", "    - {item: A01", "required_items_say_why", "A01"),
    (P3, "    - {item: A01,", "    - {item: A30}\n    - {item: A01,", "    - {item: A30", "people_are_identified_before_speaking", "A30"),
    (P1, "{first: A09, then: [A10, A13]", "{first: A13, then: [A10]", "    - {first: A13", "order_fits_the_plan", "A13"),
    (P3, "      signed: [agreement, decree]\n", "", "    - {item: A23", "agreements_are_signed", "A23"),
    (P3, "signers: [applicant, respondent]", "signers: [applicant]", "    - outcome: agreement", "those_bound_by_an_outcome_sign", "respondent"),
    (P3, "    written_when: unsigned\n", "    from_item: A39\n", "  - {document: minutes, signers: [applicant", "missing_signatures_are_told", "applicant"),
    (P3, "    written_when: opened\n", "", "    - {item: A39", "minutes_are_read_before_they_are_approved", "A39"),
    (P3, "      without: [A24]", "      without: [A23]", "    - outcome: agreement", "outcomes_do_not_contradict_themselves", "A23"),
    (P3, "waiver_role: clerk", "waiver_role: applicant", "  waiver_role:", "the_authority_waives", "applicant"),
    (P3, "lapse_after: PT30S", "lapse_after: -PT30S", "  lapse_after:", "lengths_of_time_make_sense", None),
    (P3, "lapse_after: PT30S", "lapse_after: P30D", "  lapse_after:", "lengths_of_time_make_sense", None),
    (P3, "length: PT30M", "length: PT0S", "  - {rule: not_appeared", "lengths_of_time_make_sense", None),
    (P3, "length: PT30M", "length: -P5D", "  - {rule: not_appeared", "lengths_of_time_make_sense", None),
    (P1, "length: P20D, days: court,", "length: P20D,", "  - {rule: resume_within", "terms_say_which_days_they_count", "resume_within_twenty_days"),
    (P8, "length: P2D, days: calendar,", "length: P1DT1S,", "  - {rule: resume_soon", "terms_say_which_days_they_count", "resume_soon"),
    (P1, "length: P20D, days: court,", "length: P20D, days: calendar,", "  - {rule: resume_within", "procedural_terms_count_court_days", "resume_within_twenty_days"),
    (P3, "length: P5D, days: court,", "length: P5D, days: office,", "  - {rule: new_date", "procedural_terms_count_court_days", "new_date_within_five_days"),
    (P18, "length: P2D, days: calendar, on_expiry: remind", "length: P2D, days: calendar, on_expiry: remind, legal_basis: Ley 40/2015 art. 17", "  - {rule: resume_soon", "administrative_terms_count_office_days", "resume_soon"),
    (P3, "length: P5D, days: court,", "length: P5DT1H, days: court,", "  - {rule: new_date", "working_days_are_whole", "new_date_within_five_days"),
    (P8, "length: P2D, days: calendar,", "length: PT5H, days: office,", "  - {rule: resume_soon", "working_days_are_whole", "resume_soon"),
    (P3, "start: scheduled, length: PT30M,", "start: scheduled, length: P1D, days: court,", "  - {rule: not_appeared", "working_days_are_of_interrupted_acts", "not_appeared"),
    (P8, "length: P2D, days: calendar,", "length: P2D, days: court,", "  - {rule: resume_soon", "terms_count_the_days_of_the_body", "resume_soon"),
    (P3, "bounds_new_date: true, legal_basis: LJV art. 144.4", "bounds_new_date: true", "  - {rule: new_date", "bounds_of_new_dates_are_of_the_law", "new_date_within_five_days"),
    (P8, "days: calendar, on_expiry: remind", "days: calendar, bounds_new_date: true, on_expiry: remind", "  - {rule: resume_soon", "bounds_of_new_dates_are_of_the_law", "resume_soon"),
    (P3, "length: P5D, days: court,", "length: P5D, days: working,", "  - {rule: new_date", "unknown_word", "working"),
    (P6, "{item: A53, role: spouse, each", "{item: A53, each", "    - {item: A53", "points_of_each_have_a_role", "A53"),
    (P6, "{item: A53, role: spouse", "{item: A39, role: spouse", "    - {item: A39", "points_of_each_repeat", "A39"),
    (P10, "application, signers: [applicant],", "application, signers: [applicant], each_their_own: true,", "  - {document: application", "own_documents_are_of_somebody", "application"),
    (P1, "  allowed: [A03, A06, A08,", "  allowed: [A03, A06,", "    - {roles: [interpreter], items: [A09", "oaths_can_be_taken", "interpreter"),
    (P1, "items: [A09, A10, A13], legal_basis: LEC art. 143.1}", "items: [A09, A14], legal_basis: LEC art. 143.1}", "    - {roles: [interpreter], items: [A09", "oaths_are_wanted_for_items_of_the_agenda", "A14"),
    (P1, "  sworn:\n    # Law: LEC 143.1, whoever interprets swears or promises a faithful translation.\n    - {roles: [interpreter], items: [A09, A10, A13], legal_basis: LEC art. 143.1}\n", "", "  - code: interpreter", "interpreters_swear_before_they_interpret", "interpreter"),
    (P9, "    - {roles: [interpreter], items: [A54], legal_basis: LEC art. 143.1}\n", "    - {roles: [spouse], items: [A54], legal_basis: LEC art. 143.1}\n", "  - code: interpreter", "interpreters_swear_before_they_interpret", "interpreter"),
    (P9, "  - {document: hearing_record, signers: [interpreter], method: authenticated_act, level: B-LT}\n", "", "  - code: interpreter", "interpreters_sign_what_they_interpret", "interpreter"),
    (P2, "{roles: [witness], until: A14,", "{roles: [witness], until: A15,", "    - {roles: [witness], until: A15", "those_apart_meet_after_their_own_points", "A15"),
    (P2, "{roles: [witness], until: A14,", "{roles: [witness], until: A99,", "    - {roles: [witness], until: A99", "those_apart_meet_after_their_own_points", "A99"),
    (P6, "- {roles: [spouse], legal", "- {roles: [spouse, clerk], legal", "    - {roles: [spouse, clerk]", "hosts_are_not_kept_apart", "clerk"),
    (P6, "- {roles: [spouse], legal", "- {roles: [interpreter], legal", "    - {roles: [interpreter]", "somebody_is_apart_from_somebody", "interpreter"),
    (P6, "- {roles: [spouse], legal", "- {roles: [wife, husband], legal", "    - {roles: [wife, husband]", "not_declared", "husband"),
    (P6, "[spouse], items: [A02, A53, A31], legal_basis: LEC art. 777.3}\n  apart:\n    # Law: LEC 777.3, the spouses ratify separately.\n    - {roles: [spouse]",
     "[spouse, interpreter], items: [A53]}\n  apart:\n    - {roles: [spouse, interpreter]", "    - {roles: [spouse, interpreter], items", "missing", "legal_basis"),
    (P6, "[spouse], items: [A02, A53, A31], legal_basis: LEC art. 777.3}\n  apart:\n    # Law: LEC 777.3, the spouses ratify separately.\n    - {roles: [spouse]",
     "[spouse, interpreter], items: [A53], legal_basis: LEC art. 777.3}\n  apart:\n    - {roles: [spouse, interpreter]", "    - {roles: [spouse, interpreter], items", "those_apart_are_not_wanted_together", "interpreter"),
    (P18, "[chair, secretary, member], items", "[chair, secretary], items", "    - {roles: [chair, secretary], items", "a_quorum_is_of_several", "chair"),
    (P18, "half: true, ", "", "    - {item: A25", "votes_have_their_quorum", "A25"),
)  # fmt: skip


def spoilt(tmp_path: Path, type_id: str, good: str, bad: str) -> str:
    text = (procedure_types.SHIPPED / f"{type_id}.v1.yaml").read_text("utf-8")
    assert good in text, good
    text = text.replace(good, bad, 1)
    (tmp_path / "wrong.yaml").write_text(text)
    return text


@pytest.mark.parametrize(
    ("type_id", "good", "bad", "blamed", "code", "word"), WRONG, ids=[f"{w[4]}-{w[5]}" for w in WRONG]
)
def test_a_wrong_procedure_type_is_refused_at_its_line(
    type_id: str, good: str, bad: str, blamed: str, code: str, word: str | None, tmp_path: Path
) -> None:  # fmt: skip
    text = spoilt(tmp_path, type_id, good, bad)
    with pytest.raises(procedure_types.TypeFileError) as refused:
        procedure_types.load(tmp_path, items=ITEMS)
    found = next((problem for problem in refused.value.problems if problem.code == code), None)
    assert found is not None, str(refused.value)
    assert found.file == "wrong.yaml" and found.word == (word or found.word)
    assert found.line == text[: text.index(f"\n{blamed}") + 1].count("\n") + 1, str(found)
    es, en = (found.texts.in_language(language) for language in BASE_LANGUAGES)
    assert es and en and es != en


def test_there_are_many_wrong_definitions() -> None:
    assert (
        len(WRONG) + len(WRONG_ITEMS) >= 130 and len({wrong[4] for wrong in WRONG} | {w[2] for w in WRONG_ITEMS}) >= 75
    )


def test_every_rule_is_seen_to_refuse() -> None:
    assert {rule.id for book in RULE_BOOKS for rule in book.rules} <= {wrong[4] for wrong in WRONG}


def test_a_rule_of_law_tells_the_article_and_what_to_do(tmp_path: Path) -> None:
    spoilt(tmp_path, P11, "mail: neutral", "mail: pdf")
    with pytest.raises(procedure_types.TypeFileError) as refused:
        procedure_types.load(tmp_path)
    (only,) = refused.value.problems
    assert only.path == "minutes.mail" and only.legal_basis == "RD 1109/2015 art. 8.1"
    assert "use `neutral` or `none`" in only.message
    assert "el correo a una víctima llevaría contenido (`pdf`)" in only.texts.in_language("es")


def test_one_version_is_not_defined_twice(tmp_path: Path) -> None:
    text = (procedure_types.SHIPPED / "conciliation.v1.yaml").read_text("utf-8")
    (tmp_path / "a.yaml").write_text(text)
    (tmp_path / "b.yaml").write_text(text)
    with pytest.raises(
        procedure_types.TypeFileError, match=r"b.yaml:2: `conciliation v1` is already defined in a.yaml"
    ):
        procedure_types.load(tmp_path)

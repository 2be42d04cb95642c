"""Wrong item types, one defect each: refused with the file, the line, the word, and what was meant."""
# ruff: noqa: E501  (a table: one defect a line)

from pathlib import Path

import pytest

import agenda_types
from agenda_types.source import LARGEST

GOOD = """\
code: Z01
id: viewing
verb: exhibit
titles: {es: Visionado, en: Viewing}
requires: [identity_valid]
fields:
  - name: recording
    kind: document
    titles: {es: Grabación, en: Recording}
  - name: mood
    kind: choice
    titles: {es: Tono, en: Tone}
    options:
      calm: {es: Tranquilo, en: Calm}
minutes:
  es: Se muestra {{ values.recording | document }}.
  en: "{{ values.recording | document }} is shown."
"""

TALLY = """\
tallies:
  - field: mood
    choice: calm
    more: recording
    than: recording
    legal_basis: Ley 40/2015 art. 17.5
"""

DECIDED = """\
decided:
  - field: mood
    rows:
      - {at_least: {amount: 3}, choice: calm}
    legal_basis: LRC art. 47.1
"""

# (what is replaced in GOOD, by what, code of the problem, line, offending word)
WRONG = {
    "misspelt key": ("verb: exhibit", "verv: exhibit", "unknown_key", 3, "verv"),
    "misspelt key in a field": ("    kind: document", "    knd: document", "unknown_key", 8, "knd"),
    "unknown verb": ("verb: exhibit", "verb: exibit", "unknown_word", 3, "exibit"),
    "unknown kind of field": ("kind: document", "kind: file", "unknown_word", 8, "file"),
    "unknown requirement": ("[identity_valid]", "[identity]", "unknown_word", 5, "identity"),
    "missing verb": ("verb: exhibit\n", "", "missing", 1, "verb"),
    "missing title": ("    titles: {es: Tono, en: Tone}\n", "", "missing", 10, "titles"),
    "no English": ("{es: Visionado, en: Viewing}", "{es: Visionado}", "text_lacks", 4, "en"),
    "misspelt language": ("{es: Visionado,", "{ess: Visionado, es: V,", "unknown_language", 4, "ess"),
    "a title that is a number": ("es: Visionado", "es: 2026", "not_text", 4, "2026"),
    "a title that is a list": ("{es: Visionado, en: Viewing}", "[Visionado]", "not_a_group", 4, "titles"),
    "fields that are no list": ("requires: [identity_valid]", "requires: {a: b}", "not_a_list", 5, "requires"),
    "bad form of the code": ("code: Z01", "code: z-1", "badly_formed", 1, "z-1"),
    "a key twice": ("requires:", "code: Z02\nrequires:", "key_twice", 5, "code"),
    "a key that is a number": ("requires:", "7: x\nrequires:", "key_not_text", 5, "7"),
    "not yes or no": ("requires:", "repeatable: si\nrequires:", "not_yes_or_no", 5, "si"),
    "not a number": ("    kind: document", "    kind: document\n    max_length: x", "not_a_number", 9, "x"),
    "too long": ("    kind: document", "    kind: document\n    max_length: 99999", "out_of_bounds", 9, "99999"),
    "options without choice": ("kind: choice", "kind: line", "options_and_choice", 10, None),
    "a document that is not past": ("kind: document", "kind: document\n    not_past: true", "not_past_and_date", 7, None),
    "a document with a minimum": ("kind: document", "kind: document\n    minimum: 1", "bounds_and_integer", 7, None),
    "a number that cannot be": ("    kind: document", "    kind: integer\n    minimum: 3\n    maximum: 2", "a_number_fits", 9, "recording"),
    "further people of nobody": ("requires:", "also_about: [recording]\nrequires:", "further_people_are_others", 5, "recording"),
    "a document that is to come": ("kind: document", "kind: document\n    not_future: true", "day_bounds_and_date", 7, None),
    "a document of five years": ("kind: document", "kind: document\n    years_at_most: 5", "day_bounds_and_date", 7, None),
    "a document that is a phone": ("kind: document", "kind: document\n    form: phone", "form_and_line", 7, None),
    "a form that there is not": ("kind: document", "kind: line\n    form: postcode", "unknown_word", 9, "postcode"),
    "a day that is past and to come": ("    kind: document", "    kind: date\n    not_future: true\n    not_past: true", "a_day_fits", 9, "recording"),
    "years of no law": ("    kind: document", "    kind: date\n    years_at_most: 5", "years_have_their_law", 9, "recording"),
    "a tally of no choice": ("requires:", TALLY.replace("calm", "wild") + "requires:", "tallies_compare_numbers", 7, "wild"),
    "a tally of what is no number": ("requires:", TALLY + "requires:", "tallies_compare_numbers", 8, "recording"),
    "a tie that a choice settles": ("requires: [identity_valid]\nfields:\n  - name: recording\n    kind: document",
                                TALLY + "    tie: mood\nfields:\n  - name: recording\n    kind: integer", "tallies_compare_numbers", 11, "mood"),
    "rows without columns": ("kind: document", "kind: rows", "columns_and_rows", 7, None),
    "a tag": ("code: Z01", "code: !!python/name:os.system Z01", "tag_refused", 1, "tag:yaml.org,2002:python/name:os.system"),
    "lists without end": ("[identity_valid]", "[" * 100_000, "not_yaml", 1, "RecursionError"),
    "an anchor": ("code: Z01", "code: &here Z01", "alias_refused", 1, "here"),
    "bad YAML": ("titles: {es: Visionado", "titles: {es: {Visionado", "not_yaml", 5, None),
    "not a mapping": (GOOD, "- Z01\n", "not_a_mapping", 1, None),
    "two fields of a name": ("name: mood", "name: recording", "field_names_differ", 10, "recording"),
    "an undeclared field in the minutes": ("values.recording |", "values.recoding |", "minutes_use_declared_fields", 16, "recoding"),
    "an unknown filter": ("| document }}.", "| upper }}.", "minutes_use_known_filters", 16, "upper"),
    "an open brace": ("document }}.", "document }.", "minutes_close_their_braces", 16, "{{"),
    "a sum in the minutes": ("| document }}.", "* 9 }}.", "minutes_only_say_what_was_filled_in", 16, "{{ values.recording * 9 }}"),
    "a call in the minutes": ("values.recording | document }}.", "range(9) }}.", "minutes_only_say_what_was_filled_in", 16,
                              "{{ range(9) }}"),
    "a macro in the minutes": ("{{ values.recording | document }}.", "{% set a = 1 %}.", "minutes_only_say_what_was_filled_in",
                               16, "{% set a = 1 %}"),
    "a loop in a loop": ("{{ values.recording | document }}.", "{% for a in values.mood %}{% for b in values.mood %}{% endfor %}{% endfor %}.",
                         "minutes_only_say_what_was_filled_in", 16, "{% for b in values.mood %}"),
    "signing without identity": ("exhibit\ntitles: {es: Visionado, en: Viewing}\nrequires: [identity_valid]",
                                 "sign\ntitles: {es: Visionado, en: Viewing}", "signing_needs_a_valid_identity", 3, "sign"),
    "signing with another requirement": ("exhibit\ntitles: {es: Visionado, en: Viewing}\nrequires: [identity_valid]",
                                         "sign\ntitles: {es: Visionado, en: Viewing}\nrequires: [oath_taken]",
                                         "signing_needs_a_valid_identity", 5, "sign"),
    "about no person": ("requires:", "about: recording\nrequires:", "items_are_about_a_person", 5, "recording"),
    "void with a choice that is not there": ("requires:", "void_when: {mood: [wild]}\nrequires:", "void_choices_exist", 5, "wild"),
    "a condition on no field": ("  - name: mood", "    required_when: {mod: [calm]}\n  - name: mood", "conditions_can_be_met", 10, "calm"),
    "a condition on no answer": ("  - name: mood", "    required_when: {mood: [wild]}\n  - name: mood", "conditions_can_be_met", 10, "wild"),
    "a pattern of a document": ("kind: document", "kind: document\n    pattern: {matches: a, says: {es: a, en: a}, example: a}", "pattern_and_line", 7, None),
    "a pattern and a form": ("kind: document", "kind: line\n    form: phone\n    pattern: {matches: a, says: {es: a, en: a}, example: a}", "pattern_or_form", 7, None),
    "a pattern that nobody can read": ("kind: document", "kind: line\n    max_length: 9\n    pattern: {matches: '[0-9', says: {es: a, en: a}, example: a}", "patterns_can_be_read", 10, "[0-9"),
    "a pattern that refers back": ("kind: document", "kind: line\n    max_length: 9\n    pattern: {matches: '(a)\\1', says: {es: a, en: a}, example: aa}", "patterns_can_be_read", 10, "(a)\\1"),
    "a pattern that looks ahead": ("kind: document", "kind: line\n    max_length: 9\n    pattern: {matches: '(?=a)a', says: {es: a, en: a}, example: a}", "patterns_can_be_read", 10, "(?=a)a"),
    "a pattern that leaves its bounds": ("kind: document", "kind: line\n    max_length: 9\n    pattern: {matches: 'a)|(?:b', says: {es: a, en: a}, example: a}", "patterns_can_be_read", 10, "a)|(?:b"),
    "a pattern of a million states": ("kind: document", "kind: line\n    max_length: 9\n    pattern: {matches: '((a{999}){999}){999}', says: {es: a, en: a}, example: a}", "patterns_can_be_read", 10, "((a{999}){999}){999}"),
    "an example that does not fit": ("kind: document", "kind: line\n    max_length: 9\n    pattern: {matches: '[0-9]{4}', says: {es: a, en: a}, example: 12x4}", "examples_fit_their_pattern", 10, "12x4"),
    "an example of a part alone": ("kind: document", "kind: line\n    max_length: 9\n    pattern: {matches: '[0-9]{4}', says: {es: a, en: a}, example: '12345'}", "examples_fit_their_pattern", 10, "12345"),
    "a pattern of a long line": ("kind: document", "kind: line\n    pattern: {matches: a, says: {es: a, en: a}, example: a}", "lines_with_a_pattern_are_short", 9, "4000"),
    "a pattern without words": ("kind: document", "kind: line\n    pattern: {matches: a, example: a}", "missing", 9, "says"),
    "unlike rows that are not there": ("kind: document", "kind: line\n    unlike: {rows: siblings, column: name, legal_basis: LRC art. 51}", "what_is_not_repeated_is_there", 9, "siblings"),
    "a decision of no choice": ("minutes:", DECIDED.replace("field: mood", "field: recording") + "minutes:", "decisions_follow_from_the_item", 16, "recording"),
    "a decision that cannot be": ("minutes:", DECIDED.replace("choice: calm", "choice: wild") + "minutes:", "decisions_follow_from_the_item", 18, "wild"),
    "a decision by itself": ("minutes:", DECIDED.replace("at_least: {amount: 3}", "when: {mood: [calm]}") + "minutes:", "decisions_follow_from_the_item", 18, "mood"),
    "a decision by no amount": ("minutes:", DECIDED.replace("amount", "recording") + "minutes:", "decisions_follow_from_the_item", 18, "recording"),
    "a decision at all times": ("minutes:", DECIDED.replace("at_least: {amount: 3}, ", "") + "minutes:", "decisions_say_when", 18, "1"),
    "a default that does not fit": ('    kind: choice\n    titles: {es: Tono, en: Tone}\n', '    kind: choice\n    titles: {es: Tono, en: Tone}\n    default: wild\n', "defaults_fit", 13, 'wild'),
    "a paper that is there beforehand": ('kind: document', 'kind: document\n    default: d1', "defaults_fit", 9, 'd1'),
    "a number that is none": ('kind: document', 'kind: integer\n    default: many', "defaults_fit", 9, 'many'),
    "an answer before anybody answers": ('verb: exhibit\ntitles: {es: Visionado, en: Viewing}\nrequires: [identity_valid]\nfields:\n', 'verb: consent\ntitles: {es: Visionado, en: Viewing}\nrequires: [identity_valid]\nfields:\n  - {name: agrees, kind: boolean, titles: {es: Consiente, en: Consents}, default: true}\n', "nobody_is_answered_for", 7, 'agrees'),
    "a sum of what is no number": ('kind: document', 'kind: money\n    computed: {sum: [mood]}', "figures_are_computed_from_what_is_there", 9, 'mood'),
    "a count of no rows": ('kind: document', 'kind: integer\n    computed: {count: mood}', "figures_are_computed_from_what_is_there", 9, 'mood'),
    "days between what is no day": ('kind: document', 'kind: integer\n    computed: {days: [mood, mood]}', "figures_are_computed_from_what_is_there", 9, 'mood'),
    "a column that is not there": ('kind: document', 'kind: money\n    computed: {sum_of: {rows: things, column: price}}', "figures_are_computed_from_what_is_there", 9, 'things.price'),
    "computed in two ways": ('kind: document', 'kind: money\n    computed: {sum: [mood], count: mood}', "computed_one_way", 9, None),
    "a computed paper": ('kind: document', 'kind: document\n    computed: {count: mood}', "computed_and_number", 7, None),
    "computed and required": ('kind: document', 'kind: integer\n    required: true\n    computed: {count: mood}', "computed_alone", 7, None),
    "a country of the filter's own": ('| document }}.', '| land }}.', "minutes_use_known_filters", 16, 'land'),
    "an oath of nobody": ("exhibit\ntitles", "swear\ntitles", "an_oath_is_of_somebody", 3, "swear"),
    "silent with a sentence": ("requires:", "in_minutes: none\nrequires:", "silent_items_have_no_sentence", 16, "minutes"),
}  # fmt: skip


def test_the_item_type_that_is_spoilt_below_is_good(tmp_path: Path) -> None:
    (tmp_path / "viewing.yaml").write_text(GOOD)
    assert list(agenda_types.load(tmp_path)) == ["Z01"]


@pytest.mark.parametrize("defect", WRONG)
def test_a_wrong_item_type_is_refused_at_its_line(defect: str, tmp_path: Path) -> None:
    good, bad, code, line, word = WRONG[defect]
    assert good in GOOD
    (tmp_path / "viewing.yaml").write_text(GOOD.replace(good, bad, 1))
    with pytest.raises(agenda_types.TypeFileError) as refused:
        agenda_types.load(tmp_path)
    found = next((problem for problem in refused.value.problems if problem.code == code), None)
    assert found is not None, str(refused.value)
    assert (found.file, found.line) == ("viewing.yaml", line), str(refused.value)
    assert str(found) == f"viewing.yaml:{line}: {found.message}"
    if word is not None:
        assert found.word == word
        assert all(word in found.texts.in_language(language) for language in ("es", "en"))


def test_an_unknown_key_is_answered_with_the_closest_and_all_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "viewing.yaml").write_text(GOOD.replace("verb:", "verv:"))
    with pytest.raises(agenda_types.TypeFileError) as refused:
        agenda_types.load(tmp_path)
    assert "unknown key `verv`; did you mean `verb`?; known: code, id, verb" in str(refused.value)
    spanish = {problem.code: problem.texts.in_language("es") for problem in refused.value.problems}
    assert spanish["missing"] == "falta `verb`"
    assert spanish["unknown_key"].startswith("clave desconocida `verv`; ¿quiso decir `verb`?; se admiten: code, id")


def test_an_unknown_word_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "viewing.yaml").write_text(GOOD.replace("exhibit", "exibit"))
    with pytest.raises(agenda_types.TypeFileError) as refused:
        agenda_types.load(tmp_path)
    (only,) = refused.value.problems
    assert "did you mean `exhibit`?" in only.message and "open" in only.known


def test_all_the_problems_of_a_folder_come_together(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(GOOD.replace("exhibit", "exibit").replace("[identity_valid]", "[nothing]"))
    (tmp_path / "two.yaml").write_text(GOOD.replace("code: Z01", "code: Z02\ncolour: red"))
    (tmp_path / "three.yml").write_text(GOOD)
    with pytest.raises(agenda_types.TypeFileError) as refused:
        agenda_types.load(tmp_path)
    places = [(problem.file, problem.line, problem.word) for problem in refused.value.problems]
    assert places == [("one.yaml", 3, "exibit"), ("one.yaml", 5, "nothing"), ("three.yml", 1, "three.yml"), ("two.yaml", 2, "colour")]  # fmt: skip


def test_one_code_is_not_defined_in_two_files(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(GOOD)
    (tmp_path / "two.yaml").write_text(GOOD.replace("id: viewing", "id: other"))
    with pytest.raises(agenda_types.TypeFileError, match=r"two.yaml:1: `Z01` is already defined in one.yaml"):
        agenda_types.load(tmp_path)


def test_a_shipped_code_is_not_redefined_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD.replace("Z01", "A01"))
    with pytest.raises(agenda_types.TypeFileError, match=r"mine.yaml:1: `A01` is already defined in a01_opening"):
        agenda_types.load(None, tmp_path)


def test_a_file_that_no_hand_wrote_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "huge.yaml").write_text(GOOD + "#" * LARGEST)
    with pytest.raises(agenda_types.TypeFileError, match=r"huge.yaml:1: the file is larger than 262144 bytes"):
        agenda_types.load(tmp_path)


@pytest.mark.parametrize("raw", [b"code: \xff\xfe", b"code: " + b"[" * 5000], ids=["not UTF-8", "bottomless"])
def test_bytes_that_are_no_text_of_ours_are_refused_and_not_choked_on(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_bytes(raw)
    with pytest.raises(agenda_types.TypeFileError, match=r"odd\.yaml:1: this is not valid YAML"):
        agenda_types.load(tmp_path)


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(agenda_types.TypeFileError, match="there is no folder `nowhere`"):
        agenda_types.load(tmp_path / "nowhere")


def test_words_that_yaml_would_change_stay_as_they_were_written(tmp_path: Path) -> None:
    """YAML 1.1 would read these as false, 630 and a date."""
    spoken = GOOD.replace("es: Visionado, en: Viewing", "es: no, en: 10:30").replace("es: Tono", "es: 2026-01-15")
    (tmp_path / "viewing.yaml").write_text(spoken)
    item = agenda_types.load(tmp_path)["Z01"]
    assert item.titles.root == {"es": "no", "en": "10:30"}
    assert item.fields[1].titles.root["es"] == "2026-01-15"

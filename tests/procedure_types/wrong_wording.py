"""Table: wrong paragraphs of a type's own minutes; columns as in `test_wrong_procedure_types`."""
# ruff: noqa: E501  (a table: one defect a line)

P6, P9 = "ratification", "marriage_file_hearing"
KEPT = "  titles: {es: Acta de la audiencia reservada, en: Record of the separate hearing}\n"
BEFORE = "  titles: {es: Acta de ratificación, en: Record of the ratification}\n"
Row = tuple[str, str, str, str, str, str | None]


def saying(es: str, en: str | None = None, *, code: str, word: str | None, more: str = "") -> Row:
    """A ratification with one more paragraph."""
    said = f"  wording:\n    - place: closing\n{more}      says:\n        es: {es!r}\n        en: {en or es!r}\n"
    blamed = more.rstrip("\n") or f"        {'en' if en else 'es'}: {en or es!r}"
    spoilt = BEFORE + said + "    - place: outcome\n"
    return P6, BEFORE + "  wording:\n    - place: outcome\n", spoilt, blamed, code, word


WRONG_WORDING: tuple[Row, ...] = (
    saying("Consta {{ A53.outcome }}.", code="paragraphs_use_what_is_there", word="A53.outcome"),
    saying("Consta {{ A23.terms }}.", code="paragraphs_use_what_is_there", word="A23"),
    saying("Consta {{ values.result }}.", code="paragraphs_use_what_is_there", word="values"),
    saying("Preside {{ people.judge }}.", code="paragraphs_use_what_is_there", word="people.judge"),
    saying("Dura {{ act.duration }}.", code="paragraphs_use_what_is_there", word="act.duration"),
    saying("Consta {{ A53.result | upper }}.", code="paragraphs_use_what_is_there", word="upper"),
    saying("Consta {{ A53.result.real }}.", code="paragraphs_use_what_is_there", word="real"),
    saying("{% for row in A53.result %}{{ row }}{% endfor %}", code="paragraphs_use_what_is_there", word="row"),
    saying("Constan {{ A53.result.upper() }}.", code="paragraphs_only_tell", word="call"),
    saying("Son {{ 9 ** 9 ** 9 }}.", code="paragraphs_only_tell", word="pow"),
    saying("Son {{ range(9) }}.", code="paragraphs_only_tell", word="call"),
    saying("{% set x = 1 %}", code="paragraphs_only_tell", word="assign"),
    saying("{% include \"minutes/sentences.jinja\" %}", code="paragraphs_only_tell", word="include"),
    saying("{{ A53[\"__class__\"] }}", code="paragraphs_only_tell", word="getitem"),
    saying("Sin cerrar {{ A53.result.", code="paragraphs_only_tell", word=None),
    saying("{% for a in A53.what %}{% for b in A53.what %}{% endfor %}{% endfor %}", code="paragraphs_only_tell", word="for"),
    saying("{{ A53.what" + " | day" * 400 + " }}", code="paragraphs_only_tell", word=None),
    saying("Necesidades: {{ A32.note }}.", code="paragraphs_use_what_is_there", word="A32.note"),
    (P9, KEPT, KEPT + "  wording:\n    - place: closing\n      says: {es: '{{ A54.person }}.', en: '{{ A54.person }}.'}\n", "      says: {es: '{{ A54", "paragraphs_tell_what_the_minutes_may", "A54.person"),
    saying("Ratifica {{ A53.what }}.", "It is ratified.", code="paragraphs_say_the_same_in_each_language", word="A53.what"),
    saying("Vale.", code="not_declared", word="ended", more="      outcomes: [ended]\n"),
    saying("Vale.", code="unknown_key", word="when", more="      when: [ratified]\n"),
)  # fmt: skip

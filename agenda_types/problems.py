"""What is wrong in a type file, said so that its author can fix it: file, line, word, what was meant.

Used by every loader of declared types. It judges nothing itself.
"""

import difflib
from collections.abc import Iterable

from domain.base import Texts, Value
from domain.errors import PersonMustAct

_WORDS: dict[str, tuple[str, str]] = {
    "folder_missing": ("no existe la carpeta `{word}`", "there is no folder `{word}`"),
    "folder_empty": (
        "en la carpeta `{word}` no hay nada que leer: póngalo en {known}",
        "there is nothing to read in folder `{word}`: put it into {known}",
    ),
    "wrong_ending": (
        "`{word}` no se lee: póngale la terminación .yaml",
        "`{word}` is not read: end its name in .yaml",
    ),
    "too_large": ("el archivo pasa de {word} bytes", "the file is larger than {word} bytes"),
    "not_yaml": ("no es YAML válido: {word}", "this is not valid YAML: {word}"),
    "not_a_mapping": (
        "el archivo debe contener pares `clave: valor`",
        "the file must hold `key: value` pairs",
    ),
    "key_twice": ("la clave `{word}` está repetida", "key `{word}` is there twice"),
    "key_not_text": ("la clave `{word}` debe ser una palabra", "key `{word}` must be a word"),
    "tag_refused": ("no se admiten etiquetas: `{word}`", "tags are not accepted: `{word}`"),
    "alias_refused": (
        "no se admiten alias ni anclas (`{word}`): escríbalo entero",
        "aliases and anchors (`{word}`) are not accepted: write it out",
    ),
    "unknown_key": ("clave desconocida `{word}`", "unknown key `{word}`"),
    "unknown_word": ("palabra desconocida `{word}`", "unknown word `{word}`"),
    "unknown_language": ("código de idioma desconocido `{word}`", "unknown language code `{word}`"),
    "missing": ("falta `{word}`", "`{word}` is missing"),
    "text_lacks": ("al texto le falta el idioma {word}", "the text lacks language {word}"),
    "not_text": (
        "`{word}` debe ser un texto; póngalo entre comillas",
        "`{word}` must be a text; put it in quotes",
    ),
    "not_a_number": ("`{word}` debe ser un número entero", "`{word}` must be a whole number"),
    "not_yes_or_no": ("`{word}` debe ser true o false", "`{word}` must be true or false"),
    "not_a_list": (
        "`{word}` debe ser una lista (líneas con `-`)",
        "`{word}` must be a list (lines with `-`)",
    ),
    "not_a_group": ("`{word}` debe contener pares `clave: valor`", "`{word}` must hold `key: value` pairs"),
    "not_a_duration": (
        "`{word}` no es una duración; escríbala como PT30M o P5D",
        "`{word}` is not a length of time; write it as PT30M or P5D",
    ),
    "badly_formed": ("`{word}` no tiene la forma {known}", "`{word}` does not have the form {known}"),
    "out_of_bounds": ("`{word}` está fuera de los límites: {known}", "`{word}` is out of bounds: {known}"),
    "empty": ("`{word}` no puede estar vacío", "`{word}` must not be empty"),
    "not_declared": ("`{word}` no está declarado en este archivo", "`{word}` is not declared in this file"),
    "code_is_folder": (
        "el código `{word}` debe ser el nombre de su carpeta, `{known}`",
        "the code `{word}` must be the name of its folder, `{known}`",
    ),
    "no_host": ("ningún papel dirige la sesión (`hosts: true`)", "no role hosts the session (`hosts: true`)"),
    "options_and_choice": (
        "`options` va con `kind: choice`, y solo con él",
        "`options` goes with `kind: choice`, and only with it",
    ),
    "columns_and_rows": (
        "`columns` va con `kind: rows`, y solo con él",
        "`columns` goes with `kind: rows`, and only with it",
    ),
    "not_past_and_date": (
        "`not_past` va con `kind: date`, y solo con él",
        "`not_past` goes with `kind: date`, and only with it",
    ),
    "day_bounds_and_date": (
        "`not_future` y `years_at_most` van con `kind: date`, y solo con él",
        "`not_future` and `years_at_most` go with `kind: date`, and only with it",
    ),
    "form_and_line": (
        "`form` va con `kind: line`, y solo con él",
        "`form` goes with `kind: line`, and only with it",
    ),
    "pattern_and_line": (
        "`pattern` y `unlike` van con `kind: line`, y solo con él",
        "`pattern` and `unlike` go with `kind: line`, and only with it",
    ),
    "pattern_or_form": (
        "`pattern` y `form` dicen dos veces qué es la línea: quite uno",
        "`pattern` and `form` say twice what the line is: remove one",
    ),
    "bounds_and_integer": (
        "`minimum` y `maximum` van con `kind: integer`, y solo con él",
        "`minimum` and `maximum` go with `kind: integer`, and only with it",
    ),
    "computed_one_way": (
        "`computed` dice una sola cosa: `sum`, `sum_of`, `count` o `days` (dos fechas)",
        "`computed` says one thing: `sum`, `sum_of`, `count` or `days` (two dates)",
    ),
    "computed_and_number": (
        "`computed` va con `kind: money` o `kind: integer`",
        "`computed` goes with `kind: money` or `kind: integer`",
    ),
    "computed_alone": (
        "lo que se calcula no lo rellena nadie: quite `required`, `default`, `minimum` y `maximum`",
        "nobody fills in what is computed: remove `required`, `default`, `minimum` and `maximum`",
    ),
    "rows_in_rows": ("una tabla no puede tener dentro otra tabla", "a table cannot hold another table"),
    "nothing_uploaded": (
        "no hay nada que revisar: pegue una definición o elija un archivo",
        "there is nothing to look at: paste a definition or choose a file",
    ),
    "too_many_texts": (
        "{word} definiciones a la vez; el máximo es {known}",
        "{word} definitions at once; the most is {known}",
    ),
    "name_taken": (
        "`{word}` ya existe ({known}), y lo publicado no cambia: dé a lo suyo otro nombre",
        "`{word}` exists already ({known}), and what is published does not change: give yours another name",
    ),
    "version_not_next": (
        "la versión {word} no es la siguiente: ponga `version: {known}`",
        "version {word} is not the next one: write `version: {known}`",
    ),
    "item_unused": (
        "ningún tipo de procedimiento de los que vienen con él usa el punto `{word}`: súbalo con el que lo use",
        "no procedure type that comes with it uses item `{word}`: upload it with the one that does",
    ),
    "defined_twice": ("`{word}` ya está definido en {known}", "`{word}` is already defined in {known}"),
    "invalid": ("no es válido: {word}", "not valid: {word}"),
}
MESSAGES = {code: Texts({"es": es, "en": en}) for code, (es, en) in _WORDS.items()}
"""What a problem says, by its code. `{word}` is the offending word, `{known}` what was expected."""

_SHOWS_KNOWN = {"unknown_key", "unknown_word", "unknown_language", "not_declared"}


class Problem(Value):
    """One thing that a person must change in one line of one file."""

    file: str
    line: int
    """Counted from 1."""
    path: str
    """Where in the definition, as `roles[1].code`; empty for the file as a whole."""
    code: str
    word: str
    known: tuple[str, ...] = ()
    texts: Texts
    legal_basis: str | None = None

    @property
    def message(self) -> str:
        return self.texts.in_language("en")

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class TypeFileError(PersonMustAct):
    """Every problem of a folder at once: mending one line at a time is a day lost."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line, problem.code)))
        super().__init__("type_file_wrong", problems=[str(problem) for problem in self.problems])

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def problem(file: str, line: int, path: str, code: str, word: object = "", known: Iterable[str] = ()) -> Problem:
    """A problem in the words of `MESSAGES`, with the known words and the closest of them, if any."""
    words = tuple(known)
    texts = {
        language: text.format(word=word, known=", ".join(words)) + _known(code, str(word), words, language)
        for language, text in MESSAGES[code].root.items()
    }
    return Problem(file=file, line=line, path=path, code=code, word=str(word), known=words, texts=Texts(texts))


def _known(code: str, word: str, known: tuple[str, ...], language: str) -> str:
    if code not in _SHOWS_KNOWN or not known:
        return ""
    meant, listed = ("¿quiso decir `{}`?", "se admiten: {}")
    if language != "es":
        meant, listed = ("did you mean `{}`?", "known: {}")
    close = difflib.get_close_matches(word, known, n=1)
    said = [meant.format(*close)] if close else []
    return "; ".join(("", *said, listed.format(", ".join(known))))

"""The words that pages ask for, found in their templates and views, and the PO files brought up to date with them.

Babel keeps the files; what a page asks for is found here and not by Babel's own extractors, because many a key is made
of a code (`t("citizen.task_" ~ n)`): such a call stands for every message that it could mean.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po
from jinja2 import Environment, nodes

from domain.languages import DEFAULT_LANGUAGE, language
from templates.catalogues import FOLDER, forms_of, placeholders, read_catalogue

PROJECT = Path(__file__).parents[1]
PAGES, VIEWS = "templates/pages", "api"
NAME = "pages"
_ANYTHING = ".+"
_OF_PAGES = re.escape(f"{NAME}.")


class UsedMessages(NamedTuple):
    """What the pages ask for: keys, and patterns of keys, each with the files that do."""

    keys: Mapping[str, set[str]]
    patterns: Mapping[re.Pattern[str], set[str]]

    def files(self, key: str) -> list[str]:
        """Who asks for `key`; nobody, when it can be taken out."""
        by_pattern = (files for pattern, files in self.patterns.items() if pattern.fullmatch(key))
        return sorted(self.keys.get(key, set()).union(*by_pattern))


def used_messages(project: Path = PROJECT) -> UsedMessages:
    """Everything that page templates ask `t` for, and every key of a page that a view names."""
    keys, patterns = defaultdict[str, set[str]](set), defaultdict[re.Pattern[str], set[str]](set)
    for path, pattern in (*_of_templates(project), *_of_views(project)):
        file = path.relative_to(project).as_posix()
        if _ANYTHING in pattern:
            patterns[re.compile(pattern)].add(file)
        else:
            keys[re.sub(r"\\(.)", r"\1", pattern)].add(file)
    return UsedMessages(keys, patterns)


def updated(code: str, used: UsedMessages, folder: Path = FOLDER) -> bytes:
    """The PO file of a language with the messages that are asked for now: new ones empty, fuzzy where the Spanish words
    have changed since, and what nobody asks for any more set aside at its end."""
    spanish = read_catalogue(folder / DEFAULT_LANGUAGE / f"{NAME}.po", DEFAULT_LANGUAGE)
    file = folder / code / f"{NAME}.po"
    translated = read_catalogue(file, code) if file.is_file() else _begun(code)
    before = {message.id: _note(message) for message in translated}
    translated.update(_wanted(spanish, used, code), no_fuzzy_matching=True, update_creation_date=False)
    for message in translated:
        if message.id:
            _mark(message, spanish.get(_key(message)), before.get(message.id))
    content = BytesIO()
    write_po(content, translated, width=0, include_lineno=False, sort_output=True)
    return content.getvalue()


def _begun(code: str) -> Catalog:
    """The heading of a PO file, for a language that has none yet. Its dates are for whoever translates to set."""
    since = datetime(2026, 1, 1, tzinfo=UTC)
    return Catalog(
        language(code).locale, project="estrado", version="1", header_comment=f"# {language(code).endonym}",
        creation_date=since, revision_date=since, last_translator="", language_team="", fuzzy=False,
    )  # fmt: skip


def _wanted(spanish: Catalog, used: UsedMessages, code: str) -> Catalog:
    """What is asked for, with the Spanish words as the note that a translator reads."""
    wanted = Catalog()
    known = {_key(message): message for message in spanish if message.id}
    for key in sorted({*known, *used.keys}):
        if files := used.files(key):
            message = known.get(key)
            note = forms_of(message) if message and code != DEFAULT_LANGUAGE else ()
            wanted.add(message.id if message else key, locations=[(file, 1) for file in files], auto_comments=note)
    return wanted


def _mark(message: Message, spanish: Message | None, note_before: str | None) -> None:
    if note_before and note_before != _note(message) and any(forms_of(message)):
        message.flags.add("fuzzy")
    if spanish and any(placeholders(form) for form in forms_of(spanish)):
        message.flags.add("python-brace-format")


def _note(message: Message) -> str:
    """The Spanish words beside a message; a PO file breaks its comments into lines."""
    return " ".join(message.auto_comments)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _of_templates(project: Path) -> Iterator[tuple[Path, str]]:
    parser = Environment(autoescape=True)
    for path in sorted((project / PAGES).rglob("*.html")):
        for call in parser.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t":
                for pattern in _meant(call.args[0]):
                    yield path, pattern


def _meant(expression: nodes.Expr) -> list[str]:
    """The patterns of the strings that an expression of a template can be."""
    if isinstance(expression, nodes.Const):
        return [re.escape(str(expression.value))]
    if isinstance(expression, nodes.CondExpr):
        chosen = (expression.expr1, expression.expr2)
        return [pattern for one in chosen if one is not None for pattern in _meant(one)]
    if isinstance(expression, nodes.Concat):
        meant = [""]
        for node in expression.nodes:
            meant = [start + end for start in meant for end in _meant(node)]
        return meant
    return [_ANYTHING]


def _of_views(project: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted((project / VIEWS).rglob("*.py")):
        tree = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        pieces = {id(part) for node in tree if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in tree:
            named = "" if id(node) in pieces else "".join(_spelled(node))
            # `pages.` and nothing else is how `t` itself is made.
            if named.startswith(_OF_PAGES) and named != _OF_PAGES + _ANYTHING:
                yield path, named.removeprefix(_OF_PAGES)


def _spelled(node: ast.AST) -> Iterator[str]:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield re.escape(part.value)
        elif isinstance(part, ast.FormattedValue):
            yield _ANYTHING

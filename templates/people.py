"""Who is named in what is written and who is not: aliases for protected people, a last look over every sentence."""

import re
import unicodedata
from collections.abc import Iterable

from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.privacy import PROTECTED, Detail
from domain.types.vocabulary import Side

_PARTICLES = {"de", "del", "la", "las", "los", "da", "do", "das", "dos", "y", "i", "e", "van", "von"}
_SHORTEST_NAME = 3


def is_hidden(procedure: Procedure, participant: Participant) -> bool:
    """True when what is written shows an alias (law: LO 19/1994 art. 2; RD 1109/2015)."""
    role = procedure.role_of(participant)
    protected = Detail.NAME in PROTECTED[procedure.type.procedure.privacy] and role.side is not Side.AUTHORITY
    return protected or role.alias is not None


def shown_name(procedure: Procedure, participant: Participant, language: str) -> str:
    """The name, or the alias of the role where it is protected, numbered when several people share the role."""
    if not is_hidden(procedure, participant):
        return participant.name
    role = procedure.role_of(participant)
    alias = (role.alias or role.titles).in_language(language)
    peers = [person.id for person in procedure.participants if person.role == participant.role]
    return alias if len(peers) == 1 else f"{alias} {peers.index(participant.id) + 1}"


class NameRedactor:
    """Puts the alias wherever a protected person is named, also in words that somebody typed without thinking.

    `open_words` are names that may be read (of bodies, offices, roles): a surname that is also a town stays there.
    """

    def __init__(self, procedure: Procedure, language: str, open_words: Iterable[str] = ()) -> None:
        hidden = [person for person in procedure.participants if is_hidden(procedure, person)]
        aliases = {person.id: shown_name(procedure, person, language) for person in hidden}
        readable = {word.lower() for words in (*open_words, *aliases.values()) for word in re.findall(r"\w+", words)}
        self._replacements = [
            (pattern, aliases[person.id]) for person in hidden for pattern in _patterns(person, readable)
        ]

    def __call__(self, words: str) -> str:
        for pattern, alias in self._replacements:
            words = pattern.sub(lambda _, alias=alias: alias, words)  # type: ignore[misc]
        return words


def _patterns(person: Participant, readable: set[str]) -> list[re.Pattern[str]]:
    found = []
    names = [
        name
        for name in re.findall(r"\w+", person.name)
        if len(name) >= _SHORTEST_NAME and name.lower() not in _PARTICLES | readable and not name.isdigit()
    ]
    if names:
        forms = sorted({form for name in names for form in _forms(name)}, key=len, reverse=True)
        one = f"(?:{'|'.join(map(re.escape, forms))})"
        particles = f"(?:{'|'.join(sorted(_PARTICLES))})"
        found.append(re.compile(rf"\b{one}(?:[\s,-]+(?:{particles}\s+)*{one})*\b"))
    for secret in (person.document_number, person.mobile, person.email):
        if secret:
            signs = [re.escape(sign) for sign in secret if not sign.isspace() and sign not in "-."]
            found.append(re.compile(r"[\s.-]*".join(signs), re.IGNORECASE))
    return found


def _forms(name: str) -> set[str]:
    plain = "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
    return {form for word in (name, plain) for form in (word, word.upper(), word.capitalize())}


def role_names(procedure: Procedure, language: str) -> dict[str, str]:
    """What each role is called before everybody in the room: by its alias where it has one."""
    return {role.code: (role.alias or role.titles).in_language(language) for role in procedure.roles}

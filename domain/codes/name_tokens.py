"""What a list of procedures is searched by instead of names: keyed digests of the beginnings of their words.

Pure functions of a key that only our processes hold. Equal beginnings within one Administration have equal tokens, so
whoever reads the tokens without the key learns who shares a word and how frequent it is (docs/operations.md).
"""

import hashlib
import hmac
import unicodedata

from domain.ids import AdministrationId

SHORTEST, LONGEST = 3, 12
"""Letters of a beginning. A longer word is found by its first twelve."""


def name_key(key: bytes) -> bytes:
    """The key of the tokens, from the one that the processes share."""
    return hmac.new(key, b"estrado-name-tokens.v1", hashlib.sha256).digest()


def searchable_words(name: str) -> frozenset[str]:
    """The words of three letters or more, without accents, capitals and signs."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    letters = (character for character in plain if not unicodedata.combining(character))
    words = "".join(character if character.isalnum() else " " for character in letters).split()
    return frozenset(word for word in words if len(word) >= SHORTEST)


def tokens_of(key: bytes, administration: AdministrationId, names: tuple[str, ...]) -> list[int]:
    """What is kept of `names`: a signed 64-bit number for each beginning of each word, in the order of the numbers."""
    words = {word[:LONGEST] for name in names for word in searchable_words(name)}
    beginnings = {word[:end] for word in words for end in range(SHORTEST, len(word) + 1)}
    return sorted(_token(key, administration, beginning) for beginning in beginnings)


def tokens_to_find(key: bytes, administration: AdministrationId, typed: str) -> list[int]:
    """What a procedure must have, all of it, to be found by `typed`; empty when no word of it is long enough."""
    return sorted(_token(key, administration, word[:LONGEST]) for word in searchable_words(typed))


def _token(key: bytes, administration: AdministrationId, beginning: str) -> int:
    digest = hmac.new(key, f"{administration}:{beginning}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big", signed=True)

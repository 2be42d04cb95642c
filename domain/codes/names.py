"""Whether two ways of writing a name are of the same one."""

import unicodedata


def words_of(name: str) -> list[str]:
    """The words of a name without accents and capitals, in any order: registers put the surnames first, or last."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return sorted("".join(sign if sign.isalnum() else " " for sign in kept).split())

"""The machine-readable zone of identity cards and passports (ICAO Doc 9303, parts 4, 5 and 6; eighth edition, 2021).

Three shapes: TD1, three lines of 30 (identity cards); TD2, two of 36; TD3, two of 44 (passports). Digits that check a
field show that it was read as it was printed. They show nothing of whether the document is genuine.
"""

import re
from collections.abc import Sequence
from datetime import date

from domain.base import Value
from domain.codes.names import words_of

FILLER = "<"
_VALUES = {sign: value for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {FILLER: 0}
_WEIGHTS = (7, 3, 1)
_SIGNS = re.compile(r"[A-Z0-9<]+\Z")
_SHAPES = {(3, 30): "TD1", (2, 36): "TD2", (2, 44): "TD3"}
"""Lines, and signs in each."""

# Parts 3 and 8 of the norm: what a zone writes for a letter that it has not.
_LETTERS = {"Ä": "AE", "Å": "AA", "Æ": "AE", "Ö": "OE", "Ø": "OE", "Œ": "OE", "Ü": "UE", "Þ": "TH", "Ð": "D"}

OLDEST_EXPIRY = 20
"""Years: a document that ran out longer ago is not shown any more; two digits of a year mean the one after that."""


class NotAZone(ValueError):
    """These lines have the shape of no machine-readable zone."""


class Zone(Value):
    """What a zone says. Dates are YYMMDD as printed; `<` stands where a part is not known."""

    kind: str
    """TD1, TD2 or TD3."""
    document: str
    """`P` and `I` begin those of passports and identity cards."""
    issuer: str
    """State or organisation: three letters, or fewer."""
    number: str
    """Of the document, which in Spain is not that of the person."""
    surnames: str
    given_names: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    optional: str
    """What the issuer adds: in a Spanish card, the DNI or NIE."""
    names_cut: bool
    """The names fill their field: what did not fit is missing."""
    wrong: tuple[str, ...] = ()
    """Of `number`, `birth`, `expiry`, `optional`, `whole`: those whose check digit does not fit."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Under which the person may be known: that of the document, and what its issuer adds."""
        return tuple(filter(None, (self.number, *self.optional.split(FILLER))))

    def names(self, person: str) -> bool:
        """Whether the zone says the name `person`, in any order; of one that was cut, whether it begins so."""
        said = words_of(f"{self.surnames} {self.given_names}")
        return any(_same(said, words_of(written), cut=self.names_cut) for written in spellings(person))

    def expired(self, today: date) -> bool | None:
        """None: no date can be read."""
        read = _day(self.expiry, first=today.year - OLDEST_EXPIRY)
        return None if read is None else read < today


def check_digit(text: str) -> str:
    """Weights 7, 3, 1; digits count as themselves, letters from 10, fillers as 0; modulo 10."""
    return str(sum(_VALUES[sign] * _WEIGHTS[at % 3] for at, sign in enumerate(text)) % 10)


def read_zone(lines: Sequence[str]) -> Zone:
    """What these lines say, right or wrong as their check digits are. Raises `NotAZone`."""
    kind = _SHAPES.get((len(lines), len(lines[0]) if lines else 0))
    if kind is None or any(len(line) != len(lines[0]) or not _SIGNS.match(line) for line in lines):
        raise NotAZone(f"{[len(line) for line in lines]}")
    return _card(lines) if kind == "TD1" else _booklet(lines, kind)


def spellings(name: str) -> set[str]:
    """As zones may write it: Müller is MUELLER or MULLER (which `words_of` makes of it), O'Connor is OCONNOR."""
    joined = re.sub("['’ʼ]", "", name)
    return {name, joined, _transliterated(name), _transliterated(joined)}


def _transliterated(name: str) -> str:
    return "".join(_LETTERS.get(sign.upper(), sign) for sign in name)


def _card(lines: Sequence[str]) -> Zone:
    first, second, names = lines
    number, number_digit, optional = _long_number(first[5:14], first[14], first[15:])
    whole = first[5:] + second[:7] + second[8:15] + second[18:29]
    return _zone(
        "TD1",
        document=first[:2],
        issuer=first[2:5],
        number=number,
        names=names,
        nationality=second[15:18],
        birth=second[:6],
        sex=second[7],
        expiry=second[8:14],
        optional=f"{optional}{FILLER}{second[18:29]}",
        digits={
            "number": (number, number_digit),
            "birth": (second[:6], second[6]),
            "expiry": (second[8:14], second[14]),
            "whole": (whole, second[29]),
        },
    )


def _booklet(lines: Sequence[str], kind: str) -> Zone:
    first, second = lines
    passport = kind == "TD3"
    number, number_digit, optional = second[:9], second[9], second[28 : 42 if passport else 35]
    if not passport:
        number, number_digit, optional = _long_number(number, number_digit, optional)
    whole = second[:10] + second[13:20] + second[21:-1]
    digits = {
        "number": (number, number_digit),
        "birth": (second[13:19], second[19]),
        "expiry": (second[21:27], second[27]),
        "whole": (whole, second[-1]),
    }
    if passport and second[42] != FILLER:  # part 4: a filler may stand for the digit of a field that is empty
        digits["optional"] = (second[28:42], second[42])
    return _zone(
        kind,
        document=first[:2],
        issuer=first[2:5],
        number=number,
        names=first[5:],
        nationality=second[10:13],
        birth=second[13:19],
        sex=second[20],
        expiry=second[21:27],
        optional=optional,
        digits=digits,
    )


def _long_number(number: str, digit: str, optional: str) -> tuple[str, str, str]:
    """Parts 5 and 6: of a number of more than nine signs, the rest and its digit stand at the head of what follows."""
    rest, end, after = optional.partition(FILLER)
    if digit != FILLER or len(rest) < 2 or not end:
        return number, digit, optional
    return number + rest[:-1], rest[-1], after


def _zone(kind: str, *, names: str, digits: dict[str, tuple[str, str]], **said: str) -> Zone:
    surnames, _, given = names.partition(FILLER * 2)
    plain = {name: text.strip(FILLER) for name, text in said.items() if name not in ("birth", "expiry")}
    return Zone(
        kind=kind,
        surnames=surnames.replace(FILLER, " ").strip(),
        given_names=given.replace(FILLER, " ").strip(),
        names_cut=not names.endswith(FILLER),
        wrong=tuple(field for field, (text, digit) in digits.items() if check_digit(text) != digit),
        birth=said["birth"],
        expiry=said["expiry"],
        **plain,
    )


def _same(said: list[str], known: list[str], *, cut: bool) -> bool:
    if not cut:
        return said == known
    left = list(known)
    for word in sorted(said, key=len, reverse=True):
        begins = [one for one in left if one == word] or [one for one in left if one.startswith(word)]
        if not begins:
            return False
        left.remove(begins[0])
    return bool(said)


def _day(text: str, first: int) -> date | None:
    """Of YYMMDD, the day in the hundred years from `first`."""
    if not re.fullmatch(r"[0-9]{6}", text):
        return None
    year = first - first % 100 + int(text[:2])
    try:
        return date(year if year >= first else year + 100, int(text[2:4]), int(text[4:]))
    except ValueError:
        return None

"""What an Administration's profile must keep to beyond its shape."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from agenda_types.rules import Broken, RuleBook
from domain.languages import DEFAULT_LANGUAGE, LANGUAGE_CODES
from domain.types.territory import Administration
from territories.contrast import contrast
from territories.public_holidays import subdivisions

RULES: RuleBook["Profile"] = RuleBook()

TEXT_CONTRAST = 4.5
"""WCAG 2.2 criterion 1.4.3, text at level AA."""
SHAPE_CONTRAST = 3.0
"""WCAG 2.2 criterion 1.4.11, what is not text at level AA."""
FARTHEST = 2000
"""Kilometres by road; from the Canaries one goes by air, and the Administration says what it counts."""
_WHITE = "#ffffff"
_LIVELY = re.compile(r"<(script|foreignObject|image|use|style|a)\b|\bon\w+\s*=|href|url\(\s*['\"]?[^#'\"]|<!")
"""What a drawing could run, fetch or lead to."""


@dataclass(frozen=True)
class Profile:
    administration: Administration
    folder: Path
    types: Collection[str] | None = None
    """Ids of the procedure types that exist; None: not checked."""


@RULES.rule(
    es=("el color `{word}` no contrasta lo bastante", "oscurézcalo: el texto pide 4,5 a 1 y lo demás 3 a 1"),
    en=("colour `{word}` does not contrast enough", "darken it: text needs 4.5 to 1, the rest 3 to 1"),
    law="RD 1112/2018 art. 6 (EN 301 549; WCAG 2.2, 1.4.3 y 1.4.11)",
)
def colours_can_be_read(profile: Profile) -> Broken:
    theme = profile.administration.theme
    pairs = (
        ("brand", theme.brand, theme.on_brand, TEXT_CONTRAST),
        ("link", theme.link, _WHITE, TEXT_CONTRAST),
        ("focus", theme.focus, _WHITE, SHAPE_CONTRAST),
        ("accent", theme.accent, _WHITE, SHAPE_CONTRAST),
    )
    for name, colour, behind, least in pairs:
        if contrast(colour, behind) < least:
            yield ("theme", name), colour


@RULES.rule(
    es=(
        "el logotipo `{word}` no está o no es un SVG con título y sin enlaces",
        "guárdelo junto al perfil, con `<title>`",
    ),
    en=(
        "logo `{word}` is missing or is no SVG with a title and no links",
        "keep it beside the profile, with `<title>`",
    ),
    law="RD 1112/2018 art. 6 (WCAG 2.2, 1.1.1)",
)
def logo_is_a_titled_drawing(profile: Profile) -> Broken:
    """It is put into pages as it is: nothing in it may run or fetch."""
    name = profile.administration.theme.logo
    path = profile.folder / name
    plain = re.fullmatch(r"[a-z0-9_-]+\.svg", name) is not None and path.is_file()
    drawing = path.read_text("utf-8") if plain else ""
    titled = re.search(r"<svg\b", drawing) and re.search(r"<title[^>]*>[^<]+</title>", drawing)
    if not titled or _LIVELY.search(drawing):
        yield ("theme", "logo"), name


@RULES.rule(
    es=("el identificador `{word}` no es el nombre de su carpeta", "haga que coincidan"),
    en=("id `{word}` is not the name of its folder", "make them the same"),
)
def id_is_the_folder(profile: Profile) -> Broken:
    if profile.administration.id != profile.folder.name:
        yield ("id",), profile.administration.id


@RULES.rule(
    es=(
        "la lista de idiomas no puede tener `{word}` así",
        f"empiece por es, sin repetir, de: {', '.join(LANGUAGE_CODES)}",
    ),
    en=(
        "the languages cannot have `{word}` like this",
        f"start with es, none twice, of: {', '.join(LANGUAGE_CODES)}",
    ),
)
def languages_are_known(profile: Profile) -> Broken:
    languages = profile.administration.languages
    if languages[0] != DEFAULT_LANGUAGE:
        yield ("languages", 0), languages[0]
    for index, language in enumerate(languages):
        if language not in LANGUAGE_CODES or language in languages[:index]:
            yield ("languages", index), language


@RULES.rule(
    es=("`{word}` está dos veces", "quite o cambie uno de los dos"),
    en=("`{word}` is there twice", "remove or change one of the two"),
)
def entries_differ(profile: Profile) -> Broken:
    administration = profile.administration
    yield from _repeated("offices", "id", [office.id for office in administration.offices])
    yield from _repeated("bodies", "id", [body.id for body in administration.bodies])
    yield from _repeated("enabled", "type", [entry.type for entry in administration.enabled])


@RULES.rule(
    es=("el certificado `{word}` lo usan dos órganos", "dé a cada uno su sello y su certificado de actos"),
    en=("certificate `{word}` is used by two bodies", "give each its own seal and its own certificate of acts"),
    law="RDL 6/2023 art. 25.3",
)
def certificates_are_of_one_body(profile: Profile) -> Broken:
    """With one that is shared, whoever may sign for one body may sign for all, and no verifier can tell."""
    used: set[str] = set()
    for index, body in enumerate(profile.administration.bodies):
        for key, name in (("seal", body.seal), ("acts_certificate", body.acts_certificate)):
            if name in used:
                yield ("bodies", index, key), name
            used.add(name)


@RULES.rule(
    es=("ningún órgano se llama `{word}`", "use el `id` de uno de `bodies`"),
    en=("no body is called `{word}`", "use the `id` of one of `bodies`"),
)
def offices_serve_known_bodies(profile: Profile) -> Broken:
    bodies = {body.id for body in profile.administration.bodies}
    for index, office in enumerate(profile.administration.offices):
        for place, body in enumerate(office.bodies):
            if body not in bodies:
                yield ("offices", index, "bodies", place), body


@RULES.rule(
    es=("la distancia a `{word}` no vale", "use el `id` de uno de `bodies` y kilómetros de 0 a 2000"),
    en=("the distance to `{word}` is not good", "use the `id` of one of `bodies` and kilometres from 0 to 2000"),
)
def distances_are_to_known_bodies(profile: Profile) -> Broken:
    bodies = {body.id for body in profile.administration.bodies}
    for index, office in enumerate(profile.administration.offices):
        for body, distance in office.kilometres.items():
            if body not in bodies or not 0 <= distance <= FARTHEST:
                yield ("offices", index, "kilometres", body), body


@cache
def _time_zones() -> frozenset[str]:
    """Looking for them reads hundreds of files."""
    return frozenset(available_timezones())


@RULES.rule(
    es=("no existe la zona horaria `{word}`", "use una como Europe/Madrid o Atlantic/Canary"),
    en=("there is no time zone `{word}`", "use one such as Europe/Madrid or Atlantic/Canary"),
)
def time_zones_exist(profile: Profile) -> Broken:
    for index, office in enumerate(profile.administration.offices):
        if office.time_zone not in _time_zones():
            yield ("offices", index, "time_zone"), office.time_zone


@RULES.rule(
    es=("ninguna Comunidad tiene el código `{word}`", "use el de ISO 3166-2, como GA o CL"),
    en=("no Community has the code `{word}`", "use the one of ISO 3166-2, such as GA or CL"),
)
def community_is_known(profile: Profile) -> Broken:
    code = profile.administration.subdivision
    if code is not None and code not in subdivisions():
        yield ("subdivision",), code


@RULES.rule(
    es=("no existe el tipo de procedimiento `{word}`", "use el `id` de un tipo que exista"),
    en=("there is no procedure type `{word}`", "use the `id` of a type that exists"),
)
def enabled_types_exist(profile: Profile) -> Broken:
    if profile.types is not None:
        for index, entry in enumerate(profile.administration.enabled):
            if entry.type not in profile.types:
                yield ("enabled", index, "type"), entry.type


@RULES.rule(
    es=("`{word}` no es un día", "escríbalo como 2026-01-15"),
    en=("`{word}` is not a day", "write it as 2026-01-15"),
)
def approvals_have_a_day(profile: Profile) -> Broken:
    for index, entry in enumerate(profile.administration.enabled):
        days = {"approved_on": entry.approved_on, "starts_on": entry.starts_on, "ends_on": entry.ends_on}
        for key, said in days.items():
            try:
                date.fromisoformat(said or entry.approved_on)
            except ValueError:
                yield ("enabled", index, key), said


@RULES.rule(
    es=("`{word}` no es un lugar de esta Administración", "use el `id` de uno de `bodies` o de `offices`"),
    en=("`{word}` is no place of this Administration", "use the `id` of one of `bodies` or of `offices`"),
)
def types_are_enabled_at_known_places(profile: Profile) -> Broken:
    administration = profile.administration
    bodies = {body.id for body in administration.bodies}
    offices: set[str] = {office.id for office in administration.offices}
    for index, entry in enumerate(administration.enabled):
        yield from ((("enabled", index, "bodies"), one) for one in entry.bodies if one not in bodies)
        yield from ((("enabled", index, "offices"), one) for one in entry.offices if one not in offices)


def _repeated(group: str, key: str, words: Sequence[str]) -> Broken:
    for index, word in enumerate(words):
        if word in words[:index]:
            yield (group, index, key), word

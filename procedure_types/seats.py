"""Rules over whose a seat of the authority may be and from where people take part: somebody is left, and somewhere."""

from agenda_types.rules import Broken, RuleBook
from domain.types.validity import Place
from domain.types.vocabulary import Side
from procedure_types.lint import Case

SEATS: RuleBook[Case] = RuleBook()


@SEATS.rule(
    es=(
        "`{word}` no está entre las cuentas de ese puesto, o están todas: la línea no reserva nada",
        "ponga una parte de los `account_roles` de ese papel",
    ),
    en=(
        "`{word}` is not among the accounts of that seat, or all of them are: the line reserves nothing",
        "name some of the `account_roles` of that role",
    ),
)
def seats_are_for_some_of_their_accounts(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.validity.seats):
        known = case.procedure.role(rule.role).account_roles
        strange = [one for one in rule.account_roles if one not in known]
        yield from ((("validity", "seats", index), one) for one in strange)
        if not strange and set(known) == set(rule.account_roles):
            yield ("validity", "seats", index), rule.account_roles[0]


@SEATS.rule(
    es=(
        "nada dice cómo se llama `{word}` en ese papel: no se sabría a quién le corresponde el puesto",
        "añada al papel `titles_as` con ese cargo",
    ),
    en=(
        "nothing says what `{word}` is called in that role: nobody would know whose the seat is",
        "add `titles_as` to the role, with that account",
    ),
)
def reserved_seats_say_whose_they_are(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.validity.seats):
        told = case.procedure.role(rule.role).titles_as
        yield from ((("validity", "seats", index), one) for one in rule.account_roles if one not in told)


@SEATS.rule(
    es=("ninguna cuenta de `{word}` ocupa ese papel", "en `titles_as` ponga cargos que estén en sus `account_roles`"),
    en=("no account of `{word}` plays that role", "in `titles_as` name some of its `account_roles`"),
)
def titles_are_of_those_who_play_the_role(case: Case) -> Broken:
    for index, role in enumerate(case.procedure.roles):
        for one in role.titles_as:
            if one not in role.account_roles:
                yield ("roles", index, "titles_as"), one


@SEATS.rule(
    es=(
        "`checked` con `{word}` no puede cumplirse: solo el personal de una oficina comprueba el lugar",
        "en `places` ponga `office`, y no `own_device`",
    ),
    en=(
        "`checked` with `{word}` cannot be met: only the staff of an office check a place",
        "name `office` in `places`, and not `own_device`",
    ),
)
def checked_places_are_offices(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.validity.places):
        if rule.checked and (Place.OFFICE not in rule.places or Place.OWN_DEVICE in rule.places):
            yield ("validity", "places", index), rule.roles[0]


@SEATS.rule(
    es=(
        "`{word}` es de la autoridad, o nadie más queda fuera: la línea no dice nada",
        "use papeles que se citan, y solo una parte de los lugares",
    ),
    en=(
        "`{word}` is of the authority, or no place is left out: the line says nothing",
        "name roles that are summoned, and some of the places only",
    ),
)
def places_are_of_those_who_are_summoned(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.validity.places):
        authority = [role for role in rule.roles if case.side(role) is Side.AUTHORITY]
        yield from ((("validity", "places", index), role) for role in authority)
        if set(rule.places) == set(Place):
            yield ("validity", "places", index), rule.roles[0]

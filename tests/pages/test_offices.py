"""An office is called what the reader calls it, on the pages of staff too."""

from tests.pages.shown import busy, looks, of_procedure


def test_an_office_has_its_name_in_the_language_of_whoever_reads() -> None:
    act = busy()
    assert any(context.language == "en" for context in looks())
    for context in looks():
        here = [one for one in context.administration.offices if one.id == act.procedure.office]
        painted = dict(of_procedure(act, act.procedure, len(act.events), context))["procedure"] if here else ""
        for office in here:
            assert office.called(context.language) in painted
            assert context.language != "en" or office.name not in painted


def test_every_shipped_office_has_a_name_in_every_base_language() -> None:
    for context in looks():
        for office in context.administration.offices:
            assert (office.called("en") != office.name) and office.called("es") == office.name

"""The two shipped Administrations: different to look at, both legible, each with its own choices."""

from datetime import date
from xml.etree import ElementTree

import pytest

import procedure_types
import territories
from deploy.demo_people import ACCOUNTS
from deploy.pki.architecture import SIGNERS
from domain.ids import AdministrationId
from domain.types.territory import Administration
from territories.contrast import contrast
from territories.public_holidays import YEARS_AHEAD, of_community

TYPES = procedure_types.load()
ALL = territories.load(types=TYPES)
each = pytest.mark.parametrize("administration", ALL.values(), ids=ALL)
ATLANTIA, MESETA = ALL.values()


def enables(administration: Administration, type_id: str) -> bool:
    return any(entry.type == type_id for entry in administration.enabled)


def test_they_differ_in_image_and_types() -> None:
    assert list(ALL) == ["atlantia", "meseta"]
    assert ATLANTIA.theme.brand != MESETA.theme.brand
    assert enables(ATLANTIA, "victim_appointment") and not enables(MESETA, "victim_appointment")
    assert territories.logo_svg(ATLANTIA) != territories.logo_svg(MESETA)


@each
def test_text_on_the_brand_and_links_on_white_can_be_read(administration: Administration) -> None:
    theme = administration.theme
    assert contrast(theme.brand, theme.on_brand) >= 4.5
    assert contrast(theme.link, "#ffffff") >= 4.5
    assert contrast(theme.focus, "#ffffff") >= 3


@each
def test_what_it_says_of_itself_is_in_each_of_its_languages(administration: Administration) -> None:
    names = [body.names for body in administration.bodies]
    for texts in (administration.names, administration.contact, administration.data_protection, *names):
        assert set(administration.languages) <= set(texts.root)


def test_one_enables_every_shipped_type() -> None:
    assert {entry.type for entry in ATLANTIA.enabled} == set(TYPES)


@each
def test_a_body_of_the_right_kind_and_somebody_of_the_demonstration_hold_what_is_enabled(
    administration: Administration,
) -> None:
    staff = {demo.body for demo in ACCOUNTS if demo.administration == administration.id}
    for entry in administration.enabled:
        able = {body.id for body in administration.bodies if body.kind in TYPES[entry.type].held_by}
        assert able & staff, entry.type


@each
def test_every_enabled_type_has_a_body_and_an_office(administration: Administration) -> None:
    kinds = {office.kind for office in administration.offices}
    assert {"municipal", "court", "registry", "adr_unit"} <= kinds
    assert ("victim_office" in kinds) == enables(administration, "victim_appointment")
    assert sum(office.kind == "municipal" for office in administration.offices) >= 2


@each
def test_each_body_has_certificates_of_its_own_that_the_local_authority_issues(administration: Administration) -> None:
    names = [name for body in administration.bodies for name in (body.seal, body.acts_certificate)]
    assert len(set(names)) == len(names) and set(names) <= set(SIGNERS)
    assert all(len(SIGNERS[name][1]) <= 64 for name in names)  # RFC 5280, ub-common-name


@each
def test_the_logo_is_a_drawing_with_a_name(administration: Administration) -> None:
    drawing = ElementTree.fromstring(territories.logo_svg(administration))
    assert drawing.get("viewBox") and drawing.get("role") == "img"
    assert drawing.findtext("{http://www.w3.org/2000/svg}title") == administration.names.in_language("es")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_the_public_holidays_of_a_community_need_not_be_typed() -> None:
    known = set(territories.load()[AdministrationId("atlantia")].public_holidays)
    assert {date(2026, 3, 19), date(2026, 4, 2), date(2026, 6, 24), date(2027, 3, 25)} <= known  # of the package
    assert {date(2027, 3, 19), date(2027, 6, 24)} <= known  # of the profile


def test_two_communities_keep_different_days() -> None:
    assert set(of_community("GA", 2026)) ^ set(of_community("CL", 2026))
    assert {day.year for day in of_community("GA", 2026)} == set(range(2026, 2026 + YEARS_AHEAD))

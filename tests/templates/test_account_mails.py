"""Letters to members of staff: each change in both languages, saying what was done, by whom and what to do about it."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from domain.access.accounts import Account
from domain.access.keeping_accounts import AccountAct, AccountChange
from domain.ids import AccountId
from domain.types.vocabulary import StaffRole
from templates.account_mails import OWN, write_account_mail
from templates.mails import Letter
from tests.templates.samples import ADMINISTRATION

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
CARLA = Account(
    id=AccountId("acc_carla"), administration=ADMINISTRATION.id, name="Carla Ejemplo Ruiz", email="carla@example.org",
    roles=(StaffRole.CLERK, StaffRole.OFFICE), body=ADMINISTRATION.bodies[0].id,
    offices=(ADMINISTRATION.offices[0].id,), certificate="carla-ejemplo",
)  # fmt: skip
ROI = CARLA.but(id=AccountId("acc_roi"), name="Roi Estévez", email="roi@example.org", roles=(StaffRole.ADMINISTRATOR,))
LINK = "https://estrado.example/choose-password/abc"


def letter(act: AccountAct, language: str = "es", by: Account | None = ROI, link: str | None = None) -> Letter:
    after = CARLA.but(locale=language)
    change = AccountChange(account=CARLA.id, act=act, by=by.id if by else None, at=AT, afterwards=after)
    return write_account_mail(change, ADMINISTRATION, by=by, link=link, home="https://estrado.example")


@pytest.mark.parametrize("act", list(AccountAct))
@pytest.mark.parametrize("language", ["es", "en"])
def test_each_change_is_told_in_the_language_of_the_account(act: AccountAct, language: str) -> None:
    written = letter(act, language)
    page = unescape(written.html)
    said = re.findall(r"\w+", written.text)
    assert len(said) > 10
    assert [word for word in said if word not in page] == []
    assert not [mark for mark in ("{{", "{%", "None") if mark in written.text + written.html]
    assert not [word for word in ("Carla", "Roi", "carla@", "abc") if word in written.subject]
    for part in ("Carla Ejemplo Ruiz:", "carla@example.org", "20 de noviembre" if language == "es" else "20 November"):
        assert part in written.text
    assert ("Roi Estévez" in written.text) == (act not in OWN), "somebody else is named, the person is not"
    warned = "avise enseguida a quien administra" if language == "es" else "tell whoever administers the accounts"
    assert warned in written.text


def test_subjects_differ() -> None:
    assert len({letter(act).subject for act in AccountAct}) == len(AccountAct)


def test_a_link_is_told_with_how_long_it_is_good() -> None:
    for act in (AccountAct.CREATED, AccountAct.LINK_MADE):
        told = letter(act, link=LINK)
        assert (LINK in told.text, f'href="{LINK}"' in told.html) == (True, True)
        assert "hasta el 22 de noviembre de 2026, a las 13:00" in told.text
    assert "choose-password" not in letter(AccountAct.PASSWORD_CHOSEN).text


def test_a_change_says_what_the_person_may_do_from_now_on() -> None:
    said = letter(AccountAct.CHANGED).text
    for part in ("Letrada o letrado", "Personal de la oficina municipal", "Juzgado", "carla-ejemplo"):
        assert part in said, said


def test_by_order_of_whoever_runs_the_installation() -> None:
    said = letter(AccountAct.CREATED, by=None).text
    assert "Quien opera la plataforma le entrega el enlace" in said
    assert "Quién lo hizo: Quien opera la plataforma" in said

"""Who learns of what is done with an account: its person, by mail, and nobody who could enter with it."""

import asyncio

import pytest

from deploy.administrator import administrator as administrator_made
from domain.errors import Refusal
from tests.api.mailed import LINK, mailed_link, told
from tests.api.people import House, fresh
from tests.api.test_keeping_accounts import CHOSEN, HTML, LIST, administrator, an_address, created, details
from tests.api.test_own_account import OLD, sign_in
from tests.api.test_passkeys import enrolled


def test_an_administrator_cannot_enter_as_somebody_else_and_the_person_is_told(house: House) -> None:
    """The link is in the person's mail and on no page; whatever else is done with the account is in a mail too."""
    keeper = administrator(house)
    login, link, account = created(house, keeper)
    house.client(**HTML).post(link, data={"new_password": OLD})
    enrolled(house, login)
    said = details(email=login, roles="official")
    seen = [
        keeper.post(f"{LIST}/{account}", data=said),
        keeper.post(f"{LIST}/{account}/link"),
        keeper.get(f"{LIST}?mailed={account}"),
        keeper.get(f"{LIST}/{account}"),
        keeper.delete(f"/api/v1/accounts/{account}/passkeys", headers=fresh()),
        keeper.post(f"{LIST}/{account}/use", data={"active": "false"}),
        keeper.post(f"{LIST}/{account}/use", data={"active": "true"}),
    ]

    came = told(house, login, 8)

    assert [one.status_code for one in seen] == [303, 303, 200, 200, 204, 303, 303]
    newest = mailed_link(house, login, 2)
    for shown in (one.text + str(one.headers) for one in seen):
        assert (newest in shown, "choose-password" in shown) == (False, False)
    subjects = [one.partition("\n")[0] for one in came]
    assert sorted(subjects) == sorted(
        [
            "Se ha creado una cuenta para usted",
            "Se ha elegido su contraseña",
            "Hay una llave de acceso nueva en su cuenta",
            "Ha cambiado lo que puede hacer con su cuenta",
            "Enlace para elegir su contraseña",
            "Se han quitado las llaves de acceso de su cuenta",
            "Su cuenta está de baja",
            "Su cuenta vuelve a estar en uso",
        ]
    )
    by = {subject: "Roi Estévez Lorenzo" in mail for subject, mail in zip(subjects, came, strict=True)}
    assert [subject for subject, named in by.items() if not named] == [
        "Se ha elegido su contraseña",
        "Hay una llave de acceso nueva en su cuenta",
    ]
    page = keeper.get(LIST).text
    row = next(row for row in page.split("<tr>") if "Llaves de acceso quitadas" in row and "Lúa Prado Rei" in row)
    assert "Enviado" in row


def test_whoever_runs_the_installation_makes_the_first_administrator(house: House) -> None:
    login, name = an_address(), "Antón Rois Lema"
    link = asyncio.run(administrator_made(house.settings, "atlantia", name, login)).removeprefix(house.url)
    house.client(**HTML).post(link, data={"new_password": CHOSEN})
    page = sign_in(house, login, CHOSEN).get(LIST, headers=HTML).text
    assert "Por orden de quien opera la plataforma" in page
    first, second = told(house, login, 2)
    assert ("le entrega el enlace" in first, LINK.search(first), "Se ha elegido" in second) == (True, None, True)

    with pytest.raises(Refusal, match="account_exists"):
        asyncio.run(administrator_made(house.settings, "atlantia", name, login.upper()))
    with pytest.raises(Refusal, match="email_malformed"):
        asyncio.run(administrator_made(house.settings, "atlantia", name, "nobody"))
    with pytest.raises(KeyError):
        asyncio.run(administrator_made(house.settings, "nowhere", name, an_address()))

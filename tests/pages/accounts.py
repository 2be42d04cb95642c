"""The pages of accounts: a list after a link was mailed, one account of each state, and choosing a password."""

from collections.abc import Iterator

from api.pages.rendering import PageContext, render
from domain.access.accounts import Account
from domain.access.keeping_accounts import AccountAct, AccountChange, NoticeState
from domain.ids import AccountId
from domain.types.vocabulary import StaffRole
from tests.pages.conditions import AT


def pages_of_accounts(context: PageContext) -> Iterator[tuple[str, str]]:
    ours = context.administration
    clerk = Account(
        id=AccountId("acc_1"), administration=ours.id, name="Maximiliana Fernández de Valdivieso y Castro",
        email="maximiliana.fernandez@justicia.example", roles=(StaffRole.CLERK, StaffRole.OFFICIAL),
        body=ours.bodies[0].id, certificate="maximiliana-fernandez",
    )  # fmt: skip
    desk = clerk.but(
        id=AccountId("acc_2"), name="Brais Otero", email="brais.otero@justicia.example", roles=(StaffRole.OFFICE,),
        body=None, certificate=None, offices=tuple(office.id for office in ours.offices[:2]), active=False,
    )  # fmt: skip
    told = (
        (AccountAct.PROVIDER_FORGOTTEN, clerk.id, desk, NoticeState.WAITING),
        (AccountAct.DEACTIVATED, clerk.id, desk, NoticeState.GIVEN_UP),
        (AccountAct.CHANGED, clerk.id, desk, NoticeState.SENT),
        (AccountAct.CREATED, None, clerk, None),
    )
    changes = [
        AccountChange(account=one.id, act=act, by=by, at=AT, afterwards=one, notice=notice)
        for act, by, one, notice in told
    ]
    common = {"roles": tuple(StaffRole), "path": "/administration/accounts"}
    known = (clerk, desk)
    for shown, mailed in ((changes, clerk), ([], None)):
        yield "accounts", render(
            "accounts.html", context, known=known, changes=shown, names={clerk.id: clerk.name}, mailed=mailed, **common,
        )  # fmt: skip
    for one, own in ((clerk, False), (desk, False), (clerk, True)):
        yield "account-of", render("account_of.html", context, one=one, own=own, **common)
    yield (
        "choose-password",
        render("choose_password.html", context, link="a" * 43, whose=clerk, least=8, path="/choose-password"),
    )

"""Telling members of staff on a real engine what was done with their account: each notice once, whatever the relay
says, and none holds up another."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio import activity
from temporalio.client import Client
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from adapters.memory import MemoryAccountNotices, MemoryMailbox
from domain.access.account_notices import GIVEN_UP_AFTER, AccountNotice
from domain.access.accounts import Account
from domain.access.keeping_accounts import PASSWORD_LINK, AccountAct, AccountChange
from domain.errors import TryAgain
from domain.ids import AccountId
from domain.types.vocabulary import StaffRole
from tests.workflows.court import ATLANTIA, Court, open_court
from tests.workflows.engines import handing_over_after
from tests.workflows.test_webhooks import eventually
from workflows.schedules import keep_telling_staff

CARLA = Account(
    id=AccountId("acc_carla"), administration=ATLANTIA, name="Carla Ejemplo", email="carla@example.org",
    roles=(StaffRole.ADMINISTRATOR,),
)  # fmt: skip
EVERY = timedelta(seconds=1)


def notice(number: int, *, at: datetime | None = None, link: str | None = None, **afterwards: Any) -> AccountNotice:
    change = AccountChange(
        account=CARLA.id, act=AccountAct.LINK_MADE, by=None, at=at or datetime.now(UTC),
        afterwards=CARLA.but(**afterwards),
    )  # fmt: skip
    return AccountNotice(number=number, message=f"m{number}", change=change, link=link)


def world(court: Court) -> tuple[MemoryAccountNotices, MemoryMailbox, Client]:
    notices, relay = court.installation.account_notices, court.installation.relay
    assert isinstance(notices, MemoryAccountNotices) and isinstance(relay, MemoryMailbox)
    return notices, relay, court.environment.client


class KilledOnce(Interceptor):
    """The process that sent the first mail is gone before it has noted so."""

    def __init__(self) -> None:
        self.killed = 0
        self.forget: Callable[[], None] = lambda: None

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _KilledOnce(next, self)


class _KilledOnce(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, shared: KilledOnce) -> None:
        super().__init__(next)
        self._shared = shared

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        done = await super().execute_activity(input)
        if activity.info().activity_type == "send_account_notice" and not self._shared.killed:
            self._shared.killed += 1
            self._shared.forget()
            raise TryAgain("killed")
        return done


async def test_one_whose_relay_is_away_or_that_is_refused_holds_up_no_other() -> None:
    async with open_court(handing_over_after(10_000), None) as court:
        notices, relay, client = world(court)
        relay.away, relay.refused = {"away@example.org"}, {"nobody@example.org"}
        old = datetime.now(UTC) - GIVEN_UP_AFTER
        notices.notices = {
            1: notice(1, email="away@example.org"),
            2: notice(2, email="nobody@example.org"),
            3: notice(3, email="away@example.org", at=old),
            4: notice(4, link="abc"),
            6: notice(6, link="old", at=datetime.now(UTC) - PASSWORD_LINK),
        }
        await keep_telling_staff(client, EVERY)
        await eventually(lambda: len(notices.notices) == 1)

        assert notices.answers == {4: "250 kept"}
        assert notices.given_up == {2: "550 5.1.1 no such mailbox", 3: "no_answer", 6: "link_over"}
        assert list(notices.notices) == [1], "it goes on being tried"
        (mail,) = relay.delivered.values()
        assert (mail.to, mail.message_id) == (CARLA.email, "<m4@example.org>")
        assert "http://localhost/choose-password/abc" in mail.text

        notices.notices[5] = notice(5)  # the next look finds it
        await eventually(lambda: 5 in notices.answers)


async def test_whoever_is_killed_after_the_mail_and_before_the_note_mails_nobody_twice() -> None:
    killed = KilledOnce()
    async with open_court(handing_over_after(10_000), None, [killed]) as court:
        notices, relay, client = world(court)
        killed.forget = lambda: notices.notices.update({1: notice(1)})
        notices.notices[1] = notice(1)
        await keep_telling_staff(client, timedelta(minutes=20))
        await client.get_schedule_handle("account-notices").trigger()
        await eventually(lambda: bool(killed.killed) and not notices.notices)
        assert (killed.killed, list(relay.delivered)) == (1, ["<m1@example.org>"])

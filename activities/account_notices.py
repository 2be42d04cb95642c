"""Telling members of staff what was done with their account, by mail, each change once."""

from datetime import UTC, datetime

from temporalio import activity

from domain.access.account_notices import GIVEN_UP_AFTER, AccountNotice, AccountNotices
from domain.access.keeping_accounts import PASSWORD_LINK
from domain.errors import PersonMustAct, TryAgain
from domain.ids import AdministrationId
from domain.installation import StaffDirectory
from domain.ports.messages import Mail, MailRelay
from domain.types.territory import Administration
from templates.account_mails import write_account_mail

AT_ONCE = 50
"""Notices that one look finds; the next look finds more."""


class NoticesOfAccounts:
    """Notices are in the database, written with the change; here they are handed over to the relay."""

    def __init__(
        self,
        notices: AccountNotices,
        accounts: StaffDirectory,
        relay: MailRelay,
        administrations: dict[AdministrationId, Administration],
        *,
        sender: str,
        public_url: str,
    ) -> None:
        self._notices = notices
        self._accounts = accounts
        self._relay = relay
        self._administrations = administrations
        self._sender = sender
        self._public_url = public_url

    @activity.defn
    async def find_account_notices(self) -> list[int]:
        """Numbers of those that wait, the oldest first."""
        return list(await self._notices.waiting(AT_ONCE))

    @activity.defn
    async def send_account_notice(self, number: int) -> None:
        """Again hands over the same Message-ID, which the relay delivers once.

        What the relay refuses for good is given up, as is what it has not taken for three days, or for as long as the
        link in it is good; a mail is never a reason to undo the change that it tells of. Raises `TryAgain`.
        """
        notice = await self._notices.get(number)
        if notice is None:
            return
        mail = await self._written(notice)
        now = datetime.now(UTC)
        until = notice.change.at + (PASSWORD_LINK if notice.link else GIVEN_UP_AFTER)
        if notice.link and now >= until:
            await self._notices.give_up(number, "link_over", now)
            return
        try:
            answer = await self._relay.send(mail)
        except PersonMustAct as refused:
            await self._notices.give_up(number, str(refused.params.get("reply", refused.code)), now)
        except TryAgain:
            if now < until:
                raise
            await self._notices.give_up(number, "no_answer", now)
        else:
            await self._notices.sent(number, answer, now)

    async def _written(self, notice: AccountNotice) -> Mail:
        change = notice.change
        by = await self._accounts.get(change.by) if change.by else None
        link = f"{self._public_url}/choose-password/{notice.link}" if notice.link else None
        letter = write_account_mail(
            change, self._administrations[change.afterwards.administration], by=by, link=link, home=self._public_url
        )
        return Mail(
            message_id=f"<{notice.message}@{self._sender.rpartition('@')[2]}>",
            sender=self._sender,
            to=change.afterwards.email,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
        )

"""Mails that announce: the summons, a new date, the minutes. Exactly once for (procedure, kind, version, recipient)."""

import hashlib
import hmac

from temporalio import activity

from activities.orders import SendNotice, SentNotice
from domain.access.register import SummonsCodes
from domain.errors import PersonMustAct
from domain.ids import AdministrationId, ProcedureId
from domain.ports.documents import DocumentVault
from domain.ports.journal import KeyStore
from domain.ports.messages import Mail, MailRelay
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.reading import CaseReading
from domain.types.privacy import PROTECTED
from domain.types.territory import Administration
from domain.types.vocabulary import MailContent
from templates.invitations import write_invitation
from templates.mails import MailKind, write_mail


class Notices:
    """Writes and hands over mails. Law: a mail announces, it is not the notification (LEC 152.2)."""

    def __init__(
        self,
        cases: CaseReading,
        vault: DocumentVault,
        keys: KeyStore,
        codes: SummonsCodes,
        relay: MailRelay,
        administrations: dict[AdministrationId, Administration],
        *,
        sender: str,
        public_url: str,
    ) -> None:
        self._cases = cases
        self._vault = vault
        self._keys = keys
        self._codes = codes
        self._relay = relay
        self._administrations = administrations
        self._sender = sender
        self._public_url = public_url

    @activity.defn
    async def issue_codes(self, order: SendNotice) -> None:
        """Let the summons code of that person open their seat; the code itself is derived, never stored."""
        await self._codes.issue(order.procedure, order.recipient)

    @activity.defn
    async def send_notice(self, order: SendNotice) -> SentNotice:
        """Again hands over the same Message-ID, which the relay delivers once."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        person = procedure.participant(order.recipient)
        if person.email is None:
            raise PersonMustAct("no_address", participant=person.id)
        mail = await self._write(procedure, person, order)
        return SentNotice(message_id=mail.message_id, smtp_reply=await self._relay.send(mail))

    async def _write(self, procedure: Procedure, person: Participant, order: SendNotice) -> Mail:
        attachment = await self._attachment(procedure, order.kind)
        csv = procedure.minutes.csv if procedure.minutes and order.kind == "minutes" else None
        letter = write_mail(
            _mail_kind(procedure, order.kind),
            procedure,
            self._administrations[procedure.administration],
            person,
            link=f"{self._public_url}/verificar/{csv}" if csv else self._public_url,
            code=await self._codes.issue(procedure.id, person.id) if order.kind != "minutes" else None,
            csv=csv,
            attached=bool(attachment),
        )
        assert person.email is not None
        message_id = await self._id_of(order.procedure, f"{order.kind}/{order.version}/{order.recipient}")
        calendar = write_invitation(
            order.kind,
            procedure,
            self._administrations[procedure.administration],
            person,
            uid=(await self._id_of(order.procedure, f"calendar/{order.recipient}")).strip("<>"),
            sender=self._sender,
        )
        return Mail(
            message_id=message_id,
            sender=self._sender,
            to=person.email,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            attachments=attachment,
            calendar=calendar,
        )

    async def _attachment(self, procedure: Procedure, kind: str) -> tuple[tuple[str, str, bytes], ...]:
        minutes, plan = procedure.minutes, procedure.type.procedure.minutes
        if kind != "minutes" or plan.mail is not MailContent.PDF or minutes is None or minutes.document is None:
            return ()
        with_them = [one for one in procedure.standing() if one.code in plan.mail_documents]
        papers = [("acta.pdf", procedure.document(minutes.document)), *((f"{one.title}.pdf", one) for one in with_them)]
        pdf = "application/pdf"
        return tuple([(name, pdf, await self._vault.get(procedure.id, one.current)) for name, one in papers])

    async def _id_of(self, procedure: ProcedureId, name: str) -> str:
        """Deterministic: HMAC(procedure's secret; name), as a Message-ID."""
        seed = await self._keys.seed(procedure)
        domain = self._sender.rpartition("@")[2]
        return f"<{hmac.new(seed, name.encode(), hashlib.sha256).hexdigest()[:40]}@{domain}>"


def _mail_kind(procedure: Procedure, kind: str) -> MailKind:
    neutral = bool(PROTECTED[procedure.type.procedure.privacy])
    if neutral or (kind == "minutes" and procedure.type.procedure.minutes.mail is MailContent.NEUTRAL):
        return MailKind.NEUTRAL
    return MailKind.MINUTES_READY if kind == "minutes" else MailKind(kind)

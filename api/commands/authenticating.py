"""What the pages ask of officials around a signature: to show again who they are, and a session that is new."""

from fastapi import Response

from api.access.session import StaffSession, keep_session
from api.commands.form_input import FormInput
from api.deps import Case
from api.ports import now
from api.services.passkeys import PasskeyAnswer, confirm_signature
from settings import ApiSettings


async def authenticated_again(case: Case, form: FormInput, response: Response, settings: ApiSettings) -> None:
    """Law: fresh authentication for each signature of an official (eIDAS sole control): a password, or a passkey."""
    assert isinstance(case.who, StaffSession)
    account = case.who.account
    answer = PasskeyAnswer(*map(form.field, ("step", "credential", "key")))
    if answer.credential:
        document = form.procedure.document(form.field("document")).original.sha256
        await confirm_signature(case.ports, settings, account, answer, document)
    else:
        await case.ports.accounts.confirm(account.id, case.who.id, form.field("password"), now())


async def renew_session(case: Case, form: FormInput, response: Response, settings: ApiSettings) -> None:
    """Scar: renewed before a signature that was refused, the cookie was lost with the answer, and its owner was out."""
    assert isinstance(case.who, StaffSession)
    opened = await case.ports.sessions.rotate(case.who.token, now())
    if opened is not None:
        keep_session(response, settings, opened)

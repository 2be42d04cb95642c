"""What is asked of officials around a signature: to show again who they are, and on pages a session that is new.

Law: fresh authentication for each signature of an official (eIDAS sole control; ENS op.acc.6 R6): with a password, a
passkey, or the account of the Administration at its provider.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import Response

from api.access.session import StaffSession, keep_session
from api.commands.form_input import FormInput
from api.deps import Case
from api.http.problems import NotSignedIn
from api.ports import now
from api.services.accounts_shown import confirm_shown
from api.services.passkeys import PasskeyAnswer, confirm_signature
from domain.errors import Refusal
from domain.ids import CommandId
from domain.refusals.requests import FIELD_INVALID
from domain.types.vocabulary import SignerAuthentication
from settings import ApiSettings


def way_of(form: FormInput) -> SignerAuthentication:
    """How whoever sends the form shows who they are."""
    if form.field("credential"):
        return SignerAuthentication.PASSKEY
    return SignerAuthentication.ACCOUNT_PROVIDER if form.field("account_shown") else SignerAuthentication.PASSWORD


async def authenticated_again(case: Case, form: FormInput, response: Response, settings: ApiSettings) -> None:
    """Raises the refusal of the way in which they show it."""
    assert isinstance(case.who, StaffSession)
    account, document = case.who.account, form.procedure.document(form.field("document")).original.sha256
    match way_of(form):
        case SignerAuthentication.PASSKEY:
            answer = PasskeyAnswer(*map(form.field, ("step", "credential", "key")))
            await confirm_signature(case.ports, settings, account, answer, document)
        case SignerAuthentication.ACCOUNT_PROVIDER:
            await confirm_shown(case.ports, case.who, document, form.field("key"))
        case SignerAuthentication.PASSWORD:
            await case.ports.accounts.confirm(account.id, case.who.id, form.field("password"), now())


async def with_authentication(case: Case, said: Mapping[str, Any], key: CommandId) -> dict[str, Any]:
    """`password` or `account_shown` of a JSON body, judged; what the command says of it instead.

    Raises the refusal of the way in which they show it, and `Refusal('field_invalid')` for both or neither.
    """
    if not isinstance(case.who, StaffSession):
        raise NotSignedIn()
    fields = dict(said)
    password, shown = fields.pop("password"), fields.pop("account_shown")
    if (password is None) is not shown:
        raise Refusal(FIELD_INVALID, field="password", kind="")
    if shown:
        document = (await case.progress()).procedure.document(fields["document"])
        await confirm_shown(case.ports, case.who, document.original.sha256, key)
    else:
        await case.ports.accounts.confirm(case.who.account.id, case.who.id, password.get_secret_value(), now())
    way = SignerAuthentication.ACCOUNT_PROVIDER if shown else SignerAuthentication.PASSWORD
    return {**fields, "authenticated_at": now(), "authenticated_by": way}


async def renew_session(case: Case, form: FormInput, response: Response, settings: ApiSettings) -> None:
    """Scar: renewed before a signature that was refused, the cookie was lost with the answer, and its owner was out."""
    assert isinstance(case.who, StaffSession)
    opened = await case.ports.sessions.rotate(case.who.token, now())
    if opened is not None:
        keep_session(response, settings, opened)

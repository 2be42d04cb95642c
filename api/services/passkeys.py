"""The ceremonies of passkeys: what is asked of a browser, and whether its answer is good.

Standard: W3C Web Authentication Level 2, 7.1 and 7.2, by the library `webauthn`. A passkey is bound to the name under
which people reach the pages: a false page under another name gets nothing that is of use.
"""

import hashlib
import ipaddress
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from api.ports import Ports, now
from domain.access.accounts import Account
from domain.access.passkeys import STEP_LASTS, Passkey, PasskeyPurpose, PasskeyStep
from domain.errors import Refusal
from domain.refusals.access import PASSKEY_REFUSED
from settings import ApiSettings

LOCAL_NAME = "localhost"
PRODUCT = "estrado"
LONGEST_ANSWER = 32_768
"""Characters of what a browser answers: some authenticators send chains of certificates."""
LONGEST_LABEL = 60


@dataclass(frozen=True)
class RelyingParty:
    """Under which name passkeys are made, and on which pages they serve."""

    id: str
    origin: str

    @classmethod
    def of(cls, settings: ApiSettings) -> "RelyingParty":
        """A number is no name (Level 2, 5.1.2): the local stack's pages are `localhost`."""
        address = urlsplit(settings.public_url)
        host, port = address.hostname or LOCAL_NAME, f":{address.port}" if address.port else ""
        name = LOCAL_NAME if _is_loopback(host) else host
        return cls(name, f"{address.scheme}://{name}{port}")

    @property
    def netloc(self) -> str:
        return urlsplit(self.origin).netloc


@dataclass(frozen=True)
class PasskeyAnswer:
    """What a browser answered to a step, and the key of the request with which it came."""

    step: str
    credential: str
    key: str


@dataclass(frozen=True)
class AskedOfBrowser:
    """One step: its id, and the options for the browser as JSON."""

    step: str
    options: str
    enrols: bool


async def ask_passkey(ports: Ports, settings: ApiSettings, account: Account) -> AskedOfBrowser | None:
    """What stands between the right password and a session: None where nothing does."""
    if await ports.passkeys.of(account.id):
        return await _ask_known(ports, settings, account)
    if settings.require_passkeys:
        return await ask_new_passkey(ports, settings, account, PasskeyPurpose.FIRST)
    return None


async def _ask_known(ports: Ports, settings: ApiSettings, account: Account) -> AskedOfBrowser:
    step = await _step(ports, account, PasskeyPurpose.SIGN_IN)
    wanted = UserVerificationRequirement.PREFERRED
    return await _asked(ports, settings, account, step, step.challenge, wanted)


async def ask_to_sign(ports: Ports, settings: ApiSettings, account: Account, document: str) -> AskedOfBrowser:
    """What the browser asks of whoever signs `document` (SHA-256, hex) instead of typing the password again.

    The passkey stands alone here, so its owner is verified by it (a PIN, a finger): two factors still.
    """
    step = await _step(ports, account, PasskeyPurpose.SIGNATURE)
    wanted = UserVerificationRequirement.REQUIRED
    return await _asked(ports, settings, account, step, _challenge_about(step, document), wanted)


async def _asked(
    ports: Ports,
    settings: ApiSettings,
    account: Account,
    step: PasskeyStep,
    challenge: bytes,
    wanted: UserVerificationRequirement,
) -> AskedOfBrowser:
    options = webauthn.generate_authentication_options(
        rp_id=RelyingParty.of(settings).id,
        challenge=challenge,
        allow_credentials=await _known(ports, account),
        user_verification=wanted,
    )
    return AskedOfBrowser(step.id, webauthn.options_to_json(options), enrols=False)


def _challenge_about(step: PasskeyStep, document: str) -> bytes:
    """What the passkey signs names the document: an answer that was given for one is none for another."""
    return hashlib.sha256(step.challenge + document.encode()).digest()


async def ask_new_passkey(
    ports: Ports, settings: ApiSettings, account: Account, purpose: PasskeyPurpose
) -> AskedOfBrowser:
    step = await _step(ports, account, purpose)
    options = webauthn.generate_registration_options(
        rp_id=RelyingParty.of(settings).id,
        rp_name=PRODUCT,
        user_id=account.id.encode(),
        user_name=account.email,
        user_display_name=account.name,
        challenge=step.challenge,
        exclude_credentials=await _known(ports, account),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return AskedOfBrowser(step.id, webauthn.options_to_json(options), enrols=True)


async def finish_sign_in(ports: Ports, settings: ApiSettings, step_id: str, credential: str, label: str) -> Account:
    """Whose answer it is, where it is a good one to a step between password and session.

    Raises `Refusal('passkey_refused')`; then the password has to be typed again.
    """
    step = await ports.passkeys.take_step(step_id, now())
    account = await ports.accounts.get(step.account) if step else None
    if step is None or account is None or not account.active:
        raise Refusal(PASSKEY_REFUSED)
    if step.purpose is PasskeyPurpose.SIGN_IN:
        await _prove(ports, settings, step, credential)
    elif step.purpose is PasskeyPurpose.FIRST:
        await _enrol(ports, settings, step, credential, label)
    else:
        raise Refusal(PASSKEY_REFUSED)
    return account


async def finish_enrolment(
    ports: Ports, settings: ApiSettings, account: Account, step_id: str, credential: str, label: str
) -> None:
    """Keep one more passkey of somebody who is signed in. Raises `Refusal('passkey_refused')`."""
    step = await ports.passkeys.take_step(step_id, now())
    if step is None or (step.purpose, step.account) != (PasskeyPurpose.FURTHER, account.id):
        raise Refusal(PASSKEY_REFUSED)
    await _enrol(ports, settings, step, credential, label)


async def confirm_signature(
    ports: Ports, settings: ApiSettings, account: Account, answer: PasskeyAnswer, document: str
) -> None:
    """Whoever is signed in has just shown a passkey for exactly that document. Raises `Refusal('passkey_refused')`."""
    step = await ports.passkeys.step(answer.step, now())
    asked = step is not None and (step.purpose, step.account) == (PasskeyPurpose.SIGNATURE, account.id)
    if step is None or not asked or len(answer.credential) > LONGEST_ANSWER:
        raise Refusal(PASSKEY_REFUSED)
    if step.used_by is None:
        try:
            await _prove(ports, settings, step.but(challenge=_challenge_about(step, document)), answer.credential)
        except Refusal:
            await ports.passkeys.take_step(answer.step, now())
            raise
    # The same request about the same document is repeated when no answer came: its authenticator is not asked twice.
    if not await ports.passkeys.use_step(answer.step, f"{answer.key} {document}"):
        raise Refusal(PASSKEY_REFUSED)


async def _prove(ports: Ports, settings: ApiSettings, step: PasskeyStep, credential: str) -> None:
    party = RelyingParty.of(settings)
    known = {passkey.id: passkey for passkey in await ports.passkeys.of(step.account)}
    try:
        said = webauthn.helpers.parse_authentication_credential_json(credential)
        passkey = known[bytes_to_base64url(said.raw_id)]
        proven = webauthn.verify_authentication_response(
            credential=said,
            expected_challenge=step.challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.uses,
            require_user_verification=step.purpose is PasskeyPurpose.SIGNATURE,
        )
    except (WebAuthnException, KeyError, ValueError) as error:
        raise Refusal(PASSKEY_REFUSED) from error
    await ports.passkeys.keep_use(passkey.id, proven.new_sign_count, now())


async def _enrol(ports: Ports, settings: ApiSettings, step: PasskeyStep, credential: str, label: str) -> None:
    party = RelyingParty.of(settings)
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=step.challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
        )
    except (WebAuthnException, ValueError) as error:
        raise Refusal(PASSKEY_REFUSED) from error
    passkey = Passkey(
        id=bytes_to_base64url(made.credential_id),
        account=step.account,
        label=label.strip(),
        public_key=made.credential_public_key,
        uses=made.sign_count,
        enrolled_at=now(),
    )
    if not await ports.passkeys.add(passkey, only_as_first=step.purpose is PasskeyPurpose.FIRST):
        raise Refusal(PASSKEY_REFUSED)


async def _step(ports: Ports, account: Account, purpose: PasskeyPurpose) -> PasskeyStep:
    step = PasskeyStep(
        id=secrets.token_urlsafe(32),
        account=account.id,
        purpose=purpose,
        challenge=secrets.token_bytes(32),
        ends_at=now() + STEP_LASTS,
    )
    await ports.passkeys.keep_step(step)
    return step


async def _known(ports: Ports, account: Account) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.id))
        for passkey in await ports.passkeys.of(account.id)
    ]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

"""Who may do what: one matrix of permissions and callers. What is not written here is refused.

Which roles of a person count in *this* procedure is decided in `api/access/entitlement.py`, what they read of it in
`api/access/visibility.py`; whether the act is possible now is the rule of the procedure itself.
"""

from collections.abc import Mapping
from enum import StrEnum

from domain.types.vocabulary import StaffRole


class CallerKind(StrEnum):
    """Every kind of caller: the staff roles and those who are not staff."""

    CLERK = StaffRole.CLERK.value
    OFFICIAL = StaffRole.OFFICIAL.value
    OFFICE = StaffRole.OFFICE.value
    ADMINISTRATOR = StaffRole.ADMINISTRATOR.value
    AUDITOR = StaffRole.AUDITOR.value
    CITIZEN = "citizen"
    """Somebody with the code of a summons: one procedure, one seat."""
    REGIONAL_SYSTEM = "regional_system"
    """A machine with an API key of one Administration."""
    CASE_SYSTEM = "case_system"
    """One whose key has the scope `evidence`, in what it asked for itself: it keeps the file of the case."""
    ANYONE = "anyone"


class Permission(StrEnum):
    # -- in public
    CHECK_HEALTH = "check_health"
    SIGN_IN = "sign_in"
    READ_PUBLIC = "read_public"
    """Catalogue, help, explanations of problems, trust roots."""
    VERIFY_DOCUMENT = "verify_document"
    # -- one's own session
    USE_SESSION = "use_session"
    CONFIRM_PASSWORD = "confirm_password"  # noqa: S105 - the name of a permission
    MANAGE_OWN_ACCOUNT = "manage_own_account"
    """One's password and one's sessions."""
    FOLLOW_CHANGES = "follow_changes"
    # -- procedures
    REQUEST_PROCEDURE = "request_procedure"
    LIST_PROCEDURES = "list_procedures"
    READ_STATUS = "read_status"
    READ_PROCEDURE = "read_procedure"
    READ_TIMELINE = "read_timeline"
    READ_MINUTES = "read_minutes"
    READ_DOCUMENT = "read_document"
    READ_STILL = "read_still"
    DOWNLOAD_BUNDLE = "download_bundle"
    WATCH_RECORDING = "watch_recording"
    TYPE_DRAFT = "type_draft"
    ENTER_ROOM = "enter_room"
    # -- acts
    CHECK_IN = "check_in"
    ATTEST_AUTONOMY = "attest_autonomy"
    ACT_AS_CITIZEN = "act_as_citizen"
    """Warnings, consent, help, PIN, reading and signing without a certificate."""
    ANSWER_HELP = "answer_help"
    SEND_PIN = "send_pin"
    IDENTIFY = "identify"
    """Whether the person or a host, each mechanism declares."""
    DEPOSIT_DOCUMENT = "deposit_document"
    REFUSE_SIGNATURE = "refuse_signature"
    HOLD_SESSION = "hold_session"
    """Room, identity, agenda, documents shown, going on, new date, the end."""
    ASK_CRIMINAL_RECORD = "ask_criminal_record"
    """Of registers; who reads the answer, its document says."""
    END_PRIVATE_TALK = "end_private_talk"
    INTERRUPT = "interrupt"
    SIGN_WITH_CERTIFICATE = "sign_with_certificate"
    WORK_ON_MINUTES = "work_on_minutes"
    SETTLE_TROUBLE = "settle_trouble"
    # -- administration
    MANAGE_DEVICES = "manage_devices"
    MANAGE_ACCOUNTS = "manage_accounts"
    """Of one's Administration, and nobody's own."""
    MANAGE_API_KEYS = "manage_api_keys"
    MANAGE_WEBHOOKS = "manage_webhooks"
    """Where regional systems are told what happens."""
    PUBLISH_TYPES = "publish_types"
    """Of one's Administration: one person proposes, another approves."""
    END_SESSIONS = "end_sessions"
    """Of any account of the Administration."""
    REMOVE_PASSKEYS = "remove_passkeys"
    """Of somebody who has lost theirs; and whose account it is at the account provider."""
    READ_ACCESS_LOG = "read_access_log"
    GIVE_REASON = "give_reason"
    """To open what is in a procedure, for those who are not part of it."""
    READ_CONDITION = "read_condition"
    """Which procedures stand still, by id and code: nothing of what they are about."""
    READ_ANCHORS = "read_anchors"
    """Which batches stand in which blocks: nothing of what is in them."""
    READ_INDICATORS = "read_indicators"
    """How many acts of one's Administration were held, and the like: nothing of any one of them."""
    READ_ENGINE_PAYLOADS = "read_engine_payloads"
    """What the engine keeps, decrypted: besides, the account has to be named in `engine_operators`."""


_EVERYBODY = frozenset(CallerKind)
_STAFF = frozenset(
    {CallerKind.CLERK, CallerKind.OFFICIAL, CallerKind.OFFICE, CallerKind.ADMINISTRATOR, CallerKind.AUDITOR}
)
_HOSTS = frozenset({CallerKind.CLERK, CallerKind.OFFICIAL})
_CITIZEN = frozenset({CallerKind.CITIZEN})
_OFFICE = frozenset({CallerKind.OFFICE})
_AUDITOR = frozenset({CallerKind.AUDITOR})
_ADMINISTRATOR = frozenset({CallerKind.ADMINISTRATOR})
_CASE_SYSTEM = frozenset({CallerKind.CASE_SYSTEM})
MACHINES = _CASE_SYSTEM | {CallerKind.REGIONAL_SYSTEM}
"""They show an API key."""

# Standard: ENS op.acc.2 and op.acc.4, nobody has more than the work needs: an administrator reads no
# procedures and no lists of them, an auditor changes nothing, a machine learns where a procedure stands, and
# the one that keeps the file of the case also what belongs into it.
MATRIX: Mapping[Permission, frozenset[CallerKind]] = {
    Permission.CHECK_HEALTH: _EVERYBODY,
    Permission.SIGN_IN: _EVERYBODY,
    Permission.READ_PUBLIC: _EVERYBODY,
    Permission.VERIFY_DOCUMENT: _EVERYBODY,
    Permission.USE_SESSION: _STAFF | _CITIZEN,
    Permission.CONFIRM_PASSWORD: _STAFF,
    Permission.MANAGE_OWN_ACCOUNT: _STAFF,
    Permission.FOLLOW_CHANGES: _STAFF | _CITIZEN,
    Permission.REQUEST_PROCEDURE: _HOSTS | _OFFICE | MACHINES,
    Permission.LIST_PROCEDURES: _HOSTS | _OFFICE | _AUDITOR,
    Permission.READ_STATUS: _HOSTS | _OFFICE | _AUDITOR | _CITIZEN | MACHINES,
    Permission.READ_PROCEDURE: _HOSTS | _OFFICE | _AUDITOR | _CITIZEN,
    Permission.READ_TIMELINE: _HOSTS | _AUDITOR,
    Permission.READ_MINUTES: _HOSTS | _AUDITOR,
    Permission.READ_DOCUMENT: _HOSTS | _OFFICE | _AUDITOR | _CITIZEN | _CASE_SYSTEM,
    Permission.READ_STILL: _HOSTS | _AUDITOR,
    Permission.DOWNLOAD_BUNDLE: frozenset({CallerKind.CLERK}) | _AUDITOR | _CASE_SYSTEM,
    Permission.WATCH_RECORDING: _HOSTS | _AUDITOR,
    Permission.TYPE_DRAFT: _HOSTS,
    Permission.ENTER_ROOM: _HOSTS | _CITIZEN,
    Permission.CHECK_IN: _HOSTS | _OFFICE | _CITIZEN,
    Permission.ATTEST_AUTONOMY: _OFFICE,
    Permission.ACT_AS_CITIZEN: _CITIZEN,
    Permission.ANSWER_HELP: _HOSTS | _OFFICE,
    Permission.SEND_PIN: _HOSTS | _OFFICE | _CITIZEN,
    Permission.IDENTIFY: _HOSTS | _OFFICE | _CITIZEN,
    Permission.DEPOSIT_DOCUMENT: _HOSTS | _OFFICE | _CITIZEN,
    Permission.REFUSE_SIGNATURE: _HOSTS | _CITIZEN,
    Permission.HOLD_SESSION: _HOSTS,
    Permission.ASK_CRIMINAL_RECORD: _HOSTS,
    Permission.END_PRIVATE_TALK: _HOSTS | _CITIZEN,
    Permission.INTERRUPT: _HOSTS | _OFFICE,
    Permission.SIGN_WITH_CERTIFICATE: _HOSTS,
    Permission.WORK_ON_MINUTES: _HOSTS,
    Permission.SETTLE_TROUBLE: _HOSTS,
    Permission.MANAGE_DEVICES: _ADMINISTRATOR,
    Permission.MANAGE_ACCOUNTS: _ADMINISTRATOR,
    Permission.MANAGE_API_KEYS: _ADMINISTRATOR,
    Permission.MANAGE_WEBHOOKS: _ADMINISTRATOR,
    Permission.PUBLISH_TYPES: _ADMINISTRATOR,
    Permission.END_SESSIONS: _ADMINISTRATOR,
    Permission.REMOVE_PASSKEYS: _ADMINISTRATOR,
    Permission.READ_ACCESS_LOG: _AUDITOR,
    Permission.GIVE_REASON: _AUDITOR,
    Permission.READ_CONDITION: _ADMINISTRATOR,
    Permission.READ_ANCHORS: _ADMINISTRATOR | _AUDITOR,
    Permission.READ_INDICATORS: _ADMINISTRATOR | _AUDITOR,
    Permission.READ_ENGINE_PAYLOADS: _ADMINISTRATOR,
}


def permits(permission: Permission, kinds: frozenset[CallerKind]) -> bool:
    """True when a caller of one of these kinds may do it. What the matrix does not name is refused."""
    return bool(MATRIX.get(permission, frozenset()) & kinds)

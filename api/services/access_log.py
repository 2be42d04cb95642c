"""Who looked at what of a procedure, written down before it is shown (law: LO 7/2021 art. 31)."""

import secrets
from dataclasses import replace
from datetime import timedelta

from api.access.permissions import CallerKind
from api.access.session import Caller, StaffSession
from api.access.visibility import needs_reason
from api.ports import Ports, now
from domain.access.stores import ReadAccess
from domain.errors import Refusal
from domain.ids import AdministrationId, ProcedureId
from domain.journal.register import RegisterRow
from domain.refusals.access import REASON_NEEDED

DUTY = "duty"
"""Why somebody looks who gives no reason of their own."""

REASON = "reason"
"""The line that says why an auditor opens a procedure; every look of that hour says it too."""
REASON_HOLDS = timedelta(hours=1)


async def with_reason(ports: Ports, who: Caller, procedure: ProcedureId) -> Caller:
    """`who`, an auditor with the reason given for this procedure, if there is one."""
    if not isinstance(who, StaffSession) or not needs_reason(who):
        return who
    return replace(who, reason=await ports.audit.reason(who.ref, procedure, now() - REASON_HOLDS))


def refuse_without_reason(who: Caller) -> None:
    """Raises `Refusal('reason_needed')`."""
    if needs_reason(who):
        raise Refusal(REASON_NEEDED)


async def record_access(ports: Ports, who: Caller, row: RegisterRow, what: str, why: str = DUTY) -> None:
    """One line of the access log for one look. Raises `TryAgain` when it cannot be written: then nothing is shown."""
    given = who.reason if isinstance(who, StaffSession) else None
    await _write(ports, who, row.administration, row.procedure, what, (given or DUTY) if why == DUTY else why)


async def record_list(ports: Ports, session: StaffSession, what: str) -> None:
    """One line for one look at a list: `board`, `desk`, or `names` (a search by name, without the name).

    Raises `TryAgain`, as for one procedure.
    """
    await _write(ports, session, session.account.administration, None, what, DUTY)


async def _write(
    ports: Ports, who: Caller, administration: AdministrationId, procedure: ProcedureId | None, what: str, why: str
) -> None:
    await ports.audit.record(
        ReadAccess(
            # Not the trace id, which a caller may choose: a look must not hide behind an earlier one.
            id=secrets.token_hex(16),
            at=now(),
            actor=who.ref,
            role=",".join(sorted(who.kinds - {CallerKind.ANYONE})),
            administration=administration,
            procedure=procedure,
            what=what,
            why=why,
        )
    )

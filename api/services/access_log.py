"""Who looked at what of a procedure, written down before it is shown (law: LO 7/2021 art. 31)."""

import secrets

from api.access.permissions import CallerKind
from api.access.session import Caller, StaffSession
from api.ports import Ports, now
from domain.access.stores import ReadAccess
from domain.ids import AdministrationId, ProcedureId
from domain.journal.register import RegisterRow

DUTY = "duty"
"""Why somebody looks who gives no reason of their own."""


async def record_access(ports: Ports, who: Caller, row: RegisterRow, what: str, why: str = DUTY) -> None:
    """One line of the access log for one look. Raises `TryAgain` when it cannot be written: then nothing is shown."""
    await _write(ports, who, row.administration, row.procedure, what, why)


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

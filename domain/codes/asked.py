"""Which procedure a request is for: derived from who asks and under which number."""

import hashlib
import hmac

from domain.ids import ProcedureId


def procedure_id(secret: bytes, administration: str, asked_as: str) -> ProcedureId:
    """The id of what is asked for as `asked_as`: the same for the same request, and not to be guessed.

    Standard: RFC 9562 5.8 (UUIDv8). Deterministic, so that a request repeated after any crash starts nothing twice.
    """
    message = f"estrado-procedure.v1:{administration}:{asked_as}".encode()
    bits = int.from_bytes(hmac.new(secret, message, hashlib.sha256).digest()[:16], "big")
    bits = bits & ~(0xF << 76) & ~(0x3 << 62) | 0x8 << 76 | 0x2 << 62
    return ProcedureId(f"prc_{bits:032x}")


def asked_by_system(external_id: str) -> str:
    """What makes two requests of the systems of an Administration the same."""
    return f"external:{external_id}"

"""Rules of sense over the signature plan: every line can be carried out, by whoever it names, in its turn."""

from agenda_types.rules import Broken, RuleBook
from domain.types.procedure_type import MINUTES
from domain.types.signature_levels import SignatureLevel
from domain.types.vocabulary import DocumentSource, Side, SignatureMethod, Verb
from procedure_types.lint import Case

SIGNATURES: RuleBook[Case] = RuleBook()


@SIGNATURES.rule(
    es=("`{word}` se aporta escaneado: una firma taparía lo que dice", "firme un documento generado que hable de él"),
    en=("`{word}` is a deposited scan: a stamp would cover its words", "sign a generated document that speaks of it"),
)
def scans_are_not_stamped(case: Case) -> Broken:
    """Scar: only what we typeset leaves the bottom of its last page empty for stamps."""
    deposited = {one.code for one in case.procedure.documents if one.source is DocumentSource.DEPOSITED}
    for index, plan in enumerate(case.procedure.signatures):
        if plan.document in deposited:
            yield ("signatures", index, "document"), plan.document


@SIGNATURES.rule(
    es=(
        "una firma de nivel `{word}` no es la última de su documento",
        "deje `{word}` para la última firma del documento, y `level: B-LT` en las demás",
    ),
    en=(
        "a signature of level `{word}` is not the last of its document",
        "keep `{word}` for the last signature of the document, and `level: B-LT` for the others",
    ),
)
def archive_timestamps_come_last(case: Case) -> Broken:
    """A time-stamp over the whole document keeps what was there when it was made, and nothing that comes later."""
    plans = case.procedure.signatures
    for index, plan in enumerate(plans):
        followed = len(plan.signers) > 1 or any(later.document == plan.document for later in plans[index + 1 :])
        if plan.level is SignatureLevel.B_LTA and followed:
            yield ("signatures", index, "level"), plan.level


@SIGNATURES.rule(
    es=(
        "a mano firma además quien firma sin certificado, y aquí el método es `{word}`",
        "quite `handwriting: true`, o use `method: authenticated_act`",
    ),
    en=(
        "by hand sign those who sign without a certificate, and here the method is `{word}`",
        "take `handwriting: true` out, or use `method: authenticated_act`",
    ),
)
def by_hand_sign_those_without_certificate(case: Case) -> Broken:
    """What is drawn authenticates nobody: it comes besides what does."""
    for index, plan in enumerate(case.procedure.signatures):
        if plan.handwriting and plan.method is not SignatureMethod.AUTHENTICATED_ACT:
            yield ("signatures", index, "handwriting"), plan.method


@SIGNATURES.rule(
    es=("`body` y el método `seal` van siempre juntos", "use `signers: [body]` con `method: seal`"),
    en=("`body` and method `seal` always go together", "use `signers: [body]` with `method: seal`"),
)
def the_body_seals(case: Case) -> Broken:
    for index, plan in enumerate(case.procedure.signatures):
        if (plan.method is SignatureMethod.SEAL) != (plan.signers == ("body",)):
            yield ("signatures", index, "method"), plan.method


@SIGNATURES.rule(
    es=(
        "el sello del órgano no es lo último del acta",
        "ponga al final la línea de `minutes` con `body` y `seal`",
    ),
    en=(
        "the body's seal is not the last thing on the minutes",
        "end with the line for `minutes` by `body` with `seal`",
    ),
)
def minutes_are_sealed_last(case: Case) -> Broken:
    lines = [(index, plan) for index, plan in enumerate(case.procedure.signatures) if plan.document == MINUTES]
    if not lines or "body" not in lines[-1][1].signers:
        yield (("signatures", lines[-1][0]) if lines else ("signatures",)), MINUTES


@SIGNATURES.rule(
    es=(
        "`{word}` firma, pero ningún punto del orden del día es una firma",
        "planifique el punto de firma (A31)",
    ),
    en=("`{word}` signs, but no item on the agenda is a signature", "plan the signing item (A31)"),
)
def citizens_sign_in_the_act(case: Case) -> Broken:
    if case.items is None or case.first(Verb.SIGN) is not None:
        return
    for index, plan in enumerate(case.procedure.signatures):
        for place, signer in enumerate(plan.signers):
            if signer != "body" and case.side(signer) is Side.CITIZEN:
                yield ("signatures", index, "signers", place), signer

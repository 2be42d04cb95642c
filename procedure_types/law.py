"""The rules of the law over procedure types. Each names its article; none is a matter of taste."""

from agenda_types.rules import Broken, RuleBook
from domain.types.procedure_type import MINUTES
from domain.types.vocabulary import (
    DocumentCharacter,
    DocumentSource,
    Family,
    MailContent,
    Privacy,
    Publicity,
    RecordingPolicy,
    Side,
    SignatureMethod,
    Verb,
)
from procedure_types.lint import Case, identity_rules

LAW: RuleBook[Case] = RuleBook()

_ASKS = (RecordingPolicy.WITH_CONSENT, RecordingPolicy.AUDIO_ONLY)


@LAW.rule(
    es=(
        "en el lugar de `{word}` solo hay mecanismos que piden consentimiento",
        "ofrezca con `instead` uno que no lo pida",
    ),
    en=("in the place of `{word}` all mechanisms need consent", "offer one that does not, with `instead`"),
    law="GDPR art. 7.4",
)
def nobody_has_to_consent(case: Case) -> Broken:
    for loc, rule in identity_rules(case.procedure):
        for number, method in enumerate(rule.methods):
            known = [case.mechanisms[code] for code in rule.choices(method) if code in case.mechanisms]
            if known and all(mechanism.consent for mechanism in known):
                yield (*loc, "methods", number), method


@LAW.rule(
    es=(
        "el acta sería una grabación que está prohibida",
        "use el modo `written`, `certificate` o `restricted_note`",
    ),
    en=(
        "the minutes would be a recording that is forbidden",
        "use mode `written`, `certificate` or `restricted_note`",
    ),
    law="LEC art. 146.2",
)
def forbidden_recording_is_not_the_minutes(case: Case) -> Broken:
    procedure = case.procedure
    if procedure.recording is RecordingPolicy.FORBIDDEN and procedure.minutes.mode == "recording_is_acta":
        yield ("minutes", "mode"), procedure.minutes.mode


@LAW.rule(
    es=("una vista no puede tener la grabación `{word}`", "use `mandatory_by_law` o `audio_only`"),
    en=("a hearing cannot have recording `{word}`", "use `mandatory_by_law` or `audio_only`"),
    law="LEC art. 147",
)
def hearings_are_recorded(case: Case) -> Broken:
    recorded = (RecordingPolicy.MANDATORY_BY_LAW, RecordingPolicy.AUDIO_ONLY)
    if case.procedure.family is Family.HEARING and case.procedure.recording not in recorded:
        yield ("recording",), case.procedure.recording


@LAW.rule(
    es=(
        "la grabación depende del consentimiento y ningún punto lo pide",
        "añada el punto de consentimiento (A05)",
    ),
    en=("recording depends on consent and no item asks for it", "plan the consent item (A05)"),
    law="Reglamento (UE) 2016/679 art. 7",
)
def consent_is_asked_for(case: Case) -> Broken:
    if case.items and case.procedure.recording in _ASKS and case.first(Verb.CONSENT) is None:
        yield ("recording",), case.procedure.recording


@LAW.rule(
    es=(
        "se pide consentimiento para grabar cuando no depende de él (`{word}`)",
        "quite el punto: se informa, no se pide",
    ),
    en=(
        "consent to record is asked for where it does not decide (`{word}`)",
        "remove the item: people are told, not asked",
    ),
    law="LEC art. 147",
)
def consent_is_not_asked_in_vain(case: Case) -> Broken:
    if case.procedure.recording not in _ASKS:
        for loc, item in case.planned():
            if item.verb is Verb.CONSENT:
                yield loc, item.code


@LAW.rule(
    es=(
        "la cita con una víctima no puede grabarse por mandato (`{word}`)",
        "use `forbidden` o `with_consent`",
    ),
    en=(
        "an appointment with a victim cannot be recorded by order (`{word}`)",
        "use `forbidden` or `with_consent`",
    ),
    law="RD 1109/2015 art. 8.1",
)
def victims_are_not_recorded_by_order(case: Case) -> Broken:
    allowed = (RecordingPolicy.FORBIDDEN, RecordingPolicy.WITH_CONSENT)
    if case.procedure.family is Family.VICTIM_ASSISTANCE and case.procedure.recording not in allowed:
        yield ("recording",), case.procedure.recording


@LAW.rule(
    es=("el correo a una víctima llevaría contenido (`{word}`)", "use `neutral` o `none`"),
    en=("the mail to a victim would carry content (`{word}`)", "use `neutral` or `none`"),
    law="RD 1109/2015 art. 8.1",
)
def victims_get_neutral_mail(case: Case) -> Broken:
    protected = case.procedure.family is Family.VICTIM_ASSISTANCE or case.procedure.privacy is Privacy.PROTECTED
    if protected and case.procedure.minutes.mail not in (MailContent.NEUTRAL, MailContent.NONE):
        yield ("minutes", "mail"), case.procedure.minutes.mail


@LAW.rule(
    es=("el papel protegido `{word}` no tiene alias", "añada `alias` con las palabras que verán los demás"),
    en=("the protected role `{word}` has no alias", "add `alias` with the words that others will see"),
    law="LO 19/1994 art. 2",
)
def protected_people_have_an_alias(case: Case) -> Broken:
    if case.procedure.privacy is Privacy.PROTECTED:
        for index, role in enumerate(case.procedure.roles):
            if role.side is Side.CITIZEN and role.alias is None:
                yield ("roles", index, "code"), role.code


@LAW.rule(
    es=("un procedimiento protegido mostraría su nombre en listas y correos", "añada `neutral_titles`"),
    en=("a protected procedure would show its name in lists and mails", "add `neutral_titles`"),
    law="LO 19/1994 art. 2",
)
def protected_procedures_have_neutral_titles(case: Case) -> Broken:
    if case.procedure.privacy is Privacy.PROTECTED and case.procedure.neutral_titles is None:
        yield ("titles",), case.procedure.id


@LAW.rule(
    es=("un procedimiento protegido no puede tener publicidad `{word}`", "use `closed`"),
    en=("a protected procedure cannot have publicity `{word}`", "use `closed`"),
    law="LO 19/1994 art. 2",
)
def protected_procedures_are_closed(case: Case) -> Broken:
    if case.procedure.privacy is Privacy.PROTECTED and case.procedure.publicity is not Publicity.CLOSED:
        yield ("publicity",), case.procedure.publicity


@LAW.rule(
    es=(
        "`{word}` se firma antes de identificar a nadie, o sin hacerlo",
        "planifique antes la identificación (A02)",
    ),
    en=(
        "`{word}` is for signing before, or without, identifying anybody",
        "plan the identification (A02) before it",
    ),
    law="RDL 6/2023 art. 60",
)
def people_are_identified_before_signing(case: Case) -> Broken:
    identified = case.first(Verb.IDENTIFY)
    for index, (loc, item) in enumerate(case.planned()):
        if item.verb is Verb.SIGN and (identified is None or identified > index):
            yield loc, item.code


@LAW.rule(
    es=("nadie informa de las advertencias en el orden del día", "planifique un punto que informe (A04)"),
    en=("no planned item gives the warnings", "plan an item that informs (A04)"),
    law="RDL 6/2023 art. 67",
)
def warnings_are_planned(case: Case) -> Broken:
    anybody = any(role.side is not Side.AUTHORITY for role in case.procedure.roles)
    if case.items and anybody and case.first(Verb.INFORM) is None:
        yield ("agenda", "planned"), Verb.INFORM.value


@LAW.rule(
    es=(
        "lo aportado (`{word}`) se daría por original",
        "use `digitised_copy`; el original lo es solo si se declara",
    ),
    en=(
        "what is deposited (`{word}`) would count as an original",
        "use `digitised_copy`; a scan is no original",
    ),
    law="RDL 6/2023 art. 40.1",
)
def scans_are_copies(case: Case) -> Broken:
    for index, document in enumerate(case.procedure.documents):
        copy = document.character is DocumentCharacter.DIGITISED_COPY
        if document.source is DocumentSource.DEPOSITED and not copy:
            yield ("documents", index, "character"), document.character


@LAW.rule(
    es=("la autoridad (`{word}`) firmaría sin certificado propio", "use `own_certificate`"),
    en=("the authority (`{word}`) would sign without a certificate of its own", "use `own_certificate`"),
    law="RDL 6/2023 art. 39",
)
def authorities_sign_with_their_certificate(case: Case) -> Broken:
    for index, plan in enumerate(case.procedure.signatures):
        for place, signer in enumerate(plan.signers):
            certified = signer == "body" or plan.method is SignatureMethod.OWN_CERTIFICATE
            if not certified and case.side(signer) is Side.AUTHORITY:
                yield ("signatures", index, "signers", place), signer


@LAW.rule(
    es=(
        "el acta no la firma quien la aprueba (`{word}`)",
        "añada su línea en `signatures`, con `own_certificate`",
    ),
    en=(
        "the minutes are not signed by who approves them (`{word}`)",
        "add its line to `signatures`, with `own_certificate`",
    ),
    law="RDL 6/2023 art. 39",
)
def minutes_are_signed_by_their_approver(case: Case) -> Broken:
    signers = {signer for plan in case.procedure.signatures if plan.document == MINUTES for signer in plan.signers}
    if case.procedure.minutes.approver not in signers:
        yield ("minutes", "approver"), case.procedure.minutes.approver

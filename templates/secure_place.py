"""What an office saw of the place where somebody takes part, in words."""

from domain.procedure.secure_place import Company
from templates.texts import text


def seen_there(
    *, acts_freely: bool, company: Company, others: str | None, private_talk: bool, hidden: bool, language: str
) -> str:
    """`actúa con libertad; no hay nadie más en la sala; …`. `hidden`: who accompanies them is not told."""
    if company is Company.ALONE:
        who = text("record.secure_place.alone", language)
    elif others and not hidden:
        who = text("record.secure_place.accompanied", language, others=others)
    else:
        who = text("record.secure_place.accompanied_by", language)
    freely = text(f"record.secure_place.{'acts_freely' if acts_freely else 'not_free'}", language)
    private = text(f"record.secure_place.{'private_talk' if private_talk else 'no_private_talk'}", language)
    return "; ".join((freely, who, private))

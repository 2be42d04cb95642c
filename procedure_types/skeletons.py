"""The rule that what a type is written with exists: a misspelt template would silently lose what the law wants said."""

from pathlib import Path

from agenda_types.rules import Broken, RuleBook
from procedure_types.lint import Case

SKELETONS: RuleBook[Case] = RuleBook()

_FOLDER = Path(__file__).parents[1] / "templates" / "skeletons"
_MINUTES = {"recording_is_acta": "written"}
"""Mode of minutes -> the folder of its skeletons, where both differ."""


@SKELETONS.rule(
    es=("no hay ninguna plantilla `{word}` para eso", "use una que exista, o `general`, que escribe todos los campos"),
    en=("there is no template `{word}` for that", "use one that exists, or `general`, which writes every field"),
)
def templates_exist(case: Case) -> Broken:
    minutes = case.procedure.minutes
    if minutes.template not in _known(f"minutes/{_MINUTES.get(minutes.mode, minutes.mode)}"):
        yield ("minutes", "template"), minutes.template
    for index, document in enumerate(case.procedure.documents):
        if document.template and document.template not in _known("documents"):
            yield ("documents", index, "template"), document.template


def _known(folder: str) -> set[str]:
    return {path.stem for path in (_FOLDER / folder).glob("*.jinja")}

"""The page of a procedure for whoever holds it, from a view that a test has made itself."""

from api.pages.procedure.view import ProcedureView
from api.pages.rendering import PageContext, render


def procedure_page(shown: ProcedureView, look: PageContext) -> str:
    return render(
        "procedure.html", look, shown=shown, view="video", document=None, page_number=1, erased=None, may_hold=True,
        path="/x",
    )  # fmt: skip

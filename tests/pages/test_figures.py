"""Countries to choose, what stands in a form beforehand, and what nobody types."""

from typing import Any

from playwright.sync_api import Browser

from api.commands.form_values import item_values
from api.pages.procedure.items_view import form_view
from api.pages.procedure.prefill import known_values
from api.pages.procedure.view import procedure_view
from domain.base import Texts
from domain.procedure.state import Procedure
from domain.types.computed import ColumnOf, Computed
from domain.types.item_type import AgendaItemType, FieldKind, ItemField
from domain.types.vocabulary import Verb
from templates.items import ItemWriter
from templates.words import Words
from tests.pages.conftest import PaintedPages
from tests.pages.procedure_page import procedure_page
from tests.pages.shown import looks
from tests.templates.samples import conciliation

SPANISH, ENGLISH = (next(look for look in looks() if look.language == code) for code in ("es", "en"))


def field(name: str, kind: FieldKind, es: str, en: str, **more: Any) -> ItemField:
    return ItemField(name=name, kind=kind, titles=Texts({"es": es, "en": en}), **more)


IN_ALL = Computed(sum_of=ColumnOf(rows="copies", column="price"))
COPIES = AgendaItemType(
    code="A11",
    id="copies",
    verb=Verb.NOTE,
    titles=Texts({"es": "Copias que se piden", "en": "Copies asked for"}),
    fields=(
        field("speaker", FieldKind.PARTICIPANT, "Quién las pide", "Who asks for them"),
        field("sent_to", FieldKind.COUNTRY, "País de destino", "Country they go to", default="PT", required=True),
        field(
            "copies",
            FieldKind.ROWS,
            "Copias",
            "Copies",
            columns=(
                field("what", FieldKind.LINE, "Documento", "Document", required=True, max_length=100),
                field("price", FieldKind.MONEY, "Precio", "Price", default="0.00"),
            ),
        ),
        field("how_many", FieldKind.INTEGER, "Cuántas", "How many", computed=Computed(count="copies")),
        field("price", FieldKind.MONEY, "En total", "In all", computed=IN_ALL),
    ),
)
SAVED = {
    "sent_to": "PT",
    "copies": [{"what": "Sentencia", "price": "3.50"}, {"what": "Auto", "price": "1.00"}],
    "how_many": 2,
    "price": "4.50",
}


def running() -> Procedure:
    act = conciliation()
    opened = [n for n, (event, _) in enumerate(act.events) if type(event).__name__ == "ItemOpened"]
    codes = [act.procedure.item(act.events[n][0].item).code for n in opened]  # type: ignore[attr-defined]
    act.events = act.events[: opened[codes.index("A11")] + 1]
    state = act.procedure
    return state.but(type=state.type.but(items=state.type.items | {"A11": COPIES}))


def page(look: Any, typed: dict[str, Any]) -> str:
    state = running()
    open_item = state.open_item()
    assert open_item is not None and open_item.code == "A11"
    return procedure_page(procedure_view(state, 9, state.hosts[0], look, (), (open_item.id, typed), None, {}), look)


def test_what_stands_in_a_form_beforehand_is_there_until_somebody_writes() -> None:
    state = running()
    item = state.open_item()
    assert item is not None
    known = known_values(state, item, SPANISH)
    assert known == {"speaker": state.citizens[0].id, "sent_to": "PT"}, "beside what the platform knows"
    untouched = {one.plain: one for one in form_view(state, item, known, SPANISH, {}).fields}
    assert untouched["sent_to"].value == "PT" and ("PT", "Portugal") in untouched["sent_to"].options
    assert [cell.value for cell in untouched["copies"].rows[0]] == ["", "0.00"]
    written = {one.plain: one for one in form_view(state, item, {"copies": SAVED["copies"]}, SPANISH, {}).fields}
    assert written["sent_to"].value == "", "whoever emptied it finds it empty"


def test_countries_stand_in_the_order_of_the_language() -> None:
    spanish, english = (list(Words(code, "Europe/Madrid").countries().values()) for code in ("es", "en"))
    assert len(spanish) == len(english) == 249
    assert spanish.index("Afganistán") < spanish.index("Åland (Islas)" if "Åland (Islas)" in spanish else "Albania")
    assert spanish.index("España") < spanish.index("Estados Unidos") < spanish.index("Francia")
    assert english.index("Spain") > english.index("Portugal")


def test_a_row_that_nobody_wrote_into_is_none() -> None:
    form = {"f.sent_to": "FR", "f.copies.0.what": "", "f.copies.0.price": "0.00"}
    assert item_values(COPIES, form) == {"sent_to": "FR"}
    assert item_values(COPIES, form | {"f.copies.0.price": "2"})["copies"] == [{"price": "2"}]


def test_the_record_tells_a_country_by_its_name() -> None:
    item = running().open_item()
    assert item is not None
    for language, name in (("es", "Alemania"), ("en", "Germany")):
        writer = ItemWriter(running(), Words(language, "Europe/Madrid"))
        told = writer.listing(item.but(values=SAVED | {"sent_to": "DE"}))
        assert name in told and "4" in told


def test_nobody_is_asked_to_type_what_is_computed(painted: PaintedPages, browser: Browser) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto(painted.put("figures", page(SPANISH, SAVED)))
    form = tab.locator("form[id^=form-]")
    assert form.locator('[data-test="computed-how_many"]').inner_text() == "2"
    assert form.locator('[name="f.how_many"], [name="f.price"]').count() == 0
    assert form.locator('[name="f.sent_to"]').input_value() == "PT"
    assert "Portugal" in form.locator('[name="f.sent_to"] option:checked').inner_text()
    tab.close()

"""Acts that most procedures never see, in a real browser: each refusal teaches, each act is seen by the others."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.async_api import async_playwright

from adapters.postgres.database import Database
from bench.demo.playing import set_the_stage
from bench.demo.screen import CHROMIUM, FLAGS
from bench.installation import settings_of
from bench.papers import scanned_page
from deploy.stack import Stack
from tests.journeys.bad_files import bad_files
from tests.journeys.rare_acts import Cast, arrives, asked_for, looks_at_place, refused, states_shown, told
from tests.journeys.rare_proofs import check_in_public, pdf_behind, take_bundle_away
from tests.journeys.rare_room import UP_TO_THE_AGREEMENT, Clerk, Party

pytestmark = [pytest.mark.live_media, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A whole stack with procedures to be held, for all of this module."""
    with Stack(tmp_path_factory.mktemp("rare")) as stack:
        set_the_stage(stack)
        yield stack


@pytest.fixture
async def cast(stage: Stack, tmp_path: Path) -> AsyncIterator[Cast]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        async with AsyncExitStack() as closing:
            yield Cast(settings_of(stage), browser, tmp_path, closing)
        await browser.close()


async def test_the_desk_helps_somebody_whose_code_does_not_work_and_attests_that_she_acts_freely(cast: Cast) -> None:
    procedure, person = cast.seeded("life-certificate"), cast.people("life-certificate")[0]
    xoel = await cast.staff("xoel.vilas")
    uxia = await cast.staff("uxia.carballo")
    looks = [states_shown(screen.page) for screen in (xoel, uxia)]
    await uxia.go(f"/procedures/{procedure}")
    eladio = await cast.screen("eladio")
    await eladio.keep("estrado-device", person.computer)
    await eladio.go("/")
    await eladio.press("have-summons")
    for wrong in ("AAAA-BBBB-CCCC", "", f"{person.code[:-1]}{'A' if person.code[-1] != 'A' else 'B'}"):
        await eladio.fill("summons-code", wrong)
        await eladio.press("enter-code")
        await refused(eladio, "summons_code_unknown", "pida ayuda en la oficina")
    await xoel.fill("desk-code", "AAAA-BBBB-CCCC")
    await xoel.press("desk-look")
    await told(xoel, '[data-test="desk-found"]', "Ninguna citación tiene ese código")
    await xoel.fill("desk-code", person.code.lower().replace("-", " "))
    await xoel.press("desk-look")
    await xoel.page.wait_for_url(f"**/desk/{procedure}")

    await eladio.fill("summons-code", person.code)
    await eladio.press("enter-code")
    await eladio.press("ask-help")
    await told(eladio, '[data-test="help-asked"]', "Una persona viene a ayudarle")
    await xoel.press(f"answer-help-{person.id}")
    await eladio.control("ask-help").wait_for()
    await eladio.press("check-in")
    await looks_at_place(xoel, person.id)
    await told(uxia, f"#person-{person.id}", "libertad comprobada por la oficina")
    await told(uxia, '[data-test="timeline"]', "La oficina comprueba el lugar de Eladio Naveira Couso: actúa")

    # Nobody is sent the same state twice: whoever acts has it with the answer, the others when they are told of it.
    for seen in looks:
        assert len(seen) > 2 and len(seen) == len(set(seen))
    async with Database.connect(cast.settings.database_url, connections=1) as database:
        logged = await database.rows(
            "SELECT FROM read_audit WHERE procedure = $1 AND what IN ('page', 'desk')", procedure
        )
    assert len(logged) == sum(map(len, looks))


async def test_consent_to_recording_may_be_taken_back_and_the_clerk_sees_it(cast: Cast) -> None:
    procedure = await cast.ask("701/2026", name="Sabino Rouco Lema", email="sabino.rouco@correo.example")
    uxia = await cast.staff("uxia.carballo", f"/procedures/{procedure}")
    sabino = await cast.screen("sabino")
    await sabino.go("/code")
    await sabino.fill("summons-code", cast.summoned(procedure, "Sabino Rouco Lema").code)
    await sabino.press("enter-code")
    await sabino.press("check-in")
    assert await sabino.page.locator('[name="given"]').count() == 0  # nothing is recorded, so nobody is asked
    await sabino.press("accept-warnings")
    shown = await sabino.page.evaluate("JSON.parse(document.body.getAttribute('hx-headers:inherited'))")
    answer = await sabino.page.request.post(
        f"{cast.settings.public_url}/api/v1/procedures/{procedure}/commands/give_consent",
        data={"participant": "p1", "scope": "audio_video", "given": True},
        headers={**shown, "Idempotency-Key": "consent-701"},
    )
    assert answer.status == 200, await answer.text()
    await told(uxia, "#person-p1", "consiente que se grabe")
    await sabino.press("equipment-good")

    await sabino.press("withdraw-open")
    await sabino.press("withdraw")

    await told(uxia, "#person-p1", "no consiente que se grabe")
    await sabino.control("withdraw-open").wait_for(state="detached")
    assert "/citizen/room" in sabino.page.url


async def test_the_desk_learns_why_a_file_is_not_taken_in_and_prints_the_receipt_of_one_that_is(
    cast: Cast, tmp_path: Path
) -> None:
    procedure = await cast.ask("703/2026", name="Celsa Tato Riveiro")
    await cast.seated(cast.summoned(procedure, "Celsa Tato Riveiro"))
    xoel = await cast.staff("xoel.vilas", f"/desk/{procedure}")
    uxia = await cast.staff("uxia.carballo", f"/procedures/{procedure}")
    await xoel.press("upload-send")
    await told(xoel, '[data-test="upload-refused"]', "Escriba el título y elija el archivo")
    for words, file in bad_files(tmp_path).items():
        await xoel.fill("upload-title", "Certificado de empadronamiento")
        await xoel.hand_over("upload-files", file)
        await xoel.press("upload-send")
        await told(xoel, '[data-test="upload-refused"]', words)
    await told(uxia, '[data-test="timeline"]', "No se admite un archivo: el archivo tiene contraseña")

    (tmp_path / "paper.jpg").write_bytes(scanned_page())
    await xoel.hand_over("upload-files", tmp_path / "paper.jpg")
    await xoel.press("upload-send")
    await told(xoel, '[data-test="brought"]', "Certificado de empadronamiento")
    with pypdfium2.PdfDocument(await pdf_behind(xoel, "receipt-d1")) as receipt:
        assert "Certificado de empadronamiento" in receipt[0].get_textpage().get_text_range()


async def test_an_adjourned_act_begins_again_on_its_new_date_and_everybody_is_told(cast: Cast) -> None:
    procedure, person = cast.seeded("hearing"), cast.people("hearing")[0]
    breixo = await cast.staff("breixo.lameiro", f"/procedures/{procedure}")
    lucia = await cast.seated(person)
    await breixo.press("adjourn-open")
    await breixo.fill("new-date", "2020-01-07T10:30")
    await breixo.fill("adjourn-reason", "Falta el informe del perito.")
    await breixo.press("adjourn")
    await refused(breixo, "date_in_the_past", "Elija un día y una hora por venir")
    await breixo.fill("new-date", "2031-01-07T10:30")
    await breixo.press("adjourn")

    await told(breixo, "#act-head", "7 de enero de 2031")
    await arrives(cast, "lucia.bouzas@correo.example", "Su cita por videoconferencia cambia de fecha")
    await told(lucia, '[data-test="moved"]', "sigue el 7 de enero de 2031, a las 10:30")
    await lucia.press("check-in")
    await told(breixo, "#next", "Hay personas esperando")


async def test_a_notice_to_a_wrong_address_waits_for_the_right_one_and_who_was_told_learns_of_the_cancellation(
    cast: Cast,
) -> None:
    procedure = await cast.ask("702/2026", name="Obdulia Rei Castro", email="obdulia.rei@correo")
    uxia = await cast.staff("uxia.carballo", "/board")
    await uxia.press(f"settle-{procedure}")
    await told(uxia, "#trouble", "Obdulia Rei Castro: obdulia.rei@correo")
    await uxia.fill("trouble-email", "obdulia.rei")
    await uxia.press("retry-step")
    await refused(uxia, "mail_address_invalid", "Corrija la dirección")
    assert await uxia.control("trouble-email").get_attribute("aria-invalid") == "true"
    await uxia.fill("trouble-email", "obdulia.rei@correo.example")
    await uxia.press("retry-step")
    await uxia.page.locator('[data-stage="summoned"]').wait_for()
    await told(uxia, '[data-test="timeline"]', "Un paso automático espera: la dirección de correo no es válida")

    obdulia = await cast.screen("obdulia")
    await obdulia.go(f"/code?code={cast.summoned(procedure, 'Obdulia Rei Castro').code}")
    await obdulia.press("enter-code")
    await obdulia.control("check-in").wait_for()
    await uxia.press("cancel-open")
    await uxia.fill("cancel-reason", "no")
    await uxia.press("cancel")
    await refused(uxia, "field_too_short", "algunas palabras más")
    await uxia.fill("cancel-reason", "Ya no necesita el certificado.")
    await uxia.press("cancel")

    await told(uxia, "#next", "El acto se anuló")
    await told(obdulia, '[data-test="not-held"]', "El acto se ha anulado")
    await arrives(cast, "obdulia.rei@correo.example", "Su cita por videoconferencia se ha anulado")


async def test_an_office_computer_that_is_revoked_is_no_office_computer_any_more(cast: Cast) -> None:
    roi = await cast.staff("roi.estevez")
    await roi.page.wait_for_url("**/administration")
    await roi.choose("enrol-office", "ojm-areal")
    await roi.fill("enrol-label", "Puesto de prueba")
    await roi.press("enrol")
    await told(roi, '[data-test="enrolled-here"]', "Puesto de prueba")
    row = roi.page.locator('[data-test="offices"] li').filter(has_text="Puesto de prueba")
    await row.locator('[data-test^="revoke-"]').click()

    await row.filter(has_text="De baja").wait_for()
    await roi.control("enrolled-here").wait_for(state="detached")


async def test_an_act_in_which_much_goes_wrong_ends_in_minutes_that_tell_it(cast: Cast) -> None:
    people = cast.people("conciliation")
    act = await Clerk.of(cast, "iria.outeiro", cast.seeded("conciliation"))
    anxo, marta = [Party(cast, person, await cast.seated(person)) for person in people]
    await act.official.open_room(people)
    await act.press_keys_only()

    await pins_run_out_and_an_identity_is_waived(act, anxo, marta)
    await a_recess_and_a_short_absence_repeat_nothing(act, anxo, marta, cast.seeded("conciliation"))
    await an_interruption_repeats_the_identification(act, anxo, marta)

    await act.deal_with(UP_TO_THE_AGREEMENT)
    await act.write_agreement()
    await asyncio.gather(anxo.refuse_to_sign("No es lo que hablamos."), marta.sign())
    await told(act.screen, f'[data-test="reading-d1-{anxo.id}"]', "no firma: No es lo que hablamos.")
    await act.deal_with({"A24": [{"choose:result": "no_agreement"}]})
    await act.read_minutes_and_order(anxo, marta)
    await act.skip_what_is_left("No procede en este acto.")
    await act.official.close("no_agreement")
    await told(act.screen, '[data-test="minutes-draft"]', "Anxo Ruiz Seoane decidió no firmar")
    await act.correct("Causa: corte del suministro eléctrico", "Se fue la luz por la tormenta.", "Consta la causa")
    await asyncio.gather(act.official.approve_and_sign(), anxo.sign(), marta.sign())

    await take_bundle_away(cast, act.screen, why="Petición del juzgado de Lira")
    code = await anxo.screen.control("csv").inner_text()
    await check_in_public(cast, code, sealed=await pdf_behind(act.screen, "minutes-pdf"))


async def pins_run_out_and_an_identity_is_waived(act: Clerk, anxo: Party, marta: Party) -> None:
    await act.see_document(anxo)
    await anxo.guess_pin_three_times()
    await anxo.enter_pin()
    await act.waive(marta, "no")
    await refused(act.screen, "field_too_short", "algunas palabras más")
    await act.waive(marta, "La conozco y su móvil no tiene cobertura.")
    await told(act.screen, f"#person-{marta.id}", "Identidad eximida con motivo")


async def a_recess_and_a_short_absence_repeat_nothing(act: Clerk, anxo: Party, marta: Party, procedure: str) -> None:
    await act.screen.press("recess")
    await told(anxo.screen, "#task", "Hay un descanso")
    await act.screen.press("go-board")
    await act.screen.press(f"resume-{procedure}")
    await asked_for(anxo.screen, "talk")
    await marta.close_page_and_return(seen_by=act.screen)
    await asked_for(marta.screen, "talk")


async def an_interruption_repeats_the_identification(act: Clerk, anxo: Party, marta: Party) -> None:
    await act.interrupt("power_cut", "Se va la luz en Lira")
    await told(marta.screen, '[data-test="stopped-meanwhile"]', "El acto está parado (corte del suministro eléctrico)")
    await act.screen.press("resume")
    await refused(act.screen, "identity_lapsed", "Repita la comprobación")
    await act.see_document(anxo)
    await anxo.enter_pin()
    await act.waive(marta, "La conozco y su móvil no tiene cobertura.")
    await told(act.screen, "#next", "Todo está listo para reanudar")
    await act.screen.press("resume")
    await asked_for(marta.screen, "talk")

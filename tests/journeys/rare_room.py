"""What people do in the room when things go wrong: the gestures of a clerk and of two citizens."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from playwright.async_api import Error as BrowserTrouble

from bench.demo.citizen import Person
from bench.demo.official import Official
from bench.demo.screen import Screen
from tests.journeys.rare_acts import SOON, Cast, asked_for, refused, told

UP_TO_THE_AGREEMENT: dict[str, list[dict[str, str]]] = {
    "A01": [{"choose:publicity": "public"}],
    "A02": [{"choose:persons.0.person": "p1"}],
    "A04": [{}],
    "A11": [
        {"choose:speaker": "p1", "summary": "Pide que se repare la valla."},
        {"choose:speaker": "p2", "summary": "Ofrece pagar la reparación."},
    ],
}
"""What the law puts before an agreement."""
MINUTES_READ = "A39"
"""Opening it writes the draft, which everybody has to be shown."""


@dataclass
class Party:
    """A citizen before the room's page."""

    cast: Cast
    person: Person
    screen: Screen

    @property
    def id(self) -> str:
        return self.person.id

    async def enter_pin(self) -> None:
        """The one that came last."""
        await self.screen.press("begin-identification")
        await asked_for(self.screen, "complete_identification")
        await self.screen.fill("pin", self.cast.pin(self.person))
        await self.screen.press("complete-identification")
        await self.screen.control("pin").wait_for(state="detached")

    async def guess_pin_three_times(self) -> None:
        """And too short, which costs no attempt."""
        screen = self.screen
        await screen.press("begin-identification")
        await asked_for(screen, "complete_identification")
        await screen.fill("pin", "12")
        await screen.press("complete-identification")
        await refused(screen, "field_invalid", "Revise el campo marcado")
        wrong = "000000" if self.cast.pin(self.person) != "000000" else "111111"
        for left in (2, 1):
            await screen.fill("pin", wrong)
            await screen.press("complete-identification")
            await told(screen, "#problem-box", f"Intentos que quedan: {left}")
        await screen.fill("pin", wrong)
        await screen.press("complete-identification")
        await refused(screen, "identification_exhausted", "Empiece otra vez")
        await asked_for(screen, "begin_identification")

    async def read(self) -> None:
        """Every page, and say that it is understood."""
        await asked_for(self.screen, "read")
        while await self.screen.there("read-page"):
            with suppress(BrowserTrouble):
                await self.screen.press("read-page", 2000)
            await asyncio.sleep(0.5)
        await self.screen.press("understand")

    async def sign(self) -> None:
        await self.read()
        await self.screen.press("send-sign-pin")
        await self.screen.control("sign-pin").wait_for()
        await self.screen.fill("sign-pin", self.cast.pin(self.person))
        await self.screen.press("sign")
        await refused(self.screen, "will_not_explicit", "Marque la casilla")
        await self.screen.check("explicit")
        await self.screen.press("sign")
        await self.screen.control("sign-pin").wait_for(state="detached")

    async def refuse_to_sign(self, reason: str) -> None:
        await self.read()
        await self.screen.press("refuse-open")
        await self.screen.fill("refuse-reason", reason)
        await self.screen.press("refuse")
        await asked_for(self.screen, "talk")

    async def close_page_and_return(self, seen_by: Screen) -> None:
        page, context = self.screen.page, self.screen.page.context
        await page.close()
        await told(seen_by, f'[data-test="presence-{self.id}"]', "Se ha ido")
        await told(seen_by, "#next", f"Falta {self.person.name}")
        self.screen.page = await context.new_page()
        await self.screen.go("/citizen")
        await told(seen_by, f'[data-test="presence-{self.id}"]', "En la sala")


async def nothing_happens(moment: str) -> None:
    """Nobody kills anything here."""


@dataclass
class Clerk:
    """Whoever holds the act. What goes as usual is left to `official`."""

    screen: Screen
    official: Official

    @classmethod
    async def of(cls, cast: Cast, name: str, procedure: str) -> "Clerk":
        screen = await cast.staff(name, f"/procedures/{procedure}")
        login = f"{name}@justicia.atlantia.example"
        return cls(screen, Official(screen, login, cast.password(name), procedure, nothing_happens))

    async def press_keys_only(self) -> None:
        """Microphone, list of keys and commands without a pointer: one key opens, Escape or Enter leads back."""
        page = self.screen.page
        focused = "document.activeElement.id || document.activeElement.dataset.test"
        for pressed in ("false", "true"):
            await page.keyboard.press("m")
            await page.keyboard.press("Enter")
            await page.locator(f'[data-test="microphone"][aria-pressed="{pressed}"]').wait_for(timeout=SOON)
        await page.keyboard.press("?")
        await page.locator("#keys[open]").wait_for(timeout=SOON)
        await page.keyboard.press("Escape")
        await page.locator("#keys:not([open])").wait_for(state="attached", timeout=SOON)
        await page.keyboard.press("/")
        await page.locator("#palette[open]").wait_for(timeout=SOON)
        assert await page.evaluate(focused) == "palette-search"
        await page.keyboard.type("cantar")
        await told(self.screen, "#palette-none", "no hay ninguna orden")
        await page.keyboard.press("Control+A")
        await page.keyboard.type("receso")
        await page.keyboard.press("Enter")
        await page.locator("#palette:not([open])").wait_for(state="attached", timeout=SOON)
        assert await page.evaluate(focused) == "recess"

    async def see_document(self, party: Party) -> None:
        """Take the picture and compare the number, until the page asks for what comes next."""
        screen, number = self.screen, f"document-number-{party.id}"
        async with asyncio.timeout(90):
            while not await screen.there(f"asks-pin_to_mobile-{party.id}"):
                with suppress(BrowserTrouble):
                    if not await screen.there(number):
                        await screen.press(f"begin-{party.id}", 2000)
                        await screen.control(number).wait_for(timeout=10000)
                    await screen.fill(number, party.person.number, 2000)
                    await screen.press(f"complete-{party.id}", 2000)
                    await screen.control(f"asks-pin_to_mobile-{party.id}").wait_for(timeout=5000)

    async def waive(self, party: Party, reason: str) -> None:
        if not await self.screen.there(f"waive-reason-{party.id}"):
            await self.screen.press(f"waive-open-{party.id}")
        await self.screen.fill(f"waive-reason-{party.id}", reason)
        await self.screen.press(f"waive-{party.id}")

    async def interrupt(self, cause: str, note: str) -> None:
        screen = self.screen
        await screen.press("interrupt-open")
        await screen.choose("cause", cause)
        await screen.choose("must-act", "office")
        await screen.fill("interrupt-note", note)
        await screen.press("interrupt")
        await told(screen, '[data-test="must-act-now"]', "la oficina municipal")

    async def write_agreement(self) -> None:
        """The item of the agreement, done: from it comes the document to be signed."""
        screen = self.screen
        name = await screen.page.locator('[data-code="A23"]').get_attribute("data-test")
        assert name is not None
        await screen.press(f"open-{name.removeprefix('item-')}")
        await screen.choose("f.scope", "total")
        await screen.fill("f.clauses.0.text", "La requerida paga la reparación de la valla.")
        await screen.choose("f.clauses.0.obligor", "p2")
        await screen.press("done-item")
        await screen.press("present-d1")

    async def correct(self, said: str, after: str, reason: str) -> None:
        """Put the paragraph of the draft that says so right; both wordings stay to be seen."""
        screen = self.screen
        block = screen.page.locator('[data-test^="block-"]').filter(has_text=said).first
        name = ((await block.get_attribute("data-test")) or "").removeprefix("block-")
        await screen.press(f"correct-open-{name}")
        await screen.fill(f"after-{name}", after)
        await screen.press(f"correct-{name}")
        await refused(screen, "field_required", "Rellene el campo marcado")
        await screen.fill(f"why-{name}", reason)
        await screen.press(f"correct-{name}")
        await told(screen, f'[data-test="block-{name}"] del', said)
        await told(screen, f'[data-test="block-{name}"] ins', after)
        await told(screen, f'[data-test="block-{name}"]', reason)

    async def skip(self, item: str, reason: str) -> None:
        await self.screen.press(f"more-{item}")
        await self.screen.fill(f"skip-reason-{item}", reason)
        await self.screen.press(f"skip-{item}")

    async def deal_with(self, words: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
        """Each planned item of those codes, in that order; `choose:` before the name of what is chosen."""
        screen = self.screen
        for code, said in words.items():
            for values in said:
                planned = screen.page.locator(f'[data-code="{code}"][data-state="planned"]').first
                name = await planned.get_attribute("data-test")
                assert name is not None
                await screen.press(f"open-{name.removeprefix('item-')}")
                if code == MINUTES_READ:  # once they are drafted
                    await screen.page.locator('[data-test^="present-"][type="submit"]').first.wait_for(timeout=SOON)
                    await self.official.show_everything()
                for field, value in values.items():
                    kind, _, chosen = field.partition(":")
                    await (
                        screen.choose(f"f.{chosen}", value) if kind == "choose" else screen.fill(f"f.{field}", value)
                    )
                await screen.press("done-item")
                await screen.page.locator(f'[data-test="{name}"][data-state="done"]').wait_for(timeout=SOON)

    async def read_minutes_and_order(self, *parties: Party) -> None:
        """The draft, shown to the parties; then the order that ends the act, which they read too."""
        await self.deal_with({MINUTES_READ: [{"choose:manner": "on_screen"}]})
        await asyncio.gather(*(party.read() for party in parties))
        await self.deal_with({"A26": [{"choose:ruling": "court_order", "operative_part": "Terminó sin avenencia."}]})
        await asyncio.gather(self.official.have_signed(), *(party.read() for party in parties))

    async def skip_what_is_left(self, reason: str) -> None:
        planned = self.screen.page.locator('[data-test="agenda"] > li[data-state="planned"]')
        while await planned.count():
            name = await planned.first.get_attribute("data-test")
            assert name is not None
            await self.skip(name.removeprefix("item-"), reason)
            await self.screen.page.locator(f'[data-test="{name}"][data-state="skipped"]').wait_for(timeout=SOON)

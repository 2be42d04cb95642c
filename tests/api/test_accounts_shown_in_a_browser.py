"""Somebody signs: in another tab they show their account, and the page stays as it was meanwhile."""

from playwright.sync_api import sync_playwright

from deploy.account_provider.pages import PASSWORD
from tests.api.people import CLERK, House
from tests.api.test_accounts_shown import known, procedure

__all__ = ["known", "procedure"]


def test_it_signs_in_a_browser_and_what_was_typed_is_still_there(known: House, procedure: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_context(locale="es-ES").new_page()
        tab.goto(f"{known.url}/staff")
        tab.locator("[data-test=provider-atlantia]").click()
        tab.locator("[data-test=provider-email]").fill(CLERK)
        tab.locator("[data-test=provider-password]").fill(PASSWORD)
        tab.locator("[data-test=provider-enter]").click()
        tab.locator("[data-test=go-account]").wait_for()
        tab.goto(f"{known.url}/procedures/{procedure}")
        link = tab.locator("[data-test^=show-account-]")
        tab.locator("[data-test=sign-password]").fill("a password that was begun")
        note = tab.locator("[data-test=interrupt-note]")
        note.evaluate("field => field.closest('details')?.setAttribute('open', '')")
        note.fill("Un receso breve.")
        tab.evaluate("globalThis.sameTab = true")
        with tab.context.expect_page() as opened:
            link.click()
        there = opened.value
        there.locator("[data-test=provider-again]").wait_for()
        there.locator("[data-test=provider-email]").fill(CLERK)
        there.locator("[data-test=provider-password]").fill(PASSWORD)
        there.locator("[data-test=provider-enter]").click()
        there.locator("[data-test=account-shown-title]").wait_for()
        there.wait_for_load_state()
        there.close()
        tab.locator("[data-test^=account-shown-]").wait_for()
        assert tab.evaluate("globalThis.sameTab"), "the page stayed as it was"
        assert note.input_value() == "Un receso breve."
        tab.locator("[data-test^=sign-d]").click()
        tab.locator("[data-test^=account-shown-]").wait_for(state="detached")
        browser.close()

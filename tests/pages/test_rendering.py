"""Every template paints every state of every sample act, in both languages, and keeps the rules of the house."""

import re
from dataclasses import replace

import pytest

from api.pages.rendering import PageContext, render
from tests.pages.conftest import PROJECT
from tests.pages.shown import looks, moments, of_lists, of_procedure
from tests.templates.samples import VICTIM_SECRETS, victim_appointment

LOOKS = list(looks())


def name_of(look: PageContext) -> str:
    return f"{look.administration.id}-{look.language}"


@pytest.mark.parametrize("look", LOOKS[:2], ids=name_of)
def test_every_page_is_painted_at_every_moment_of_every_act(look: PageContext) -> None:
    painted = [html for act, state, count in moments() for _, html in of_procedure(act, state, count, look)]
    assert len(painted) > 500
    assert all(html.rstrip().endswith("</html>") for html in painted)


@pytest.mark.parametrize("look", LOOKS, ids=name_of)
def test_no_page_has_a_script_or_a_style_of_its_own(look: PageContext) -> None:
    for name, html in of_lists(look):
        assert not re.search(r"<script(?![^>]*\bsrc=)", html), name
        assert not re.search(r"<style|\sstyle=|\son\w+=", html), name


FORM = re.compile(r"<form([^>]*)>(.*?)</form>", re.DOTALL)
TYPED_INTO = re.compile(r"<(?:textarea|select)|<input(?![^>]*type=\"(?:hidden|file|checkbox|radio)\")")
OF_A_WHOLE_PAGE = {
    r"/desk|/board/names": "the answer says beside the field that nobody has that code, or that name",
    r"/administration/types/[^/]+/(approve|reject)": "two buttons with an address each; what is typed is one line",
    r"/account/passkeys.*|/staff/passkey": "a page with a script of its own; no field keeps a password",
}
"""Addresses of forms that are sent the plain way, each with its reason."""


@pytest.mark.parametrize("look", LOOKS[:1], ids=name_of)
def test_what_is_refused_is_told_at_the_fields_and_what_was_typed_stays(look: PageContext) -> None:
    """Scar: whoever forgot one field of a new account typed all of them again."""
    plain, in_place = set[str](), set[str]()
    for _, html in of_lists(look):
        for attributes, inner in FORM.findall(html):
            if 'method="post"' in attributes and "multipart" not in attributes and TYPED_INTO.search(inner):
                (action,) = re.findall(r' action="([^"]*)"', attributes)
                (in_place if "data-act" in attributes else plain).add(action)
    assert [action for action in plain if not re.fullmatch("|".join(OF_A_WHOLE_PAGE), action)] == []
    assert in_place >= {"/staff", "/administration/accounts", "/account/password", "/administration/webhooks"}


def test_titles_and_addresses_name_nobody() -> None:
    for act, state, count in moments():
        for name, html in of_procedure(act, state, count, LOOKS[0]):
            title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
            assert title
            addresses = " ".join(re.findall(r'(?:href|action|src)="([^"]*)"', html))
            for person in state.participants:
                for word in person.name.split():
                    assert word not in title[1], (name, word)
                    assert word not in addresses, (name, word)


def test_a_protected_persons_pages_say_nothing_of_who_or_why() -> None:
    act = victim_appointment()
    pages = [
        html for name, html in of_procedure(act, act.procedure, len(act.events), LOOKS[0]) if name.startswith("citizen")
    ]
    for html in pages:
        shown = re.sub(r"<[^>]*>", " ", html)
        for secret in (*VICTIM_SECRETS, "víctima", "Víctima"):
            assert not re.search(rf"\b{re.escape(secret)}\b", shown.split("<footer")[0]), secret
        assert 'data-test="exit-this-page"' in html


def test_the_languages_to_choose_are_those_of_the_administration_that_there_are_words_in() -> None:
    """Basque is offered and not written yet; English is there for whoever comes, offered or not."""
    offering = LOOKS[0].administration.but(languages=("es", "eu"))
    look = replace(LOOKS[0], language="es", administration=offering)
    html = render("welcome.html", look, where="welcome", path="/")
    assert re.findall(r'hreflang="([^"]+)"', html) == ["en"]
    assert '<span aria-current="true" lang="es">Español</span>' in html


def test_every_button_that_asks_for_an_act_carries_a_key_of_its_own() -> None:
    act, state, count = next(moment for moment in moments() if moment[1].stage.value == "in_session")
    for _, html in of_procedure(act, state, count, LOOKS[0]):
        keys = re.findall(r'name="key" value="([^"]+)"', html)
        assert len(keys) == len(set(keys))
        assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._:-]{7,79}", key) for key in keys)


def test_no_link_says_that_it_is_a_button() -> None:
    """The space bar presses a button by itself, and such a link only once a script has come."""
    for file in (PROJECT / "templates/pages").rglob("*.html"):
        assert 'role="button"' not in file.read_text(encoding="utf-8"), file.name

"""What somebody does with a procedure once it is over: take the evidence away, compare a file with the sealed one."""

import base64
import zipfile
from urllib.parse import urljoin, urlsplit

from bench.demo.screen import Screen
from tests.journeys.rare_acts import Cast, told

DROP = """([content]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const dropped = new DataTransfer();
  dropped.items.add(new File([bytes], "acta.pdf", { type: "application/pdf" }));
  document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { bubbles: true, dataTransfer: dropped }));
}"""


async def take_bundle_away(cast: Cast, clerk: Screen, why: str) -> None:
    """The clerk downloads it and says why; the auditor reads who did, and for what."""
    await clerk.press("go-evidence")
    await clerk.fill("why", why)
    async with clerk.page.expect_download() as downloading:
        await clerk.press("download-bundle")
    assert zipfile.is_zipfile(await (await downloading.value).path())
    auditor = await cast.staff("marina.couto", urlsplit(clerk.page.url).path)
    await told(auditor, "#main", why)
    await clerk.press("back")


async def check_in_public(cast: Cast, code: str, sealed: bytes) -> None:
    """By the printed code, mistyped first; then a file dropped on the page, as it was sealed and touched since."""
    anybody = await cast.screen("anybody")
    await anybody.go("/verificar")
    await anybody.fill("csv", code[:-1])
    await anybody.press("verify-code")
    await anybody.control("mistyped").wait_for()
    await anybody.fill("csv", code.lower())
    await anybody.press("verify-code")
    await anybody.page.locator('[data-verdict="known"]').wait_for()
    await anybody.page.wait_for_load_state()  # nothing hears a drop before the page's script has run
    for content, answer in ((sealed, "Es el mismo documento."), (sealed + b"\n", "No es el mismo documento.")):
        await anybody.page.evaluate(DROP, [base64.b64encode(content).decode()])
        await told(anybody, '[data-test="drop-answer"]', answer)


async def pdf_behind(screen: Screen, control: str) -> bytes:
    """The PDF that the first link of the page whose name begins so hands out."""
    address = await screen.page.locator(f'[data-test^="{control}"]').first.get_attribute("href")
    answer = await screen.page.request.get(urljoin(screen.page.url, address))
    assert answer.ok
    return await answer.body()

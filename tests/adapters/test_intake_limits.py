"""The limits of taking a deposit in: each ends it with its own reason, and nothing is left behind."""

import asyncio
import os
import resource
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from adapters.intake import PROGRAM
from adapters.limited.processes import LimitedProcesses
from deploy.probes import descendants, is_running
from domain.errors import Refusal
from domain.files import MOST_WORK, WORK_TO_EXAMINE
from tests.adapters.hostile import flate_bomb, form_bomb, image_bomb, many_streams
from tests.adapters.sheets import encoded, pdf_of, picture
from tests.adapters.taking_in import AT, TITLE, fixed, intake
from tests.conftest import eventually


@pytest.mark.parametrize(
    ("bomb", "code"),
    [
        (flate_bomb, "file_unpacks_too_large"),
        (many_streams, "file_unpacks_too_large"),
        (image_bomb, "image_too_many_pixels"),
    ],
)
async def test_a_small_file_that_would_unpack_to_a_huge_one_is_refused(bomb: Callable[[], bytes], code: str) -> None:
    content = bomb()
    assert len(content) < 2_000_000
    with pytest.raises(Refusal) as refused:
        await fixed(content)
    assert refused.value.code == code


@pytest.mark.parametrize("claims", [False, True])
async def test_endless_drawing_ends_with_its_own_reason(claims: bool) -> None:
    with pytest.raises(Refusal) as refused:
        await fixed(encoded(picture(), "PNG"), form_bomb(claims=claims))
    assert refused.value.code in ("file_takes_too_long", "file_takes_too_much_memory")
    assert refused.value.params == {"part": 2, "page": 1}


async def test_a_deposit_that_takes_long_by_the_clock_ends_with_its_own_reason() -> None:
    """And says the page that it had come to; on a busy machine it takes longer to begin."""
    for seconds in (2, 4, 8, 16):
        async with intake(seconds=seconds) as opened:
            with pytest.raises(Refusal) as refused:
                await opened.fix([pdf_of(400)], TITLE, ["es"], AT)
        assert refused.value.code == "file_takes_too_long"
        if refused.value.params["page"] > 1:
            return
    raise AssertionError("it never came beyond the first page")


async def test_a_deposit_that_works_too_long_ends_with_its_own_reason() -> None:
    """The processor's time of the process that waits is lowered here, or this test would work for long."""

    def crowded(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Unused = pdf.make_indirect(pikepdf.Object.parse(b"[" + b"<</A 1>>" * 400_000 + b"]"))

    others = descendants(os.getpid())
    async with intake() as opened:
        await opened.fix([encoded(picture(), "PNG")], TITLE, ["es"], AT)
        (waiting,) = [pid for pid in descendants(os.getpid()) if pid not in others]
        # It limits itself first, at its start.
        await asyncio.to_thread(
            eventually, lambda: resource.prlimit(waiting, resource.RLIMIT_CPU)[0] == WORK_TO_EXAMINE
        )
        resource.prlimit(waiting, resource.RLIMIT_CPU, (1, MOST_WORK))
        with pytest.raises(Refusal) as refused:
            await opened.fix([encoded(picture(), "PNG"), pdf_of(1, crowded)], TITLE, ["es"], AT)
    assert refused.value.code == "file_takes_too_long"
    assert refused.value.params == {"part": 2, "page": 1}


async def test_a_copy_that_grows_too_large_is_refused_as_that() -> None:
    noise = encoded(Image.effect_noise((600, 800), 200), "PNG")
    async with intake(largest=1_000_000) as opened:
        with pytest.raises(Refusal) as refused:
            await opened.fix([pdf_of(), *[noise] * 8], TITLE, ["es"], AT)
    assert refused.value.code == "file_grows_too_large"
    assert refused.value.params["part"] > 2


async def test_nothing_in_clear_is_on_disk_while_a_deposit_is_taken_in() -> None:
    """What is never written needs no removing, whatever is killed and whenever."""
    before = {entry.name for entry in os.scandir(tempfile.gettempdir())}
    async with intake() as opened:
        fixing = asyncio.create_task(opened.fix([pdf_of(40)], TITLE, ["es"], AT))
        await asyncio.sleep(0.7)
        assert not fixing.done()
        written = [
            file for file in files_of_children() if file.startswith(tempfile.gettempdir()) and "(deleted)" not in file
        ]
        now = {entry.name for entry in os.scandir(tempfile.gettempdir())}
        await fixing
    assert written == []
    assert {name for name in now - before if name.startswith("estrado-")} == set()


def files_of_children() -> set[str]:
    """With a name: what was deleted while it is open goes with its process."""
    parsing = [
        pid
        for pid in descendants(os.getpid())
        if b"adapters.intake.process" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    files = {str(fd.readlink()) for pid in parsing for fd in Path(f"/proc/{pid}/fd").iterdir()}
    return {file for file in files if not file.endswith("(deleted)")}


async def test_a_process_that_waits_for_its_deposit_may_die_unnoticed() -> None:
    others = descendants(os.getpid())
    async with intake() as opened:
        before = await opened.fix([encoded(picture(), "PNG")], TITLE, ["es"], AT)
        (waiting,) = [pid for pid in descendants(os.getpid()) if pid not in others]
        os.kill(waiting, signal.SIGKILL)
        assert (await opened.fix([encoded(picture(), "PNG")], TITLE, ["es"], AT)) == before


async def test_of_deposits_that_end_at_once_one_process_is_kept_and_none_outlives_the_intake() -> None:
    others = descendants(os.getpid())
    processes = LimitedProcesses(PROGRAM)
    job = {"do": "picture", "page": 1, "width": 100}
    await asyncio.gather(*(processes.run(job, [pdf_of()], 30) for _ in range(3)))
    (waiting,) = [pid for pid in descendants(os.getpid()) if pid not in others]
    await processes.close()
    assert not is_running(waiting)

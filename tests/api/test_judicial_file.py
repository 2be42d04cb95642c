"""The judicial file is taken away by whoever may take the evidence, is noted, and never changes."""

import io
import zipfile

from domain.types.vocabulary import Stage
from tests.api.people import CLERK, House
from tests.api.stages import at_stage


def test_the_clerk_takes_the_file_of_a_closed_act_and_it_is_the_same_each_time(house: House) -> None:
    procedure, *_ = at_stage(house, Stage.CLOSED)
    clerk, address = house.staff(CLERK), f"/api/v1/procedures/{procedure}/file.zip"
    first, second = clerk.get(address), clerk.get(address)

    assert (first.status_code, first.headers["content-type"]) == (200, "application/zip"), first.text
    assert first.content == second.content and "repr-digest" in first.headers
    with zipfile.ZipFile(io.BytesIO(first.content)) as opened:
        names = opened.namelist()
        assert opened.testzip() is None
    assert {"file.xml", "index.xml", "index.p7s", "documents/0000.json", "documents/0001.pdf"} <= set(names)
    assert f'href="/procedures/{procedure}/file.zip"' in clerk.get(f"/procedures/{procedure}/evidence").text


def test_before_the_record_is_compiled_there_is_no_file(house: House) -> None:
    procedure, *_ = at_stage(house, Stage.IN_SESSION)
    assert house.staff(CLERK).get(f"/api/v1/procedures/{procedure}/file.zip").status_code == 404

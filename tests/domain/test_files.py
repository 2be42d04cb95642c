"""The limits of a deposit, which several processes apply, fit into each other."""

from datetime import timedelta

from api.http.middleware import LARGEST_BODY
from api.pages.rendering import DEPOSIT_LIMITS
from domain.files import (
    LARGEST_DEPOSIT,
    LARGEST_FILE,
    LARGEST_FORM,
    LARGEST_READING_COPY,
    LONGEST_ATTEMPT,
    LONGEST_DEPOSIT,
    LONGEST_TAKING_IN,
    MOST_PAGES,
    MOST_WORK,
    WORK_PER_PAGE,
    WORK_TO_EXAMINE,
)
from evidence.limits import MAX_BUNDLE_BYTES
from workflows.engine.patience import DEPOSIT_LIMIT, QUICK, TAKE_IN_LIMIT


def test_who_does_the_work_gives_up_before_who_waits_for_it() -> None:
    assert WORK_TO_EXAMINE < MOST_WORK < LONGEST_TAKING_IN < LONGEST_ATTEMPT < LONGEST_DEPOSIT
    assert timedelta(seconds=LONGEST_TAKING_IN) < TAKE_IN_LIMIT
    assert TAKE_IN_LIMIT + QUICK < DEPOSIT_LIMIT < timedelta(seconds=int(DEPOSIT_LIMITS["seconds"]))


def test_the_largest_deposit_that_is_told_fits_through_the_door_and_into_the_bundle() -> None:
    assert LARGEST_FILE < LARGEST_DEPOSIT
    assert LARGEST_DEPOSIT + LARGEST_BODY <= LARGEST_FORM
    assert LARGEST_DEPOSIT + LARGEST_READING_COPY < MAX_BUNDLE_BYTES


def test_a_scan_of_most_pages_has_time_enough() -> None:
    assert min(WORK_TO_EXAMINE + WORK_PER_PAGE * MOST_PAGES, MOST_WORK) > 2 * 53

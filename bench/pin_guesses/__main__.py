"""A hundred thousand guesses at one-time PINs: `python -m bench.pin_guesses --guesses 100000 --seed 1`.

Starts a PostgreSQL of its own. Several processes guess at the same codes over many connections at once, and have new
ones sent meanwhile; then the clock of right and wrong answers is compared. Ends with 0 when nobody got more than three
tries of a code and five codes without a correct answer, no attempt was told two things, and the time of an answer tells
no more than that of another of the same kind.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from adapters.postgres.database import Database
from adapters.postgres.migrate import migrate
from adapters.postgres.pins import PinsPostgres
from bench.installation import settings_of
from bench.pin_guesses.guessing import KEY, Heard, guess_together
from bench.pin_guesses.judging import Judgement, judge
from bench.pin_guesses.timing import Told, time_answers
from deploy.place import PROJECT
from deploy.stack import Stack

WHERE = PROJECT / "var" / "pin_guesses"
TELLING = 0.15
"""An advantage beyond this is no chance: 150 pairs alone err by less. One statement more came to 0.25."""


async def judged(url: str, heard: Heard, pairs: int, seed: int) -> tuple[Judgement, Told]:
    async with Database.connect(url, connections=2) as database:
        judgement = await judge(database, heard)
        return judgement, await time_answers(PinsPostgres(database, lambda: (KEY,)), pairs=pairs, seed=seed)


async def prepared(url: str) -> None:
    async with Database.connect(url, connections=1) as database:
        await migrate(database)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.pin_guesses", description=__doc__)
    parser.add_argument("--guesses", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--at-once", type=int, default=12, help="connections of each process")
    parser.add_argument("--pairs", type=int, default=400, help="of answers that are timed")
    asked = parser.parse_args()
    WHERE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WHERE, ignore_cleanup_errors=True) as folder, Stack(Path(folder)) as stack:
        stack.need("postgres")
        url = settings_of(stack).database_url
        asyncio.run(prepared(url))
        began = time.monotonic()
        heard = guess_together(
            url, seed=asked.seed, guesses=asked.guesses, processes=asked.processes, at_once=asked.at_once
        )
        seconds = time.monotonic() - began
        judgement, told = asyncio.run(judged(url, heard, asked.pairs, asked.seed))
    return report(asked, seconds, heard, judgement, told)


def report(asked: argparse.Namespace, seconds: float, heard: Heard, judgement: Judgement, told: Told) -> int:
    """Print the figures; 0 when all is well."""
    print(
        f"{asked.guesses} guesses of seed {asked.seed} by {asked.processes} processes with {asked.at_once} connections"
    )
    print(f"each, in {seconds:.0f} s: " + ", ".join(f"{n} {what}" for what, n in heard.answers.most_common()))
    print(f"{judgement.codes} codes were sent and {judgement.tries} guesses judged; the most that anybody got:")
    print(f"  {judgement.most_tries_of_a_code} tries of a code, {judgement.most_codes_of_a_person} codes unanswered,")
    print(f"  {judgement.most_tries_of_a_stranger} tries of a person who never got a code right")
    print(
        f"time: of {told.pairs} pairs the right answer was the slower one in {told.hits:.3f}; floor {told.floor:.3f},"
    )
    print(f"  medians right/wrong {told.ratio:.3f}, advantage {told.advantage:.3f} (at most {TELLING})")
    wrong = [*judgement.wrong, *(["the time of an answer tells right from wrong"] if told.advantage > TELLING else [])]
    for one in wrong[:50]:
        print(f"WRONG: {one}")
    print("nobody got more than is allowed" if not wrong else f"{len(wrong)} things are wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

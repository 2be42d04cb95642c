"""Whether anybody got more than is allowed: what the database holds, against what those who guessed were told."""

from dataclasses import dataclass

from adapters.postgres.database import Database
from bench.pin_guesses.guessing import Heard
from domain.codes.pins import PIN_TRIES, UNANSWERED_PINS


@dataclass(frozen=True)
class Judgement:
    """The most that anybody got, and what is wrong; nothing wrong: nobody got more than three tries and five codes."""

    codes: int
    tries: int
    most_tries_of_a_code: int
    most_codes_of_a_person: int
    """Of those that were not answered correctly."""
    most_tries_of_a_stranger: int
    """Of one person's codes together, where none was answered correctly."""
    wrong: tuple[str, ...]


async def judge(database: Database, heard: Heard) -> Judgement:
    codes = await database.rows(
        "SELECT c.challenge, c.procedure, c.attempts, c.used_at IS NOT NULL AS used,"
        " count(a.attempt) AS judged, count(a.attempt) FILTER (WHERE a.correct) AS rights"
        " FROM pin_challenges c LEFT JOIN pin_attempts a USING (challenge) GROUP BY c.challenge"
    )
    by_person: dict[str, list[tuple[int, bool]]] = {}
    wrong: list[str] = []
    for row in codes:
        by_person.setdefault(row["procedure"], []).append((row["judged"], row["used"]))
        told = heard.judged.get(row["challenge"], {})
        rights = sum(correct for correct, _ in told.values())
        if max(row["judged"], row["attempts"], len(told)) > PIN_TRIES:
            wrong.append(f"{row['challenge']}: {row['judged']} tries, {row['attempts']} counted, {len(told)} told")
        if row["judged"] != row["attempts"]:
            wrong.append(f"{row['challenge']}: {row['judged']} judged and {row['attempts']} counted")
        if max(row["rights"], rights) > 1 or bool(row["rights"]) != row["used"]:
            wrong.append(f"{row['challenge']}: right {row['rights']} times, and {rights} people were told so")
        if len({left for _, left in told.values()}) != len(told):
            wrong.append(f"{row['challenge']}: two attempts were told that they were the same one")
    sent = {row["challenge"] for row in codes}
    wrong += [f"{challenge}: judged, and never sent" for challenge in heard.judged.keys() - sent]
    if heard.contradictions:
        wrong.append(f"{heard.contradictions} attempts were told one thing and later another")
    unanswered = [sum(not used for _, used in theirs) for theirs in by_person.values()]
    strangers = [
        sum(tries for tries, _ in theirs) for theirs in by_person.values() if not any(used for _, used in theirs)
    ]
    wrong += [f"{most} codes are open for one person" for most in unanswered if most > UNANSWERED_PINS]
    wrong += [f"{most} guesses at one person" for most in strangers if most > PIN_TRIES * UNANSWERED_PINS]
    return Judgement(
        codes=len(codes),
        tries=sum(row["judged"] for row in codes),
        most_tries_of_a_code=max((row["judged"] for row in codes), default=0),
        most_codes_of_a_person=max(unanswered, default=0),
        most_tries_of_a_stranger=max(strangers, default=0),
        wrong=tuple(wrong),
    )

"""Of the paper: who took part, what each was shown, read and signed, what happened meanwhile, and which documents."""

from collections.abc import Iterable, Iterator, Mapping

from evidence.account import Account, Act, DocumentAccount, Fact, PersonAccount, SignatureAccount
from evidence.account_text import absence_lines, archived_words, in_journal, signer_words, told
from evidence.moments import clock
from evidence.paper import MAX_ROWS, Block, Bullets, Heading, Rows, Text, few
from evidence.plain import plain
from evidence.texts import Texts

__all__ = ["happened", "people_and_signatures", "step_by_step"]

FIVE: Mapping[str, tuple[str, ...]] = {
    "shown": ("shown",),
    "read": ("page_read",),
    "understood": ("understood", "handwritten", "without_handwriting"),
    "authenticated": ("code_sent", "authenticated"),
    "signed": ("signed", "sealed"),
}
"""The steps of a signature, and the facts that each is told by."""


def people_and_signatures(account: Account, texts: Texts) -> Iterator[Block]:
    """The two tables that most readers want."""
    said = texts.paper
    yield Heading(texts.account["people"])
    own = {one.person: one.holder for one in account.signatures if one.means == "own_certificate"}
    rows = [row for person in account.people for row in _person(person, own.get(person.name, ""), texts)]
    header = (said["person"], said["from_where"], said["identified_how"], said["when"])
    yield Rows(header, few(rows, said["more"]), (23, 22, 35, 20)) if rows else Text(texts.account["nobody_named"])
    yield Text(said["hours" if account.from_journal else "lone_hours"])
    yield Heading(texts.account["signed"])
    if not account.signatures:
        yield Text(said["nothing_signed"])
        return
    signed = [
        (_title(one), signer_words(one, account.act, texts), _means(one, texts), _when(one))
        for one in account.signatures
    ]
    yield Rows((said["document"], said["who"], said["how"], said["when"]), few(signed, said["more"]), (28, 24, 28, 20))


def _when(signature: SignatureAccount) -> str:
    return clock(signature.steps[-1].at) if signature.steps else "—"


def _person(person: PersonAccount, holder: str, texts: Texts) -> Iterator[tuple[str, ...]]:
    role = plain(person.role.get(texts.language) or "")
    who = "\n".join(filter(None, (person.name, role, person.number, in_journal(person, texts))))
    where = "\n".join(told(one, texts) for one in person.places)
    if not person.checks:
        how = texts.account["official" if person.official else "never_identified"]
        how += " " + texts.paper["signed_with"].format(holder=holder) if holder else ""
        yield who, where or "—", how, "—"
    for number, check in enumerate(person.checks):
        how = told(check, texts)
        if check.parameters.get("compared"):
            how += " " + texts.paper["number_seen"]
        yield (who if not number else ""), ((where or "—") if not number else ""), how, clock(check.at)


def _means(signature: SignatureAccount, texts: Texts) -> str:
    means = texts.account.get(f"means_{signature.means}", plain(signature.means))
    return means[:1].upper() + means[1:]


def _title(signature: SignatureAccount) -> str:
    return plain(signature.title) or f"{signature.document[:16]}…"


def step_by_step(account: Account, texts: Texts) -> Iterator[Block]:
    """Each signature as its steps; then what else was shown and read."""
    said = texts.paper
    yield Heading(said["steps"])
    yield Text(said["steps_lead" if account.from_journal else "lone_steps_lead"])
    for number, one in enumerate(account.signatures[:MAX_ROWS], 1):
        yield Heading(f"{number}. {_title(one)}: {signer_words(one, account.act, texts)}", 3)
        if account.from_journal:
            yield Text(said["shown_and_signed"].format(shown=one.document, where=plain(one.where) or "—"))
        rows = [_step(code, kinds, one, texts) for code, kinds in FIVE.items() if _asked(code, one, account)]
        proof = said["proof"].format(holder=one.holder) if one.holder else said["no_proof"]
        rows.append((said["step_proof"], proof, clock(one.proven_at) if one.proven_at else "—"))
        yield Rows((said["step"], said["what"], said["when"]), tuple(rows), (20, 59, 21))
    if len(account.signatures) > MAX_ROWS:
        yield Text(said["more"].format(more=len(account.signatures) - MAX_ROWS))
    if account.readings:
        yield Heading(texts.account["read"])
        read = [_reading(one, account.act, texts) for one in account.readings]
        header = (said["document"], said["who"], said["step_shown"], said["step_read"], said["step_understood"])
        yield Rows(header, few(read, said["more"]), (23, 18, 19, 21, 19))


def _asked(code: str, signature: SignatureAccount, account: Account) -> bool:
    """Whoever signs with a certificate of their own is asked for none of the steps of art. 60.7 in the journal."""
    asked = account.from_journal and signature.means == "authenticated_act"
    return asked or any(step.code in FIVE[code] for step in signature.steps)


def _step(code: str, kinds: tuple[str, ...], signature: SignatureAccount, texts: Texts) -> tuple[str, ...]:
    facts = [step for step in signature.steps if step.code in kinds]
    name = texts.paper[f"step_{code}"]
    if not facts:
        return name, texts.paper["not_told"], "—"
    if code == "read":
        return name, _pages(facts, texts), _span(facts)
    lines = dict.fromkeys(told(fact, texts) for fact in facts)
    return name, "\n".join(lines), _span(facts)


def _reading(reading: SignatureAccount, act: Act, texts: Texts) -> tuple[str, ...]:
    def when(kind: str) -> str:
        facts = [step for step in reading.steps if step.code == kind]
        return clock(facts[0].at) if facts else "—"

    pages = [step for step in reading.steps if step.code == "page_read"]
    said = f"{_pages(pages, texts)}\n{clock(pages[-1].at)}" if pages else "—"
    return _title(reading), signer_words(reading, act, texts), when("shown"), said, when("understood")


def _span(facts: list[Fact]) -> str:
    first, last = facts[0].at, facts[-1].at
    return clock(first) if first == last else f"{clock(first)}\n{clock(last)}"


def _pages(facts: list[Fact], texts: Texts) -> str:
    """`Pages 1 to 5, 7`: of which it is told that they were on the screen."""
    numbers = sorted({int(page) for one in facts if (page := one.parameters.get("page", "")).isdecimal()})
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    named = ", ".join(
        texts.paper["to"].format(first=run[0], last=run[-1]) if len(run) > 1 else str(run[0]) for run in runs
    )
    return texts.paper["pages" if len(numbers) > 1 else "one_page"].format(pages=plain(named))


def happened(account: Account, recording: Iterable[str], texts: Texts) -> Iterator[Block]:
    """Warnings, consents, recording, incidents; then the documents with their whole hashes."""
    if account.from_journal:
        yield from _meanwhile(account, recording, texts)
    said = texts.paper
    yield Heading(texts.account["documents"])
    rows = few((_document(one, texts) for one in account.documents), said["more"])
    yield Rows((said["document"], "SHA-256", said["stamps"]), rows, (38, 41, 21)) if rows else Text("—")
    if account.from_journal:
        yield Heading(texts.account["absent"], 3)
        lines = [(line,) for line in absence_lines(account.absences, texts)]
        yield Bullets(tuple(line for (line,) in few(lines, said["more"])))


def _meanwhile(account: Account, recording: Iterable[str], texts: Texts) -> Iterator[Block]:
    yield Heading(texts.account["notes"])
    policy = texts.account.get(f"recording_{account.recording}", "")
    kept = texts.account["recorded" if account.recorded else "not_recorded"]
    yield from _facts(account.notes, texts)
    yield Text(" ".join(filter(None, (policy, kept, *recording))))
    yield Heading(texts.account["incidents"])
    if account.incidents:
        yield from _facts(account.incidents, texts)
    else:
        yield Text(texts.paper["no_incidents"])


def _facts(facts: Iterable[Fact], texts: Texts) -> Iterator[Block]:
    rows = few(((clock(one.at), told(one, texts)) for one in facts), texts.paper["more"])
    if rows:
        yield Rows((texts.paper["when"], texts.paper["what"]), rows, (21, 79))


def _document(document: DocumentAccount, texts: Texts) -> tuple[str, ...]:
    kind = texts.account.get(f"kind_{document.kind}", plain(document.kind))
    character = texts.account.get(f"character_{document.character}", document.character)
    groups = [document.sha256[start : start + 16] for start in range(0, len(document.sha256), 16)]
    digest = "\n".join(" ".join(groups[start : start + 2]) for start in range(0, len(groups), 2))
    kept = f"\n{archived_words(document.archived, texts)}" if document.archived else ""
    return f"{document.title}\n{kind}, {character}{kept}", digest, "\n".join(map(clock, document.stamped[:8])) or "—"

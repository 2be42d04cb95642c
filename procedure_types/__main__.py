"""`python -m procedure_types lint FOLDER`: is what stands in a folder of one's own right? Nothing is started.

`python -m procedure_types words`: every key and word of type files, as `docs/types.md` lists them.
"""

import argparse
import sys
from pathlib import Path

from domain.languages import BASE_LANGUAGES, DEFAULT_LANGUAGE
from procedure_types import TypeFileError, declared
from procedure_types.schema_words import page


def main(words: list[str] | None = None) -> int:
    """0 when an installation could read it; else 1, and a line a problem: file, line, what is wrong."""
    told = argparse.ArgumentParser(prog="python -m procedure_types", description=__doc__)
    told.add_argument("what", choices=["lint", "words"])
    told.add_argument("folder", type=Path, nargs="*", help="of `lint`: as in ESTRADO_TYPES_DIRS")
    told.add_argument("--identity", type=Path, action="append", default=[], help="as in ESTRADO_IDENTITY_DIRS")
    told.add_argument("--language", choices=BASE_LANGUAGES, default=DEFAULT_LANGUAGE)
    asked = told.parse_args(words)
    if asked.what == "words":
        sys.stdout.write(page())
        return 0
    if not asked.folder:
        told.error("lint: which folder?")
    try:
        found = declared.load(tuple(asked.folder), tuple(asked.identity))
    except TypeFileError as wrong:
        for one in wrong.problems:
            law = f" [{one.legal_basis}]" if one.legal_basis else ""
            sys.stdout.write(f"{one.file}:{one.line}: {one.texts.in_language(asked.language)}{law}\n")
        return 1
    counted = (len(found.items), len(found.types), len(found.administrations))
    sys.stdout.write("ok: {} agenda_types, {} procedure_types, {} territories\n".format(*counted))
    return 0


if __name__ == "__main__":
    sys.exit(main())

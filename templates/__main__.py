"""`make words`: bring the PO files up to date with the pages, and tell what every language still needs."""

import sys

from domain.languages import BASE_LANGUAGES
from templates.catalogues import FOLDER, LANGUAGES_WITH_WORDS, lacking
from templates.extraction import NAME, updated, used_messages


def main() -> int:
    """Writes the PO files. 0 when Spanish and English are whole."""
    used = used_messages()
    for code in LANGUAGES_WITH_WORDS:
        (FOLDER / code / f"{NAME}.po").write_bytes(updated(code, used))
    needed = {code: lacking(code) for code in LANGUAGES_WITH_WORDS}
    for code, keys in needed.items():
        sys.stdout.write(f"{code}: {f'{len(keys)} to write' if keys else 'whole'}\n")
        sys.stdout.writelines(f"  {key}\n" for key in keys)
    return 1 if any(needed[code] for code in BASE_LANGUAGES) else 0


if __name__ == "__main__":
    sys.exit(main())

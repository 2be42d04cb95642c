"""What a simulator keeps on disk: a folder for each thing, under the name that whoever sent it gave it."""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SAFE = re.compile(r"[\w-][\w.-]{0,119}")


class Folders:
    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)

    def find(self, name: str) -> Path | None:
        folder = self._directory / name
        return folder if SAFE.fullmatch(name) and folder.is_dir() else None

    def every(self) -> Iterator[Path]:
        return (folder for folder in self._directory.iterdir() if not folder.name.startswith("."))

    def keep(self, name: str, files: Mapping[str, bytes]) -> Path:
        """Whole or not at all: whoever is killed half-way has kept nothing. What somebody kept meanwhile stands.

        Raises `ValueError` for a name that is no name of a folder.
        """
        if not SAFE.fullmatch(name):
            raise ValueError("a name has letters, figures, dots and dashes")
        half = self._directory / f".{os.urandom(8).hex()}"
        half.mkdir()
        for file, content in files.items():
            (half / file).write_bytes(content)
        try:
            half.rename(self._directory / name)
        except OSError:
            shutil.rmtree(half)
        return self._directory / name


def read(folder: Path, name: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((folder / f"{name}.json").read_bytes())
    return said


def written(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()

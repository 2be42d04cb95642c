"""What a measure gives: a value beside what it is compared with, and whether it is within its aim."""

import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.place import PROJECT


@dataclass(frozen=True)
class Aim:
    """A bound on the value, or on its ratio to the floor."""

    bound: float
    of: str = "value"
    """`value` or `ratio`."""
    at_least: bool = False

    def met_by(self, figure: "Figure") -> bool:
        measured = figure.ratio if self.of == "ratio" else figure.value
        return measured >= self.bound if self.at_least else measured <= self.bound

    def __str__(self) -> str:
        subject = "ratio " if self.of == "ratio" else ""
        return f"{subject}{'>=' if self.at_least else '<='} {self.bound:g}"


@dataclass(frozen=True)
class Figure:
    """One line of the report; `against` is in the same unit, measured in the same run."""

    name: str
    value: float
    unit: str
    against: float = math.nan
    said: str = ""
    """What `against` is, in a few words; empty where there is nothing to compare with."""
    aim: Aim | None = None

    @property
    def ratio(self) -> float:
        return self.value / self.against if self.against else math.nan

    @property
    def verdict(self) -> str:
        if self.aim is None:
            return ""
        return f"{'within' if self.aim.met_by(self) else 'BEYOND'} {self.aim}"


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of `values` do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def write_report(path: Path, figures: Sequence[Figure], *, beside: bool = False) -> None:
    """`{name: {value, unit, against, ratio}}`; what has no number is null. `beside`: other figures there stay."""
    report = json.loads(path.read_text()) if beside and path.exists() else {}
    report |= {
        figure.name: {
            "value": _rounded(figure.value),
            "unit": figure.unit,
            "against": _rounded(figure.against),
            "ratio": _rounded(figure.ratio),
        }
        for figure in figures
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=2) + "\n")


def tell(path: Path, figures: Sequence[Figure], load: float, *, beside: bool = False) -> None:
    """Write the report and print it for people. `load`: of the machine, before anything was measured."""
    write_report(path, figures, beside=beside)
    print(f"\n{table(figures)}\n\nload of the machine before: {load:.1f} on {os.cpu_count()} processors", flush=True)
    print(f"written to {path.relative_to(PROJECT)}", flush=True)


def _rounded(number: float) -> float | None:
    return round(number, 4) if math.isfinite(number) else None


def table(figures: Sequence[Figure]) -> str:
    """The report for people."""
    lines = [("measure", "value", "floor", "ratio", "unit", "aim", "the floor is")]
    lines += [
        (f.name, f"{f.value:.3g}", _or_blank(f.against, ".3g"), _or_blank(f.ratio, ".2f"), f.unit, f.verdict, f.said)
        for f in figures
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)) for line in lines)


def _or_blank(number: float, form: str) -> str:
    return format(number, form) if math.isfinite(number) else ""

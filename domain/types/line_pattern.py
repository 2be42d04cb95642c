"""What a line of text has to look like, as whoever writes a type says it: read by an engine that never goes back.

Standard: the syntax is that of the Rust crate `regex`. The time that it takes grows with the line and no faster,
whatever is written: there is nothing in it that refers back or looks ahead.
"""

from functools import lru_cache

from pydantic import Field
from pydantic_core import SchemaError, SchemaValidator, ValidationError, core_schema

from domain.base import Texts, Value

LONGEST_LINE = 200
"""Characters of a line that is compared with one."""


class LinePattern(Value):
    matches: str = Field(min_length=1, max_length=200)
    """A regular expression that the whole line fits."""
    says: Texts
    """The same in words, told to whoever typed something else: four figures and a letter."""
    example: str = Field(min_length=1, max_length=LONGEST_LINE)
    """A line that fits."""

    def fits(self, line: str) -> bool:
        return _fits(_compiled(self.matches), line)

    @property
    def is_readable(self) -> bool:
        """By itself too: what closes a bracket that it did not open is no pattern of a whole line."""
        try:
            _compiled(self.matches)
            _engine(self.matches)
        except SchemaError:
            return False
        return True


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> SchemaValidator:
    return _engine(f"^(?:{pattern})$")


def _engine(pattern: str) -> SchemaValidator:
    return SchemaValidator(core_schema.str_schema(pattern=pattern, regex_engine="rust-regex"))


def _fits(engine: SchemaValidator, line: str) -> bool:
    try:
        engine.validate_python(line)
    except ValidationError:
        return False
    return True

"""Decides how an import says what is wrong: a whole file refused, or one row and column, by code and values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """One error or warning: the row as a spreadsheet counts it (None: the whole file), the column's own heading."""

    code: str
    row: int | None = None
    column: str | None = None
    values: dict[str, Any] = {}


class FileRefused(Exception):
    """Nothing of the file can be read, or it may not be imported here."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.problem = Problem(code, values=values)


class CellRefused(Exception):
    """One cell cannot be read as what its column holds."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


class RowRefused(Exception):
    """One row cannot be imported, for these reasons."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(", ".join(problem.code for problem in self.problems))


@dataclass
class ImportReport:
    """What an import did, or would do: rows by result, what was made beside them, errors and warnings in row order.

    `stored` is False for a dry run, and when errors stopped everything.
    """

    kind: str
    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    beside: dict[str, int] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    stored: bool = False

    def count(self, result: str) -> None:
        """One more row that was created, changed, unchanged or refused."""
        setattr(self, result, getattr(self, result) + 1)

    def warn(self, code: str, row: int | None = None, column: str | None = None, **values: Any) -> None:
        self.warnings.append(Problem(code, row, column, values))

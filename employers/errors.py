"""Decides how a rule of this room says no: a code and values for its sentence, never a sentence."""

from typing import Any


class InputRefused(Exception):
    """What was typed may not be stored: `code` names the sentence, `values` fill it, `field` is the column at fault."""

    def __init__(self, code: str, values: dict[str, Any] | None = None, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.values = values or {}
        self.field = field


class StaleVersion(InputRefused):
    """Somebody else changed the row after the form was opened (409)."""

    def __init__(self) -> None:
        super().__init__("changed_meanwhile")

"""Decides how a row of a vocabulary file is added: by key, names and links only ever growing."""

from typing import Any

from matching.normalise import fold
from placement.importing.desk import UNCHANGED, Desk, checked
from placement.importing.sheets import Row
from placement.skills import Keeper, SkillEntry

_FOREIGN = "onet-"
_LONGEST_KEY = 100


class SkillIntake:
    """Vocabulary entries; a name that another entry owns is a warning and stays there.

    A file of ours or of ESCO has a row an entry. O*NET spreads an entry over rows, one for each occupation or title;
    there a technology that is known by name already is left as it is.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.keeper = Keeper(desk.session)
        self.seen: dict[str, int] = {}

    def take(self, row: Row) -> str:
        if "technology" in row.values:
            return self._take_technology(row)
        if "alternate_title" in row.values:
            return self._add(row, _titles_of(row))
        entry = checked(SkillEntry, row, row.values)
        if entry.key in self.seen:
            raise row.refuse("id_twice", "key", given=entry.key, other=self.seen[entry.key])
        self.seen[entry.key] = row.number
        return self._add(row, row.values)

    def _take_technology(self, row: Row) -> str:
        name, group = row.values["technology"], row.get("commodity")
        owner = self.keeper.owners.get(fold(name))
        if owner is not None and not owner.startswith(_FOREIGN):
            return UNCHANGED
        if group:
            self._add(row, {"key": _key_of(group), "name_en": group})
        return self._add(row, {"key": _key_of(name), "name_en": name, "broader": [_key_of(group)] if group else []})

    def _add(self, row: Row, values: dict[str, Any]) -> str:
        entry = checked(SkillEntry, row, values)
        before = len(self.keeper.change.owned_elsewhere)
        result = self.keeper.add(entry)
        for name, owner, _ in self.keeper.change.owned_elsewhere[before:]:
            self.desk.warn(row, "name_owned_elsewhere", "aliases", given=name, owner=owner)
        return result

    def finish(self) -> None:
        """Nothing spans rows here."""

    def store(self) -> None:
        self.keeper.store()


def _titles_of(row: Row) -> dict[str, Any]:
    """An occupation of O*NET: its title, and the other title that this row brings."""
    aliases = [row.values[name] for name in ("alternate_title", "short_title") if name in row.values]
    return {"key": _FOREIGN + str(row.get("soc")), "name_en": row.get("title"), "aliases": aliases}


def _key_of(name: str) -> str:
    return (_FOREIGN + fold(name))[:_LONGEST_KEY]

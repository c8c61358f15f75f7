"""Decides how a row of a vocabulary file is added: by key, names and links only ever growing."""

from placement.importing.desk import Desk, checked
from placement.importing.sheets import Row
from placement.skills import Keeper, SkillEntry


class SkillIntake:
    """Vocabulary entries; a name that another entry owns is a warning and stays there."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.keeper = Keeper(desk.session)
        self.seen: dict[str, int] = {}

    def take(self, row: Row) -> str:
        entry = checked(SkillEntry, row, row.values)
        if entry.key in self.seen:
            raise row.refuse("id_twice", "key", given=entry.key, other=self.seen[entry.key])
        self.seen[entry.key] = row.number
        before = len(self.keeper.change.owned_elsewhere)
        result = self.keeper.add(entry)
        for name, owner, _ in self.keeper.change.owned_elsewhere[before:]:
            self.desk.warn(row, "name_owned_elsewhere", "aliases", given=name, owner=owner)
        return result

    def finish(self) -> None:
        """Nothing spans rows here."""

    def store(self) -> None:
        self.keeper.store()

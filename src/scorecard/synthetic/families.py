"""Children and the families they belong to: no names, one sex, one birthday each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.synthetic.recording import Later

if TYPE_CHECKING:
    from random import Random

    from scorecard.synthetic.recording import Register, Value

_ETHNICITY = ("WBRI", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "AOTH", "BAFR", "BOTH", "OOTH", "NOBT")
_ETHNICITY_WEIGHTS = (840, 62, 9, 9, 6, 10, 12, 5, 8, 6, 3, 10, 20)
_DISABILITY = ("NONE", "LD", "BEH", "AUT", "COMM", "MOB", "PC", "VIS", "HEAR")
_DISABILITY_WEIGHTS = (880, 35, 25, 30, 10, 8, 6, 3, 3)
_DAYS_A_YEAR = 365.25
_DAYS_TO_REGISTER_A_BIRTH = 5

# Which column of each table names the person, so that nobody is written of before their own record.
PERSON_COLUMNS = {
    "ssd_contacts": "cont_person_id",
    "ssd_cin_episodes": "cine_person_id",
    "ssd_cla_episodes": "clae_person_id",
    "ssd_care_leavers": "clea_person_id",
    "ssdx_private_fostering": "pfos_person_id",
    "ssdx_early_help_assessments": "ehas_person_id",
}


@dataclass(eq=False)
class Child:
    """One child or young person."""

    id: str
    family: str
    sex: str
    born: date
    ethnicity: str
    disability: str
    awaited: bool = False
    protection_ended: date | None = None

    def age_on(self, day: date) -> int:
        """Whole years of age.

        >>> Child("P1", "F1", "F", date(2004, 2, 29), "WBRI", "NONE").age_on(date(2022, 2, 28))
        17
        """
        had_birthday = (day.month, day.day) >= (self.born.month, self.born.day)
        return day.year - self.born.year - (not had_birthday)


@dataclass
class Families:
    """Everyone the council has heard of."""

    draw: Random
    register: Register
    children: list[Child] = field(default_factory=list)

    def new_child(self, born: date, family: str | None = None) -> Child:
        """A child with a birthday, in a family of its own unless one is named."""
        child = Child(
            id=self.register.number("P"),
            family=family or self.register.number("F"),
            sex=self.draw.choice("FM"),
            born=born,
            ethnicity=self.draw.choices(_ETHNICITY, _ETHNICITY_WEIGHTS)[0],
            disability=self.draw.choices(_DISABILITY, _DISABILITY_WEIGHTS)[0],
        )
        self.children.append(child)
        return child

    def siblings(self, number: int, on: date) -> list[Child]:
        """So many children of one new family, at least a year apart, all under sixteen on a day."""
        family = self.register.number("F")
        youngest = self.draw.uniform(0.1, 15.4 - 1.4 * (number - 1))
        ages = [youngest + 1.4 * step for step in range(number)]
        return [self.new_child(on - timedelta(days=round(age * _DAYS_A_YEAR)), family) for age in ages]

    def awaited_child(self, on: date) -> Child:
        """A child not yet born on a day."""
        child = self.new_child(on + timedelta(days=self.draw.randint(30, 150)))
        child.awaited = True
        return child

    def write(self) -> None:
        """Enter everyone who is mentioned in the records, on the day they were first mentioned."""
        first = self.register.first_days(PERSON_COLUMNS)
        for child in self.children:
            if child.id in first:
                self._write_one(child, first[child.id])

    def _write_one(self, child: Child, recorded: date) -> None:
        self.register.enter(
            "ssd_person",
            recorded,
            pers_person_id=child.id,
            pers_sex=self._known_at_birth(child, child.sex, "U", recorded),
            pers_ethnicity=child.ethnicity,
            pers_dob=self._known_at_birth(child, child.born, None, recorded),
            pers_expected_dob=child.born + timedelta(days=3) if child.awaited else None,
        )
        self.register.enter(
            "ssd_family",
            recorded,
            fami_table_id=f"FM{child.id}",
            fami_family_id=child.family,
            fami_person_id=child.id,
        )
        self.register.enter(
            "ssd_disability",
            recorded,
            disa_table_id=f"D{child.id}",
            disa_person_id=child.id,
            disa_disability_code=child.disability,
        )

    @staticmethod
    def _known_at_birth(child: Child, value: Value, before: Value, recorded: date) -> Value | Later:
        known = child.born + timedelta(days=_DAYS_TO_REGISTER_A_BIRTH)
        return Later(value, known, before) if child.awaited and known > recorded else value

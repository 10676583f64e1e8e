"""Lists regulations that documents cite: number, title, when in force, when repealed, what replaced them, and the
source."""

from __future__ import annotations

from datetime import date
from functools import cache

from gouji.labels import normalise
from gouji.reference import rows
from gouji.runtime.immutable import immutable


@immutable()
class Regulation:
    """One version of a regulation. `number` is "" for a law; `repealed` None for one in force; `replaced_by` names its
    successor for people. Dates are those of the list, whose `source` says what they were compared with."""

    number: str
    title: str
    in_force: date | None
    repealed: date | None
    replaced_by: str
    source: str

    @property
    def named(self) -> str:
        """Returns title and number, for people."""
        return f"《{self.title}》" + (f"（{self.number}）" if self.number else "")

    def governs(self, year: int) -> bool:
        """True for one in force when a year began."""
        begins = date(year, 1, 1)
        return bool(self.in_force and self.in_force <= begins) and not (self.repealed and self.repealed <= begins)


@cache
def regulations() -> tuple[Regulation, ...]:
    """Returns the list, in file order."""
    return tuple(
        Regulation(
            row["number"],
            row["title"],
            _date(row["in_force"]),
            _date(row["repealed"]),
            row["replaced_by"],
            row["source"],
        )
        for row in rows("regulations.csv")
    )


def cited(title: str, number: str) -> Regulation | None:
    """Returns the version that a citation means: by its number, or by its title if no number is given and no other
    version bears the same title. Returns None if the list does not tell."""
    if number:
        return next((one for one in regulations() if one.number == number), None)
    plain = normalise(title)
    named = [one for one in regulations() if normalise(one.title) == plain]
    return named[0] if len(named) == 1 and named[0].title not in named[0].replaced_by else None


def earlier(title: str, year: int) -> Regulation | None:
    """Returns the version of a regulation of that title that was in force when a year began; None if the list has
    none."""
    plain = normalise(title)
    return next((one for one in regulations() if normalise(one.title) == plain and one.governs(year)), None)


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

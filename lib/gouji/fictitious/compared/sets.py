"""Makes the documents of one department that belong together: years of accounts, the budget, the units' accounts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from gouji.fictitious.compared.breaks import KINDS, Break, plant
from gouji.fictitious.compared.budget import budget_text
from gouji.fictitious.compared.units import units_of
from gouji.fictitious.departments.render import to_text
from gouji.fictitious.portfolio.account import bodies
from gouji.fictitious.portfolio.body import Body
from gouji.fictitious.portfolio.published import published
from gouji.fictitious.portfolio.regions import regions
from gouji.fictitious.portfolio.years import Year, years_of


@dataclass(frozen=True)
class Documents:
    """Texts that belong together, and the breaks planted between them.

    `earlier` are those of years before the last, by year.
    """

    key: str
    source: str
    prior: str
    budget: str
    subordinates: tuple[str, ...]
    breaks: tuple[Break, ...]
    earlier: Mapping[int, str] = field(default_factory=dict)

    def write(self, folder: Path, params: Path | None = None) -> Path:
        """Writes the texts and a parameter file that names them; returns that file.

        The file is `params.yaml` beside them unless `params` names another.
        """
        path = params or folder / "params.yaml"
        single = {"source": self.source, "prior": self.prior, "budget": self.budget}
        several = {
            "subordinates": {f"unit-{number}": text for number, text in enumerate(self.subordinates, 1)},
            "earlier_years": {f"year-{year}": text for year, text in self.earlier.items()},
        }
        folder.mkdir(parents=True, exist_ok=True)
        for texts in (single, *several.values()):
            for name, text in texts.items():
                (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        there = "" if folder == path.parent else f"{Path(os.path.relpath(folder, path.parent)).as_posix()}/"
        lines = [f"{name}: {there}{name}.txt" for name in single]
        for role, texts in several.items():
            lines += [f"{role}:", *(f"  - {there}{name}.txt" for name in texts)] if texts else []
        path.write_text("\n".join(["# 虚构的部门，由程序生成。", *lines]) + "\n", encoding="utf-8")
        return path


def document_sets(seed: int, with_breaks: bool, years: int = 2) -> Iterator[Documents]:
    """Yields sets of documents of one department, one after the other. With breaks, each has one of every kind that
    is possible.

    `years` (two or more) is the number of years of accounts in a set; the last is compared with the others.
    """
    for region in regions():
        for body in bodies(seed, region):
            start = body.years.start
            rng = Random(f"{seed}/{body.key(start)}/compared")
            drawn = tuple(years_of(rng, replace(body, years=range(start, start + years))))
            yield _set(f"{seed}/{body.key(start)}", body, drawn, with_breaks)


def _set(key: str, body: Body, years: tuple[Year, ...], with_breaks: bool) -> Documents:
    """Returns the documents. Each is drawn from a stream of its own, so that a break changes nothing else."""
    *earlier, before, year = years
    budget, units = budget_text(body, year), units_of(body, year)
    told, breaks = year, []
    if with_breaks:
        for kind in KINDS:
            changed = units[1][1] if kind == "unit" else told
            if (broken := plant(kind, changed, Random(f"{key}/{kind}"))) is None:
                continue
            breaks.append(broken[1])
            if kind == "unit":
                units[1] = (units[1][0], broken[0])
            else:
                told = broken[0]
    return Documents(
        key,
        to_text(published(Random(key), body, told)),
        to_text(published(Random(f"{key}/prior"), body, before)),
        budget,
        tuple(to_text(published(Random(f"{key}/{one.office.name}"), one, own)) for one, own in units),
        tuple(breaks),
        {one.year: to_text(published(Random(f"{key}/{one.year}"), body, one)) for one in earlier},
    )

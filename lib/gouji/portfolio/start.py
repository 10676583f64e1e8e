"""Begins the portfolio's notebook: from its parameters to everything it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from gouji.ledger import open_ledger
from gouji.notebook.start import find, given_parameters
from gouji.portfolio.changes import RunChange, changes
from gouji.portfolio.demonstration import make_demonstration
from gouji.portfolio.digits import DigitTest, first_digits, last_digits
from gouji.portfolio.load import load
from gouji.portfolio.model import Portfolio
from gouji.portfolio.outliers import Compared, compared
from gouji.portfolio.ranking import Ranked, ranking
from gouji.runtime.atomic import SCRATCH
from warmkernel.scratch import scratch

PARAMETERS = ("ledger", "write", "out")
"""The parameters of the notebook."""
_OUT = "portfolio"


@dataclass(frozen=True)
class View:
    """Everything the notebook shows, computed once. `out` is the folder for the follow-up list."""

    portfolio: Portfolio
    changes: tuple[RunChange, ...]
    digits: tuple[DigitTest, DigitTest]
    write: bool
    out: Path
    demonstration: bool

    @cached_property
    def comparisons(self) -> list[Compared]:
        """Returns the amounts compared."""
        return compared(self.portfolio)

    @cached_property
    def ranked(self) -> list[Ranked]:
        """Returns the departments by points."""
        return ranking(self.portfolio, self.comparisons)


def begin(namespace: Mapping[str, Any]) -> View:
    """Reads the ledger that a notebook's parameters name (call it with `globals()`). Without one, makes a ledger of
    fictitious departments.

    Raises UnusableInputError for an unknown parameter, and where the folder is no ledger.
    """
    given = given_parameters(namespace, PARAMETERS)
    write, out = bool(given.get("write", True)), str(given.get("out") or "")
    named = str(given.get("ledger") or "")
    if named:
        ledger = find(named)
        return _view(ledger, write, Path(out) if out else ledger.parent / _OUT, demonstration=False)
    with scratch(SCRATCH) as folder:
        ledger = make_demonstration(folder)
        return _view(ledger, write and bool(out), Path(out), demonstration=True)


def _view(ledger: Path, write: bool, out: Path, demonstration: bool) -> View:
    with open_ledger(ledger) as connection:
        return View(
            portfolio=load(connection),
            changes=tuple(changes(connection)),
            digits=(first_digits(connection), last_digits(connection)),
            write=write,
            out=out,
            demonstration=demonstration,
        )

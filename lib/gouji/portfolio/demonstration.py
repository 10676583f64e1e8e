"""Makes a ledger to look at where there is none: fictitious departments, some of which publish again after
correction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from gouji.auditing import audit
from gouji.fictitious import FictitiousAccount, accounts
from gouji.fictitious.departments import FictitiousDepartment
from gouji.fictitious.formats.files import WRITERS
from gouji.fictitious.misprints.planting import print_all
from gouji.parameters import Parameters
from gouji.posting import append

NUMBER, SEED = 36, 20240601
_FIRST_YEAR = 2023
#: Of this many accounts with errors, one is published again, with more than half of its errors corrected.
_CORRECTED = 3


def make_demonstration(folder: Path, number: int = NUMBER, seed: int = SEED, detail: bool = True) -> Path:
    """Makes sources and a ledger of them in `folder`; returns the ledger's folder."""
    ledger = folder / "ledger"
    chosen = list(islice(_recent(seed), number))
    for account in chosen:
        _run(folder, ledger, account, account.printed, detail)
    for account in [one for one in chosen if one.plants][::_CORRECTED]:
        kept, _ = print_all(account.clean, list(account.plants[len(account.plants) // 2 + 1 :]))
        _run(folder, ledger, account, kept, detail)
    return ledger


def _recent(seed: int) -> Iterator[FictitiousAccount]:
    return (account for account in accounts(seed) if account.year.year >= _FIRST_YEAR)


def _run(folder: Path, ledger: Path, account: FictitiousAccount, published: FictitiousDepartment, detail: bool) -> None:
    """Publishes an account as text, audits it, and adds the run to the ledger."""
    source = folder / f"{account.key}.txt"
    WRITERS["txt"](published, source)
    body, year = account.body, account.year
    parameters = Parameters(
        department=body.name,
        region=body.region.name,
        region_code=body.region.code,
        function=body.office.function,
        headcount=year.staff,
        year=year.year,
    )
    append(ledger, audit(source, parameters), detail=detail)

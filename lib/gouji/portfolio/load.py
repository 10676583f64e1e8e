"""Queries the ledger for a portfolio."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from typing import Any

import duckdb

from gouji.ledger.quantities import quantities
from gouji.portfolio.model import Account, Found, Portfolio, portfolio_of

_FOUND = [field.name for field in fields(Found)]
_AMOUNTS = [quantity.name for quantity in quantities()]
_PLAIN = (
    "sequence",
    "department",
    "region",
    "region_code",
    "function",
    "headcount",
    "year",
    "unchecked",
    "tables_missing",
)
#: Findings of an account's last run that its previous run had too.
_STANDING = """
with numbered as (
    select department_id, sequence, run_key,
        row_number() over (partition by department_id order by sequence desc, run_key) as age
    from all_runs)
select f.department_id, f.id from findings f
join numbered before on before.department_id = f.department_id and before.age = 2
join all_findings g on g.department_id = f.department_id and g.sequence = before.sequence
    and g.run_key = before.run_key and g.id = f.id
"""


def load(connection: duckdb.DuckDBPyConnection) -> Portfolio:
    """Returns all accounts of the ledger with the findings of their last runs."""
    found = defaultdict(list)
    for row in rows(
        connection, f"select number as rank, {_without_rank()} from findings order by department_id, number"
    ):
        found[row["department_id"]].append(Found(**row))
    standing = defaultdict(set)
    for row in rows(connection, _STANDING):
        standing[row["department_id"]].add(row["id"])
    unchecked = "unbound + not_checked - coalesce(inapplicable, 0)"
    made = f"passed + conflicts as checks_made, {unchecked} as unchecked"
    query = f"select *, {made} from runs order by department_id"
    accounts = [
        _account(row, found[row["department_id"]], standing[row["department_id"]]) for row in rows(connection, query)
    ]
    return portfolio_of(accounts)


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """Returns the rows of a query; decimals stay decimals."""
    answer = connection.execute(query)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _without_rank() -> str:
    return ", ".join(f'"{name}"' for name in _FOUND if name != "rank")


def _account(row: dict[str, Any], found: list[Found], standing: set[str]) -> Account:
    return Account(
        id=row["department_id"],
        checks_made=row["checks_made"],
        amounts={name: row[name] for name in _AMOUNTS},
        doubtful=frozenset(filter(None, row["doubtful"].split(","))),
        findings=tuple(found),
        standing=frozenset(standing),
        **{name: row[name] for name in _PLAIN},
    )

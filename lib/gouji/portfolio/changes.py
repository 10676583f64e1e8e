"""Shows what has changed since the previous run, for each account that was run more than once."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from gouji.portfolio.load import rows

_QUERY = """
with numbered as (
    select *, row_number() over (partition by department_id order by sequence desc, run_key) as age from all_runs),
pairs as (
    select now.department_id, now.department, now.region, now.year,
        now.source_sha256 != before.source_sha256 as source,
        now.rules_hash != before.rules_hash as rules,
        now.parameters_hash != before.parameters_hash as parameters,
        now.sequence as now_sequence, now.run_key as now_key,
        before.sequence as before_sequence, before.run_key as before_key
    from numbered now join numbered before on now.department_id = before.department_id
    where now.age = 1 and before.age = 2),
new as (
    select f.* from all_findings f join pairs p on f.department_id = p.department_id
        and f.sequence = now_sequence and f.run_key = now_key where f.severity = 'error'),
old as (
    select f.* from all_findings f join pairs p on f.department_id = p.department_id
        and f.sequence = before_sequence and f.run_key = before_key where f.severity = 'error'),
together as (
    select coalesce(new.department_id, old.department_id) as department_id, new.id as now_id, old.id as before_id
    from new full join old on new.department_id = old.department_id and new.id = old.id)
select department, region, year, source, rules, parameters,
    count(now_id) - count(case when before_id is not null then now_id end) as appeared,
    count(before_id) - count(case when now_id is not null then before_id end) as gone,
    count(case when before_id is not null then now_id end) as standing
from pairs left join together using (department_id)
group by all order by standing desc, appeared desc, region, department, year
"""


@dataclass(frozen=True, slots=True)
class RunChange:
    """The errors of an account compared with those of its previous run, matched by their ids, and what else was
    different.

    Questions are left out: they come and go with the rules that ask them.
    """

    department: str
    region: str
    year: int | None
    source: bool
    rules: bool
    parameters: bool
    appeared: int
    gone: int
    standing: int

    @property
    def why(self) -> str:
        """Returns what was different."""
        differs = (("文件重新公布", self.source), ("规则更新", self.rules), ("参数变动", self.parameters))
        return "、".join(name for name, different in differs if different)


def changes(connection: duckdb.DuckDBPyConnection) -> list[RunChange]:
    """Returns the changes; those whose old errors still stand come first."""
    return [RunChange(**row) for row in rows(connection, _QUERY)]

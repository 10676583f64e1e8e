"""The ledger: findings, checks and facts of all runs as Parquet files in a folder, read with DuckDB, without a server.

    append(Path("out/ledger"), audit)      # of gouji.posting: a run; the same run again changes nothing
    open_ledger(Path("out/ledger")).sql("select * from findings")

`LEDGER/TABLE/year=2023/region=431127/DEPARTMENT-SEQUENCE-RUN.parquet`: a run of a department's account has a file of
its rows in each table, the one in `runs` written last: a run without it is not there. What is the same (rules, source,
parameters) is the same run and takes its own place; anything else is the department's next. `compact` puts the files
of a year and region into one. Several processes may append at once, each other accounts.
"""

from gouji.ledger.compact import compact
from gouji.ledger.query import open_ledger
from gouji.ledger.run import Run

__all__ = ["Run", "compact", "open_ledger"]

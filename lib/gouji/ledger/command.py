"""The commands `gouji sql` and `gouji ledger compact`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import duckdb

from gouji.errors import UnusableInputError, reason_of
from gouji.ledger.compact import compact
from gouji.ledger.display import as_text, write_csv
from gouji.ledger.query import open_ledger
from gouji.runtime.atomic import whole_file
from gouji.runtime.usage import add_command

#: The ledger that commands read where none is named.
DEFAULT = Path("out") / "ledger"
_HELP = f"台账文件夹（默认 {DEFAULT.as_posix()}）"
_EXAMPLE = '如 "select department, errors, three_public from runs order by errors desc"'
_VIEWS = "视图：runs、findings、checks、facts（最近一次），all_runs、all_findings、all_checks、all_facts（全部）"


def add_ledger(commands: Any) -> None:
    """Adds both commands to a parser's."""
    select = '"select department, errors from runs order by errors desc"'
    asked = add_command(commands, "sql", "用 SQL（DuckDB）查询台账", select, more=_VIEWS)
    asked.add_argument("query", help=f"查询语句，{_EXAMPLE}")
    asked.add_argument("--ledger", type=Path, default=DEFAULT, metavar="FOLDER", help=_HELP)
    asked.add_argument("--csv", metavar="FILE", help="写入 CSV 文件；- 为标准输出（默认：以表格显示）")
    kept = add_command(commands, "ledger", "整理台账", "compact")
    kept.add_argument("action", choices=["compact"], help="compact：把同一年度、地区的小文件合为一个，查询结果不变")
    kept.add_argument("--ledger", type=Path, default=DEFAULT, metavar="FOLDER", help=_HELP)


def run_sql(options: argparse.Namespace) -> int:
    """Runs `gouji sql`."""
    with open_ledger(options.ledger) as connection:
        try:
            found = connection.execute(options.query)
            names = [one[0] for one in found.description or []]
            rows = found.fetchall() if names else []
        except duckdb.Error as error:
            raise UnusableInputError("查询语句", _clean_message(error), _VIEWS) from error
    if options.csv == "-":
        write_csv(sys.stdout, names, rows)
    elif options.csv:
        _save(Path(options.csv), names, rows)
    else:
        print(as_text(names, rows))
    return 0


def run_ledger(options: argparse.Namespace) -> int:
    """Runs `gouji ledger compact`."""
    done = compact(options.ledger)
    print(f"{options.ledger}：{done.before} 个文件合为 {done.after} 个")
    return 0


def _save(path: Path, names: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Writes a CSV in an encoding that Excel recognises."""

    def write(part: Path) -> None:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            write_csv(file, names, rows)

    try:
        whole_file(path, write)
    except OSError as error:
        raise UnusableInputError(str(path), f"不能写入（{reason_of(error)}）", "请换一个文件") from error
    print(f"{path}：{len(rows)}行")


def _clean_message(error: duckdb.Error) -> str:
    """Returns DuckDB's message without its picture of the place."""
    said = [line for line in str(error).splitlines() if line.strip()]
    return " ".join(line for line in said if not line.startswith("LINE ") and line.strip(" ^"))

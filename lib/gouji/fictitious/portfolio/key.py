"""Writes the answer key as files: a table of errors, a table of accounts, and all of it as YAML."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from dataclasses import asdict, fields
from pathlib import Path
from typing import IO, Any

import yaml

from gouji.fictitious.departments.further import PUBLIC
from gouji.fictitious.portfolio.account import FictitiousAccount
from gouji.fictitious.portfolio.answers import Answer

_OF_THE_ACCOUNT = ("document", "department", "year")


class Key:
    """Writes entries as the accounts come, so that memory does not grow with their number."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._errors = csv.writer(stack.enter_context(_table(folder / "answers.csv")), lineterminator="\r\n")
        self._errors.writerow([field.name for field in fields(Answer)])
        self._accounts = csv.writer(stack.enter_context(_table(folder / "departments.csv")), lineterminator="\r\n")
        self._yaml = stack.enter_context((folder / "answers.yaml").open("w", encoding="utf-8", newline="\n"))
        self._yaml.write("# 虚构部门的答案：每份决算的真实情况与其中植入的差错。\ndocuments:\n")
        self._headed = False

    def add(self, account: FictitiousAccount, file: str, problem: str, planted: list[Answer]) -> None:
        """Adds an account and the errors planted in it; no errors where nobody can read its file."""
        record = _record(account, file, problem)
        if not self._headed:
            self._accounts.writerow([*record, "errors"])
            self._headed = True
        self._accounts.writerow([*record.values(), len(planted)])
        for answer in planted:
            self._errors.writerow([_shown(value) for value in asdict(answer).values()])
        told = [{name: value for name, value in asdict(one).items() if name not in _OF_THE_ACCOUNT} for one in planted]
        self._yaml.write(yaml_text([{**record, "errors": told}]))


def _record(account: FictitiousAccount, file: str, problem: str) -> dict[str, Any]:
    """Returns the truth about an account, amounts in 元."""
    body, year, truth = account.body, account.year, account.clean.truth
    running = 0 if body.office.institution else truth[PUBLIC]
    return {
        "document": account.key,
        "file": file,
        "department": body.name,
        "region": body.region.name,
        "region_code": body.region.code,
        "function": body.office.function,
        "kind": body.kind,
        "year": year.year,
        "template": body.region.template,
        "unit": account.clean.template.unit,
        "headcount": year.staff,
        "expenditure": _yuan(truth["expenditure[total].total"]),
        "three_public": _yuan(truth.get("three_public.actual.total", 0)),
        "operating": _yuan(running),
        "unusable": problem,
    }


def _yuan(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _shown(value: object) -> object:
    return ("是" if value else "否") if isinstance(value, bool) else value


def _table(path: Path) -> IO[str]:
    """Opens a CSV file in an encoding that Excel recognises."""
    return path.open("w", encoding="utf-8-sig", newline="")


def yaml_text(value: object) -> str:
    """Returns a value as YAML, its keys in their order."""
    return str(yaml.dump(value, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=1000))

"""Compares what a batch found in fictitious accounts with the errors that were planted in them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouji.errors import UnusableInputError, reason_of

ANSWERS = "answers.csv"
_FINDINGS = "findings.json"
#: An answer marks the words of the narrative that it means, behind their clause: 占本年支出合计的【100.00】%.
_MARKED = re.compile(r"([^“…【】，。；：、（）]*)【[^】]*】")
_DIGITS = re.compile(r"[0-9.]")
_KEYS = frozenset({"document", "concept", "where", "printed", "within_rounding"})
_YES = "是"

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """How many planted errors were found; each number is part of the one that it follows.

    `planted` are those of the accounts that were audited. `found`: an error-level finding shows the figure; `located`:
    a finding says that this figure is the wrong one. `missed_by_rounding`: not found, but off by at most one unit of
    the last digit. `errors` are the error-level findings, `false` those that show no planted figure. `left` is the
    number of accounts in the answers that have no findings.
    """

    planted: int
    found: int
    located: int
    missed_by_rounding: int
    errors: int
    false: int
    left: int

    def __str__(self) -> str:
        missed = self.planted - self.found
        rounding = f"（其中{self.missed_by_rounding}处末位相差不超过一，可能没有数字与之矛盾）" if missed else ""
        left = f"；另有{self.left}份没有审核结果，不计" if self.left else ""
        return (
            f"植入差错{self.planted}处：查出{self.found}处，其中{self.located}处指明所植之处；未查出{missed}处{rounding}。\n"
            f"错误级发现{self.errors}项，其中{self.false}项与植入之处无关（误报）{left}。"
        )


def compare(folder: Path, runs: Path) -> Score:
    """Compares the answers in a folder of fictitious accounts with the findings of a batch in `runs`.

    Raises UnusableInputError where the folder has no answers, or no account of it was audited into `runs`.
    """
    planted: dict[str, list[Record]] = {}
    for answer in _answers(folder / ANSWERS):
        planted.setdefault(answer["document"], []).append(answer)
    names = sorted({path.stem for path in (folder / "params").glob("*.yaml")} | set(planted))
    errors = {name: found for name in names if (found := _errors(runs / name / _FINDINGS)) is not None}
    if not errors:
        raise UnusableInputError(
            str(runs), "没有这些虚构决算的审核结果", f"请先运行 gouji batch {folder / 'params'}（不带 --findings-only）"
        )
    return _score(planted, errors, len(names) - len(errors))


def _score(planted: dict[str, list[Record]], errors: dict[str, list[Record]], left: int) -> Score:
    answers = [(answer, errors[name]) for name in errors for answer in planted.get(name, [])]
    found = [any(_shows(one, answer) for one in own) for answer, own in answers]
    located = [any(_points_at(one, answer) for one in own) for answer, own in answers]
    missed = [answer for (answer, _), seen in zip(answers, found, strict=True) if not seen]
    false = [
        one for name, own in errors.items() for one in own if not any(_shows(one, two) for two in planted.get(name, []))
    ]
    return Score(
        planted=len(answers),
        found=sum(found),
        located=sum(located),
        missed_by_rounding=sum(answer["within_rounding"] == _YES for answer in missed),
        errors=sum(map(len, errors.values())),
        false=len(false),
        left=left,
    )


def _answers(path: Path) -> list[Record]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            answers: list[Record] = list(csv.DictReader(file))
    except OSError as error:
        remedy = "请给出 gouji fictitious 写出的文件夹"
        raise UnusableInputError(str(path), f"无法读取（{reason_of(error)}）", remedy) from error
    except (ValueError, csv.Error) as error:
        raise UnusableInputError(str(path), "不是差错答案", "请重新生成") from error
    if any(_KEYS - answer.keys() for answer in answers):
        raise UnusableInputError(str(path), "不是差错答案", "请重新生成")
    return answers


def _errors(path: Path) -> list[Record] | None:
    """Returns the error-level findings of a run, None where there is no run."""
    if not path.is_file():
        return None
    try:
        findings: Sequence[Record] = json.loads(path.read_text(encoding="utf-8"))["findings"]
        return [one for one in findings if one["severity"] == "error"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnusableInputError(str(path), "不是审核结果", "请重新审核") from error


def _shows(finding: Record, answer: Record) -> bool:
    return any(_is_there(place, answer) for place in finding["places"])


def _points_at(finding: Record, answer: Record) -> bool:
    """True where the finding has one suspect, which is the first of its places, and it is the planted figure."""
    return bool(finding["located"]) and any(_is_there(place, answer) for place in finding["places"][:1])


def _is_there(place: Record, answer: Record) -> bool:
    if answer["concept"]:
        return bool(place["locator"].get("concept") == answer["concept"])
    before, quote = _MARKED.findall(answer["where"]), _squeezed(place["quote"])
    printed = any(_squeezed(words + answer["printed"]) in quote for words in before)
    return printed and _digits(place["published"]) == _digits(answer["printed"])


def _digits(text: str) -> str:
    return "".join(_DIGITS.findall(text))


def _squeezed(text: str) -> str:
    return "".join(text.split())

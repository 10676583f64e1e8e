"""A disposition: who decided what on a finding, when, why, and what the finding said then."""

from __future__ import annotations

import datetime
import re
from enum import Enum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from gouji.runtime.strict import StrictModel

_ID = re.compile(r"F-[0-9a-f]{8}")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


class Decision(Enum):
    """The possible decisions of an auditor, as files name them."""

    CONFIRMED = "confirmed"
    EXPLAINED = "explained"
    DISMISSED = "dismissed"

    @property
    def named(self) -> str:
        """Returns the Chinese name that auditors use."""
        return DECISION_NAMES[self]


DECISION_NAMES = {Decision.CONFIRMED: "认定", Decision.EXPLAINED: "已说明", Decision.DISMISSED: "不认定"}


def _decision(value: Any) -> Any:
    """Parses a decision by either name."""
    words = {one.value: one for one in Decision} | {name: one for one, name in DECISION_NAMES.items()}
    if isinstance(value, Decision):
        return value
    if not isinstance(value, str) or value.strip() not in words:
        raise ValueError(f"应为 {'、'.join(DECISION_NAMES.values())} 之一")
    return words[value.strip()]


def _text(value: Any) -> Any:
    """Returns text without surrounding blanks; a bare number is taken as written."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("应为文字")
    return str(value).strip()


def _id(value: Any) -> Any:
    if not isinstance(value, str) or not _ID.fullmatch(value.strip()):
        raise ValueError("不是发现的编号（F- 加八位）")
    return value.strip()


def _date(value: Any) -> Any:
    """Parses a day: 2024-08-01, 2024/8/1, 2024年8月1日."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    found = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        return datetime.date(*map(int, found.groups())) if found else _no_date()
    except ValueError:
        return _no_date()


def _no_date() -> Any:
    raise ValueError("不是日期，应如 2024-08-01")


Text = Annotated[str, BeforeValidator(_text)]


class About(StrictModel):
    """What a finding said: its rule and title, its figures as printed, the difference.

    `fingerprint` covers everything but the title, whose wording may be improved without making it another finding.
    """

    rule: Text
    title: Text
    printed: tuple[str, ...] = ()
    difference: Text = ""
    fingerprint: Text

    @property
    def told(self) -> str:
        """Returns it in one line, for people."""
        printed = f"（公布：{'；'.join(self.printed)}）" if self.printed else ""
        return f"{self.title}{printed}" + (f"，相差{self.difference}" if self.difference else "")


class Disposition(StrictModel):
    """An auditor's decision on the finding `finding`.

    `about` is None where the decision was written by hand in a file. It then applies to the finding as the next run
    has it.
    """

    finding: Annotated[str, BeforeValidator(_id)]
    decision: Annotated[Decision, BeforeValidator(_decision)]
    reason: Text = Field(default="")
    reviewer: Text = Field(default="")
    date: Annotated[datetime.date | None, BeforeValidator(_date)] = None
    about: About | None = None

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        if self.decision is not Decision.CONFIRMED and not self.reason:
            raise ValueError(f"认定为“{self.decision.named}”须写明理由")
        return self

    def same(self, other: Disposition | None) -> bool:
        """True where both decide alike on the same finding, as far as both record what it said."""
        if other is None or self.fields() != other.fields():
            return False
        return self.about is None or other.about is None or self.about.fingerprint == other.about.fingerprint

    def fields(self) -> tuple[str, Decision, str, str, datetime.date | None]:
        """Returns everything but what the finding said."""
        return self.finding, self.decision, self.reason, self.reviewer, self.date

    @property
    def told(self) -> str:
        """Returns `已说明：账表一致，属印刷差错（张三，2024-08-01）`."""
        signed = "，".join(filter(None, (self.reviewer, self.date.isoformat() if self.date else "")))
        reason = f"：{self.reason}" if self.reason else ""
        return f"{self.decision.named}{reason}" + (f"（{signed}）" if signed else "")

    def to_json(self) -> dict[str, Any]:
        """Returns the values for files, without empty ones."""
        values: dict[str, Any] = {"finding": self.finding, "decision": self.decision.value}
        values |= {name: text for name in ("reason", "reviewer") if (text := getattr(self, name))}
        if self.date:
            values["date"] = self.date.isoformat()
        if self.about:
            values["about"] = self.about.model_dump(mode="json")
        return values


def problem_of(error: ValidationError) -> tuple[tuple[int | str, ...], str]:
    """Returns the place and the message of the first problem of a validation."""
    problem = error.errors()[0]
    kinds = {"missing": "缺少此项", "extra_forbidden": "未知的键"}
    said = kinds.get(problem["type"], str(problem["msg"]).removeprefix("Value error, "))
    return problem["loc"], said

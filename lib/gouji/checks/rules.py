"""Rules as data: every `rules/*.yaml`, validated on load, each with its basis."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gouji.checks.identity import Identity, parse_identity, parse_reference
from gouji.layouts import TABLE_KEYS, load_layouts
from gouji.yaml_data import load_yaml

Severity = Literal["error", "question", "note"]
Kind = Literal[
    "identity", "statement", "statement_detail", "repeated", "blank", "unreadable", "zero_or_none", "empty_unexplained"
]

_EACH = re.compile(r"^(?P<table>[a-z_]+)\[(?P<rows>\*|parents|codes|classes)\]$")
_ZERO = re.compile(r"^zero\((?P<path>.+)\)$")


class Basis(BaseModel):
    """A law, regulation or form note: what it says, in our words, with article, date in force and date last checked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    article: str
    in_force: str
    checked: str
    says: str

    @property
    def citation(self) -> str:
        """How a memo cites it."""
        return self.name + self.article


class Rule(BaseModel):
    """One rule. `each` and `for` repeat it over rows and names; `when` says where it applies; `absent: zero` lets rows
    that a recognised table does not print count as zero."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$")
    title: str
    kind: Kind = "identity"
    each: str = ""
    over: dict[str, tuple[str, ...]] = Field(default={}, alias="for")
    when: tuple[str, ...] = ()
    identity: str = ""
    absent: Literal["unbound", "zero"] = "unbound"
    severity: Severity = "error"
    years: tuple[int, int] | None = None
    words: tuple[str, ...] = ()
    note: str = ""
    basis: tuple[Basis, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.kind == "identity") != bool(self.identity):
            raise ValueError("a rule of kind identity, and only that, has an identity")
        if self.each and not _EACH.match(self.each):
            raise ValueError(f"each: {self.each!r} is not table[*|parents|codes|classes]")
        for _, identity in self.instances():
            for term in (*identity.left, *identity.right):
                _known(term.reference.table or self.table, term.reference.column)
        for condition in self.when:
            self.condition(condition)
        return self

    @property
    def table(self) -> str:
        """The table `each` walks over, "" where the rule stands alone."""
        match = _EACH.match(self.each)
        return match["table"] if match else ""

    @property
    def rows(self) -> str:
        """The rows `each` walks over."""
        match = _EACH.match(self.each)
        return match["rows"] if match else ""

    def instances(self) -> list[tuple[dict[str, str], Identity]]:
        """The identity for each combination of the names in `for`; `{row}` is kept for binding."""
        if not self.identity:
            return []
        names = list(self.over)
        return [
            (
                dict(zip(names, values, strict=True)),
                parse_identity(_fill(self.identity, dict(zip(names, values, strict=True)))),
            )
            for values in product(*self.over.values())
        ]

    @staticmethod
    def condition(text: str) -> Identity | str:
        """A `when` line: the path of `zero(path)`, or an identity that must hold to the digit."""
        if match := _ZERO.match(text):
            parse_reference(match["path"])
            return match["path"]
        return parse_identity(text)


def _fill(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text.replace("{row}", "current_row")


def _known(table: str, column: str) -> None:
    layouts = load_layouts().tables
    if table not in TABLE_KEYS:
        raise ValueError(f"unknown table {table!r}")
    layout = layouts[table]
    columns = set(layout.columns).union(*(side.columns for side in layout.sides.values()))
    if column not in columns:
        raise ValueError(f"table {table} has no column {column!r}")


@cache
def load_rules() -> tuple[Rule, ...]:
    """All packaged rules in file order. Raises ValueError naming file and rule where one is malformed."""
    folder = files("gouji").joinpath("rules")
    basis = {
        key: Basis(id=key, **{name: str(value) for name, value in entry.items()})
        for key, entry in load_yaml(folder.joinpath("basis.yaml").read_text(encoding="utf-8")).items()
    }
    rules: list[Rule] = []
    for name in sorted(
        path.name for path in folder.iterdir() if path.name.endswith(".yaml") and path.name != "basis.yaml"
    ):
        for entry in load_yaml(folder.joinpath(name).read_text(encoding="utf-8")):
            rules.append(parse_rule(entry, basis, name))
    if len({rule.id for rule in rules}) != len(rules):
        raise ValueError("rule ids must be unique")
    return tuple(rules)


def parse_rule(entry: dict[str, Any], basis: dict[str, Basis], source: str) -> Rule:
    """One YAML entry as a Rule; its basis ids resolved. Raises ValueError with the file and the rule's id."""
    try:
        return Rule.model_validate({**entry, "basis": [basis[key] for key in entry.get("basis", [])]})
    except KeyError as error:
        raise ValueError(f"{source}: {entry.get('id')}: unknown basis {error}") from error
    except ValueError as error:
        raise ValueError(f"{source}: {entry.get('id')}: {error}") from error


def rule(rule_id: str) -> Rule:
    """The packaged rule of that id. Raises KeyError."""
    return {one.id: one for one in load_rules()}[rule_id]

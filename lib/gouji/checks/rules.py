"""Rules as data: every `rules/*.yaml`, validated on load, each with its basis."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from itertools import product
from typing import Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from gouji.checks.identity import SELECTORS, Identity, Reference, Term, parse_identity, parse_reference
from gouji.checks.vocabulary import known
from gouji.facts.fact import Facts
from gouji.layouts import TABLE_KEYS
from gouji.runtime.strict import StrictModel
from gouji.runtime.yaml_data import load_yaml

#: A rule of one of the models.
R = TypeVar("R", bound="RuleHead")
Severity = Literal["error", "question", "note"]
Kind = Literal[
    "identity",
    "statement",
    "statement_detail",
    "repeated",
    "repeated_relation",
    "repeated_phrase",
    "share",
    "completion",
    "rate",
    "contrary_rate",
    "awarded_by_kind",
    "implied_budgets",
    "zero_base",
    "of_nothing",
    "per_head",
    "change",
    "adjustment",
    "slip",
    "restated",
    "derived_rate",
    "derived_per_unit",
    "derived_total",
    "derived_remainder",
    "derived_row",
    "derived_repeat",
    "remainder",
    "difference",
    "points",
    "direction",
    "parts",
    "closing_total",
    "family",
    "family_change",
    "changes_at_most",
    "usual_changes",
    "usual_kinds",
    "usual_counts",
    "shares_total",
    "limit",
    "account_limit",
    "absent_class",
    "items",
    "left_out_items",
    "prior_limit",
    "prior_rates",
    "prior_sign",
    "balance",
    "usual_balance",
    "prior_closing",
    "usual_items",
    "count_money",
    "table_counts",
    "target",
    "listed_accounts",
    "note_of_nothing",
    "cut_off",
    "blank",
    "unreadable",
    "malformed",
    "named_alike",
    "execution_rate",
    "whole_report",
    "whole_report_open",
    "unit_left_out",
    "unrecognised",
    "unread",
    "doubled",
    "doubled_open",
    "miscoded",
    "unfilled",
    "placeholder",
    "zero_or_none",
    "empty_unexplained",
    "joint",
    "evaluation_funds",
    "evaluation_rate",
    "evaluation_weights",
    "evaluation_class_weights",
    "evaluation_scores",
    "evaluation_limit",
    "evaluation_deducted",
    "evaluation_score_rate",
    "evaluation_stated",
    "evaluation_told",
    "annexed_accounts",
    "annexed_sums",
    "annexed_projects",
    "annexed_sources",
    "annexed_stated",
    "annexed_vehicles",
    "evaluation_report",
    "evaluation_report_weights",
    "evaluation_grades",
    "evaluation_bands",
    "evaluation_mean",
    "evaluation_whole",
    "evaluation_whole_open",
    "evaluation_parts_told",
    "evaluation_row_mean",
    "evaluation_part_weights",
    "evaluation_part_limits",
    "evaluation_deductions",
    "against_target",
    "share_of_all",
    "completion_at_most",
    "completion_at_least",
    "personnel_least",
]

_EACH = re.compile(r"^(?P<table>[a-z_]+)\[(?P<rows>\*|parents|codes|classes)\]$")
_ZERO = re.compile(r"^zero\((?P<path>.+)\)$")


class Basis(StrictModel):
    """A law, regulation or form note: what it says, in our words, with article, date in force and date of the entry.

    `version`: which version is meant, in words. `checked`: when article, wording and date in force were last compared
    with a public copy. `verified`: that copy was the official text. `law` is False for what has no articles (practice,
    the form's own notes).
    """

    id: str
    name: str
    article: str
    in_force: str
    checked: str
    says: str
    version: str = ""
    verified: bool = False
    law: bool = True

    @property
    def citable(self) -> bool:
        """True if a rule may rest on it: for a law, article, date in force and date last checked must be known."""
        return bool(self.checked and (not self.law or (self.article and self.in_force)))

    @property
    def citation(self) -> str:
        """Returns the text by which a memo cites it."""
        return self.name + self.article

    @property
    def dated(self) -> str:
        """Returns the date in force, or the version that is meant; "" if the list gives neither."""
        return f"{self.in_force}起施行" if self.in_force else self.version


class RuleHead(BaseModel):
    """The fields that every rule has.

    `title` is in the auditor's words. `kind` names the code that applies the rule. `years` are the first and last year
    of account that it is for, None for all. `basis` is what it rests on.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$")
    title: str
    kind: str
    severity: Severity
    years: tuple[int, int] | None = None
    note: str = ""
    basis: tuple[Basis, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if self.years and self.years[0] > self.years[1]:
            raise ValueError(f"years: {self.years} end before they begin")
        return self

    @cached_property
    def cited(self) -> str:
        """Returns the bases of the rule, as a memo cites them."""
        return "；".join(one.citation for one in self.basis)

    def applies(self, year: int | None) -> bool:
        """True for accounts of that year. If the year is unknown, true for all rules."""
        return not (self.years and year) or self.years[0] <= year <= self.years[1]


class Rule(RuleHead):
    """One rule about tables or sentences.

    - `each`, `for`: repeat it over rows and names. `when`: the conditions under which it applies.
    - `absent: zero`: a row that a recognised table does not print counts as zero.
    - `complete`: every figure that the rule names must be in the form.
    - `closed`: it is not made if an unknown column holds a figure in the row (as 缴回财政 may).
    - `printing`, `lacking`: columns (`table.column`) that the document's tables must have, or must not have.
    - `words`, `unless`: form rules look for `words` in a table's notes, in sentences without the words of `unless`.
    """

    kind: Kind = "identity"
    each: str = ""
    over: dict[str, tuple[str, ...]] = Field(default={}, alias="for")
    when: tuple[str, ...] = ()
    identity: str = ""
    absent: Literal["unbound", "zero"] = "unbound"
    complete: bool = False
    closed: bool = False
    printing: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    severity: Severity = "error"
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.kind == "identity") != bool(self.identity):
            raise ValueError("a rule of kind identity, and only that, has an identity")
        if self.each and not _EACH.match(self.each):
            raise ValueError(f"each: {self.each!r} is not table[*|parents|codes|classes]")
        if (self.kind in ("zero_or_none", "empty_unexplained", "note_of_nothing")) != bool(self.words):
            raise ValueError("a rule about empty tables, and only that, has words to look for")
        self._names_known()
        return self

    def _names_known(self) -> None:
        """Raises ValueError for a table, row, column, name or pattern that does not exist."""
        for name in self.over:
            if f"{{{name}}}" not in self.identity:
                raise ValueError(f"for: {name!r} is not used in the identity")
        for identity in self.instances():
            for term in (*identity.left, *identity.right):
                known(term.reference, self.table)
        for condition in self.when:
            parsed = self.condition(condition)
            terms = () if isinstance(parsed, Reference) else (*parsed.left, *parsed.right)
            for reference in [parsed] if isinstance(parsed, Reference) else [term.reference for term in terms]:
                known(reference, "")
        for path in (*self.printing, *self.lacking):
            table, _, column = path.partition(".")
            known(Reference(table, "-", column), "")
        for word in (*self.words, *self.unless):
            try:
                re.compile(word)
            except re.error as error:
                raise ValueError(f"{word!r} is no regular expression: {error}") from error

    @cached_property
    def named(self) -> frozenset[str]:
        """Returns the tables that the rule names: its own, and those in its identity and its conditions."""
        named = [term.reference for one in self.instances() for term in (*one.left, *one.right)]
        for condition in map(self.condition, self.when):
            terms = () if isinstance(condition, Reference) else (*condition.left, *condition.right)
            named += [condition] if isinstance(condition, Reference) else [term.reference for term in terms]
        return frozenset({self.table, *(one.table for one in named)}) - {""}

    @cached_property
    def beyond(self) -> frozenset[str]:
        """Returns the tables beyond the nine that the rule names. It applies only to documents that have them."""
        return self.named - {*TABLE_KEYS}

    def speaks_of(self, facts: Facts) -> bool:
        """True if the rule is for the document's year, and the document has the tables and columns that it is about."""
        has = [facts.has_column(*column.split(".", 1)) for column in self.printing]
        has += [not facts.has_column(*column.split(".", 1)) for column in self.lacking]
        return all(has) and facts.annexed.keys() >= self.beyond and self.applies(facts.year)

    @property
    def derived(self) -> bool:
        """True if the rule tries out what a report's figure may be derived from, instead of reading it."""
        return self.kind.startswith("derived_")

    @cached_property
    def table(self) -> str:
        """Returns the table that `each` walks over; "" if the rule stands alone."""
        match = _EACH.match(self.each)
        return match["table"] if match else ""

    @cached_property
    def rows(self) -> str:
        """Returns the rows that `each` walks over."""
        match = _EACH.match(self.each)
        return match["rows"] if match else ""

    def instances(self) -> list[Identity]:
        """Returns the identity for each combination of the names in `for`."""
        return self._identities

    @cached_property
    def _identities(self) -> list[Identity]:
        if not self.identity:
            return []
        combinations = product(*self.over.values())
        return [parse_identity(_fill(self.identity, dict(zip(self.over, one, strict=True)))) for one in combinations]

    @staticmethod
    def condition(text: str) -> Identity | Reference:
        """Parses a `when` line: returns the path of `zero(path)`, or an identity that must hold to the digit."""
        match = _ZERO.match(text)
        return parse_reference(match["path"]) if match else parse_identity(text)


def _fill(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    text = text.replace("{row}", "current_row")
    if unknown := re.search(r"\{\w*\}", text):
        raise ValueError(f"{unknown.group()} in the identity is not a name of `for`, nor {{row}}")
    return text


@cache
def load_bases() -> dict[str, Basis]:
    """Returns the bases of rules by id (`rules/basis.yaml`). Raises ValueError, as `parse_bases` does."""
    return parse_bases(files("gouji").joinpath("rules", "basis.yaml").read_text(encoding="utf-8"))


def parse_bases(text: str) -> dict[str, Basis]:
    """Returns the bases of a YAML file by id. Raises ValueError with the id of an entry that is not valid."""
    found: dict[str, Basis] = {}
    for key, entry in load_yaml(text).items():
        dated = {name: value.isoformat() if isinstance(value, date) else value for name, value in entry.items()}
        try:
            found[key] = Basis.model_validate({"id": key, **dated})
        except ValidationError as error:
            first = error.errors()[0]
            raise ValueError(f"basis.yaml: {key}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    return found


@cache
def load_rules() -> tuple[Rule, ...]:
    """Returns all packaged rules in file order.

    Raises ValueError with file and rule if one is malformed, or of a kind that no code follows.
    """
    from gouji.checks.binders import refuse_unbound  # which needs the rules' model, and so this module

    folder, basis = files("gouji").joinpath("rules"), load_bases()
    rules: list[Rule] = []
    for name in sorted(
        path.name for path in folder.iterdir() if path.name.endswith(".yaml") and path.name != "basis.yaml"
    ):
        for entry in load_yaml(folder.joinpath(name).read_text(encoding="utf-8")):
            rules.append(parse_rule(entry, basis, name))
    if len({rule.id for rule in rules}) != len(rules):
        raise ValueError("rule ids must be unique")
    refuse_unbound(rules)
    return tuple(rules)


@cache
def counterparts() -> dict[str, tuple[str, ...]]:
    """Returns, by concept path, the paths of cells that state the same quantity by a rule without conditions."""
    same: dict[str, tuple[str, ...]] = {}
    for rule in load_rules():
        for identity in [] if rule.each or rule.when or rule.years else rule.instances():
            left, right = (_same_quantity(side) for side in (identity.left, identity.right))
            if identity.operator == "=" and left and right:
                same[left] = (*same.get(left, ()), right)
                same[right] = (*same.get(right, ()), left)
    return same


def _same_quantity(side: tuple[Term, ...]) -> str:
    """Returns the concept path of a side that is one figure (or the total of a table by its rows); "" for any other
    side."""
    reference = side[0].reference
    if len(side) > 1 or side[0].sign < 0 or not reference.table or reference.row in SELECTORS - {"overall"}:
        return ""
    row = "total" if reference.row == "overall" else reference.row
    return f"{reference.table}[{row}].{reference.column}"


def parse_rule(entry: dict[str, Any], basis: dict[str, Basis], source: str) -> Rule:
    """Returns a YAML entry as a Rule, with its bases in place of their ids. Raises ValueError with the file and the
    rule's id."""
    return parse_as(Rule, entry, basis, source)


def parse_as(model: type[R], entry: dict[str, Any], basis: dict[str, Basis], source: str) -> R:
    """Returns a YAML entry as a rule of a model, with its bases in place of their ids.

    Raises ValueError with the file and the rule's id, also for a law that is cited without article, date in force or
    date last checked.
    """
    if not isinstance(entry, dict) or not isinstance(entry.get("basis", []), list):
        raise ValueError(f"{source}: {entry!r:.80} is no rule with a list of bases")
    try:
        cited = [basis[key] for key in entry.get("basis", [])]
        if open_ones := [one.id for one in cited if not one.citable]:
            raise ValueError(f"basis {open_ones[0]} lacks article, date in force or date last checked")
        return model.model_validate({**entry, "basis": cited})
    except KeyError as error:
        raise ValueError(f"{source}: {entry.get('id')}: unknown basis {error}") from error
    except ValueError as error:
        raise ValueError(f"{source}: {entry.get('id')}: {error}") from error


def rule(rule_id: str) -> Rule:
    """Returns the packaged rule with that id. Raises KeyError."""
    return _by_id()[rule_id]


@cache
def _by_id() -> dict[str, Rule]:
    return {one.id: one for one in load_rules()}

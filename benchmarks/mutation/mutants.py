"""The changes that are tried with a module, one token each."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.provider import OperatorProvider

Position = tuple[int, int]

#: Operators that may stand for each other where one was mistyped. Others (a shift for a sum, `is` for `<`) are not
#: tried: they fail at once and would only make the count look better.
_FAMILIES = (
    {"Add", "Sub", "Mul", "FloorDiv", "Div", "Mod"},
    {"BitOr", "BitAnd", "BitXor", "Sub"},
    {"Eq", "NotEq", "Lt", "LtE", "Gt", "GtE"},
    {"In", "NotIn"},
    {"Is", "IsNot"},
)


@dataclass(frozen=True)
class Mutant:
    """The `occurrence`-th change that an operator makes in a module's source, on `line`; `nth` among those alike."""

    source: str
    operator: str
    occurrence: int
    line: int
    nth: int = 0

    @cached_property
    def mutated(self) -> str:
        """The module's source with the change."""
        mutated: str = mutate_code(self.source, OperatorProvider()[self.operator](), self.occurrence)
        return mutated

    @property
    def before(self) -> str:
        """The line as it is."""
        return self.source.splitlines()[self.line - 1].strip()

    @property
    def after(self) -> str:
        """The line with the change."""
        lines = self.mutated.splitlines()
        return lines[min(self.line, len(lines)) - 1].strip()

    @property
    def key(self) -> str:
        """What tells it from the others, wherever its line stands."""
        return f"{self.before} → {self.operator} {self.nth}"


def mutants(path: Path) -> list[Mutant]:
    """All mutants of a module, in the order of its lines."""
    source = path.read_text(encoding="utf-8")
    seen: Counter[str] = Counter()
    found = []
    for one in sorted(_all(source), key=lambda one: (one.line, one.operator, one.occurrence)):
        alike = f"{one.before} {one.operator}"
        found.append(Mutant(one.source, one.operator, one.occurrence, one.line, seen[alike]))
        seen[alike] += 1
    return found


def _all(source: str) -> Iterator[Mutant]:
    tree, annotations = get_ast(source), list(_annotations(source))
    provider = OperatorProvider()
    for name in provider:
        if provider[name].arguments() or not _is_tried(name):
            continue
        operator = provider[name]()
        positions = (start for node in ast_nodes(tree) for start, _ in operator.mutation_positions(node))
        for occurrence, start in enumerate(positions):
            if not any(first <= start < last for first, last in annotations):
                yield Mutant(source, name, occurrence, start[0])


def _is_tried(operator: str) -> bool:
    kind, _, pair = operator.partition("_")
    if kind not in ("ReplaceBinaryOperator", "ReplaceComparisonOperator"):
        return True
    return any(set(pair.split("_")) <= family for family in _FAMILIES)


def _annotations(source: str) -> Iterator[tuple[Position, Position]]:
    """From where to where annotations stand: they are never evaluated."""
    for node in ast.walk(ast.parse(source)):
        for one in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if one is not None:
                yield (one.lineno, one.col_offset), (one.end_lineno, one.end_col_offset)

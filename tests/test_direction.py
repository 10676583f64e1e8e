"""One direction: a package imports only those before it, in functions too; so none imports itself by way of others."""

import ast
import re
from collections.abc import Iterator

import pytest

from conftest import ROOT

#: What stands in lib/gouji, from low to high. A package may import from those before it, and from itself.
LAYERS = (
    *("errors", "runtime", "intervals", "slips", "radicals", "labels", "reference", "layouts", "rules"),
    *("document", "facts", "checks", "repair", "parameters", "companions", "ledger", "review", "findings"),
    *("dispositions", "auditing", "trends", "memo", "annotate", "posting", "runs", "batch", "verify"),
    *("notebook", "lab", "fictitious", "portfolio", "cli", "watched", "__init__", "__main__"),
)
LIB = ROOT / "lib" / "gouji"


def imported(code: str) -> Iterator[str]:
    """The packages that code imports, wherever in it and for whatever (types too)."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (f"{one.name}.__init__".split(".")[1] for one in node.names if one.name.split(".")[0] == "gouji")
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports say less"
            if node.module == "gouji":
                yield from (one.name if one.name in LAYERS else "__init__" for one in node.names)
            elif node.module and node.module.startswith("gouji."):
                yield node.module.split(".")[1]


def upward(layer: str, code: str) -> list[str]:
    """The packages that code of a layer imports and must not."""
    return [one for one in imported(code) if LAYERS.index(one) > LAYERS.index(layer)]


@pytest.mark.parametrize("layer", LAYERS)
def test_nothing_imports_from_a_later_layer(layer: str) -> None:
    files = sorted((LIB / layer).rglob("*.py")) or [LIB / f"{layer}.py"]
    found = {str(path.relative_to(LIB)): upward(layer, path.read_text(encoding="utf-8")) for path in files}
    assert not {path: layers for path, layers in found.items() if layers}


def test_every_package_has_its_layer() -> None:
    there = {path.parts[len(LIB.parts)].removesuffix(".py") for path in LIB.rglob("*.py")}
    assert there == set(LAYERS)


def test_contributing_tells_the_same_order() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"```text\n(errors .*?)```", text, re.DOTALL)
    assert re.findall(r"\w+", told) == list(LAYERS)


@pytest.mark.parametrize(
    "code",
    [
        "import gouji.memo.html",
        "import gouji",
        "from gouji import audit",
        "def f():\n    from gouji.findings.titles import located",
        "if TYPE_CHECKING:\n    from gouji import memo",
    ],
)
def test_imports_upward_are_seen(code: str) -> None:
    assert upward("checks", code)
    assert not upward("checks", "from gouji.facts.fact import Fact\nfrom gouji import facts")

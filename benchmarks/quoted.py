"""Writes what commands print into the pages that quote it: `python -m benchmarks.quoted`, which `make quality` runs.

- docs/quality.md has a block for each benchmark (statements, planted, demo, compared).
- README.md and README.zh-CN.md have a table of figures, taken from docs/quality.md, and the summary of the sample
  department's audit (sample).
- A Python block that a `text printed` block follows is run, and its output quoted (printed).

`--only NAME …` renews some of these; the table of figures is always renewed. Tests compare pages and commands.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
QUALITY = ROOT / "docs" / "quality.md"
READMES = {"english": ROOT / "README.md", "chinese": ROOT / "README.zh-CN.md"}
#: Pages with Python blocks whose output is quoted.
PRINTING = (*READMES.values(), ROOT / "CONTRIBUTING.md")
#: Block of docs/quality.md → the module and options that print it.
BENCHMARKS: Mapping[str, tuple[str, ...]] = {
    "statements": ("benchmarks.statements",),
    "planted": ("benchmarks.planted",),
    "demo": ("benchmarks.demo",),
    "compared": ("benchmarks.compared",),
}
_SAMPLE = ROOT / "params" / "lanshan-employment-2023.yaml"
_PRINTED = re.compile(
    r"^```python\n(?P<code>.*?)^```\n+```text printed\n(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL
)
#: Runs pieces of code one after the other, each with names of its own, and prints the list of what they print.
_EACH = """
import contextlib, io, json, sys
outputs = []
for code in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, "block", "exec"), {"__name__": "__main__"})
    outputs.append(printed.getvalue())
print(json.dumps(outputs))
"""
_TABLE = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- /figures -->)", re.DOTALL)


@dataclass(frozen=True)
class Figure:
    """A row of the READMEs' table: `pattern` finds numbers in a block; `english` and `chinese` are label and value, in
    which {0} is the first number."""

    block: str
    pattern: str
    english: tuple[str, str]
    chinese: tuple[str, str]


FIGURES = (
    Figure(
        "planted",
        r"^(\d+) clean fictitious departments: false errors (\d+)",
        ("False errors in {0} fictitious accounts without errors", "{1}"),
        ("{0}份无误的虚构决算中的误报（错误级）", "{1}项"),
    ),
    Figure(
        "planted",
        r"^  all +(\d+) +(\d+) +(\d+)",
        ("One planted error in each of {0} accounts", "{1} detected; {2} located at the planted figure"),
        ("{0}份决算各植入1处错误", "查出{1}处，其中{2}处指明所植之处"),
    ),
    Figure(
        "demo",
        r"植入差错(\d+)处：查出(\d+)处，其中(\d+)处(?:.*\n)错误级发现(\d+)项，其中(\d+)项",
        ("`make demo`: {0} planted errors", "{1} found, {2} located; {4} of {3} findings false"),
        ("`make demo`：植入差错{0}处", "查出{1}处，其中{2}处指明所植之处；发现{3}项中误报{4}项"),
    ),
    Figure(
        "statements",
        r"^held out: .*\n  facts +recall +([\d.]+) % +precision +([\d.]+) %",
        ("Sentences not seen while building: figures read", "recall {0} %, precision {1} %"),
        ("编写时未看过的语句：数字读取", "召回率{0}%，准确率{1}%"),
    ),
    Figure(
        "statements",
        r"^held out: .*\n(?: +.*\n)*?  errors +recall +([\d.]+) % +precision +([\d.]+) %",
        ("The same sentences: errors found", "recall {0} %, precision {1} %"),
        ("同上：查出错误", "召回率{0}%，准确率{1}%"),
    ),
    Figure(
        "statements",
        r"^whole reports, held out: .*\n.*\n.*\n +contradictions +(\d+), found at the changed figure (\d+)",
        ("The weakest part, annexed reports not seen while building: contradictions found", "{1} of {0}"),
        ("最弱的一项，编写时未看过的附件报告：查出矛盾", "{0}处中的{1}处"),
    ),
)


def block(page: str, name: str) -> str:
    """The text of a page's block ```text NAME. Raises ValueError where there is none."""
    found = _fence(name).search(page)
    if found is None:
        raise ValueError(f"no block ```text {name}")
    return found[0]


def with_block(page: str, name: str, text: str) -> str:
    """The page with other text in its block NAME. Raises ValueError where there is none."""
    block(page, name)
    return _fence(name).sub(lambda _: text, page, count=1)


def with_figures(page: str, language: str, quality: str) -> str:
    """A README with the table of figures that docs/quality.md gives."""
    heads = {"english": "| Measure | Result |", "chinese": "| 衡量 | 结果 |"}
    rows = "".join(
        f"{row}\n" for row in (heads[language], "|---|---|", *(_row(one, language, quality) for one in FIGURES))
    )
    return _TABLE.sub(lambda _: rows, page, count=1)


def with_printed(pages: Sequence[str]) -> list[str]:
    """Pages with the output of their Python blocks; what several have is run once. Raises CalledProcessError where one
    fails."""
    codes = list(dict.fromkeys(found["code"] for page in pages for found in _PRINTED.finditer(page)))
    printed = dict(zip(codes, json.loads(_run("-c", _EACH, json.dumps(codes))), strict=True))
    return [
        _PRINTED.sub(
            lambda found: found[0].removesuffix(f"{found['output']}```") + f"{printed[found['code']]}```", page
        )
        for page in pages
    ]


def sample() -> str:
    """What `gouji audit` prints of the sample department: its conclusion, the errors and the first question."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        lines = _run("-m", "gouji", "audit", "--params", str(_SAMPLE), "--no-notebooks", "--out", str(out)).splitlines()
    conclusion = next(line for line in lines if "发现错误" in line)
    errors = [line for line in lines if line.startswith("  [错误]")]
    question = next(line for line in lines if line.startswith("  [疑点]") and "未填列" not in line)
    return "\n".join([conclusion, *errors, question, "  …"]) + "\n"


def main() -> None:
    """Runs the commands and writes the pages."""
    names = [*BENCHMARKS, "sample", "printed"]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quoted", description=__doc__)
    parser.add_argument("--only", nargs="*", choices=names, default=names, help="what to renew")
    options = parser.parse_args()
    for name in options.only:
        _renew(name)
    quality = QUALITY.read_text(encoding="utf-8")
    for language, readme in READMES.items():
        _write(readme, with_figures(readme.read_text(encoding="utf-8"), language, quality))


def _renew(name: str) -> None:
    print(f"== {name}", flush=True)
    if name == "printed":
        texts = with_printed([page.read_text(encoding="utf-8") for page in PRINTING])
        for page, text in zip(PRINTING, texts, strict=True):
            _write(page, text)
        return
    text = sample() if name == "sample" else _run("-m", *BENCHMARKS[name])
    print(text, flush=True)
    for page in READMES.values() if name == "sample" else [QUALITY]:
        _write(page, with_block(page.read_text(encoding="utf-8"), name, text))


def _row(figure: Figure, language: str, quality: str) -> str:
    found = re.search(figure.pattern, block(quality, figure.block), re.MULTILINE)
    if found is None:
        raise ValueError(f"no {figure.pattern} in the block {figure.block}")
    label, value = figure.english if language == "english" else figure.chinese
    return f"| {label.format(*found.groups())} | {value.format(*found.groups())} |"


def _fence(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=^```text {re.escape(name)}\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def _run(*arguments: str) -> str:
    """What Python prints, in the project's folder. Raises CalledProcessError where it fails."""
    paths = [str(ROOT / "lib"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, encoding="utf-8"
    ).stdout


def _write(page: Path, text: str) -> None:
    """Writes a page whole or not at all."""
    beside = page.with_name(f".{page.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(page)


if __name__ == "__main__":
    main()

"""README and docs: both languages say the same, links and commands work, quoted output is what commands print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from benchmarks import quoted

from conftest import ROOT
from gouji.cli import parsed

CHINESE = sorted((ROOT / "docs" / "zh-CN").glob("*.md"))
#: Pages in English with the same in Chinese.
PAIRS = [(ROOT / "README.md", ROOT / "README.zh-CN.md"), *((ROOT / "docs" / page.name, page) for page in CHINESE)]
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *CHINESE})
_BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MOST_LINES = 170


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _blocks(page: Path, language: str = "") -> list[str]:
    """The code blocks of a page without their comments."""
    found = [body for kind, body in _BLOCK.findall(_text(page)) if not language or kind == language]
    return [re.sub(r" *#.*", "", body) for body in found]


def _anchor(heading: str) -> str:
    """The anchor that a page's heading gets."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: _name(pair[0]))
def test_both_languages_say_the_same(pair: tuple[Path, Path]) -> None:
    english, chinese = pair
    assert _blocks(english) == _blocks(chinese)
    for mark in (r"^#+ ", r"^\|", r"^(?:-|\d\.) "):
        count = [len(re.findall(mark, _text(page), re.MULTILINE)) for page in pair]
        assert count[0] == count[1], f"{mark} in {_name(english)} and {_name(chinese)}"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!http)([^)]+)\)", _text(page)):
        path, _, anchor = target.partition("#")
        linked = page.parent / path if path else page
        assert linked.exists(), target
        if anchor:
            assert anchor in [_anchor(one) for one in re.findall(r"^#+ (.+)$", _text(linked), re.MULTILINE)], target


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_commands_have_the_options_they_are_shown_with(page: Path) -> None:
    lines = [line for block in _blocks(page, "sh") for line in block.splitlines()]
    for line in lines:
        words = shlex.split(line)
        if words and words[0] == "gouji":
            parsed(words[1:])  # exits where it does not understand


def test_readmes_are_short() -> None:
    for page in PAIRS[0]:
        assert len(_text(page).splitlines()) <= _MOST_LINES


@pytest.mark.parametrize("language", quoted.READMES)
def test_readmes_quote_the_figures_of_the_page_on_quality(language: str) -> None:
    readme = _text(quoted.READMES[language])
    assert readme == quoted.with_figures(readme, language, _text(quoted.QUALITY)), "python -m benchmarks.quoted --only"


def test_python_blocks_print_what_stands_below_them() -> None:
    pages = [_text(page) for page in quoted.PRINTING]
    assert pages == quoted.with_printed(pages), "python -m benchmarks.quoted --only printed"


def test_readmes_quote_what_an_audit_of_the_sample_prints() -> None:
    printed = quoted.sample()
    for readme in quoted.READMES.values():
        assert quoted.block(_text(readme), "sample") == printed, "python -m benchmarks.quoted --only sample"


def test_every_benchmark_has_its_block() -> None:
    for name in quoted.BENCHMARKS:
        assert quoted.block(_text(quoted.QUALITY), name).strip(), name


def test_a_block_is_replaced_and_nothing_around_it() -> None:
    page = "before\n```text one\n```\nbetween\n```text two\nold\n```\nafter\n"
    assert quoted.with_block(page, "one", "new\n") == page.replace("```text one\n", "```text one\nnew\n")
    assert quoted.block(quoted.with_block(page, "two", "new\n"), "two") == "new\n"
    with pytest.raises(ValueError, match="three"):
        quoted.with_block(page, "three", "")

"""A finding drawn as a graph: complete, readable, nothing over anything else, the same bytes each time."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from test_charts import faults, texts

import gouji
from gouji.fictitious.departments import TEMPLATES, change_cell, make_department, to_text
from gouji.findings.finding import Finding
from gouji.memo import charts
from gouji.memo.charts.canvas import SUSPECT
from gouji.memo.charts.graph_model import MOST_CANDIDATES, MOST_FIGURES, MOST_ROWS, Kind, graph_of
from gouji.memo.charts.lettering import SMALL, text_width, wrap, wrap_place
from support.shapes import SHAPES, audited, with_many


@pytest.fixture(autouse=True)
def _strict() -> Iterator[None]:
    """A missing glyph, or any other warning, fails the test."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, gouji.Audit]:
    folder = tmp_path_factory.mktemp("shapes")
    return {shape: audited(shape, folder) for shape in SHAPES}


def first(audit: gouji.Audit) -> Finding:
    return audit.findings.findings[0]


def out_of_box(figure: Figure) -> list[str]:
    """The texts over a box of a figure that was drawn, that do not lie inside it."""
    boxes = [
        patch.get_window_extent() for axes in figure.axes for patch in axes.patches if isinstance(patch, Rectangle)
    ]
    out = []
    for text in (text for axes in figure.axes for text in axes.texts if text.get_text()):
        extent = text.get_window_extent()
        over = [box for box in boxes if box.overlaps(extent.padded(-1))]
        inside = [box for box in over if box.x0 <= extent.x0 and extent.x1 <= box.x1 and box.y0 <= extent.y0 - 1]
        out += [text.get_text()] if over and not inside else []
    return out


def checked(figure: Figure) -> list[str]:
    """What is written on a figure, after a look at where."""
    assert faults(figure) == []
    assert out_of_box(figure) == []
    return texts(figure)


def test_sample(sample: gouji.Audit) -> None:
    figures = [checked(charts.identity_graph(sample, finding)) for finding in sample.findings.findings]
    basic = next(one for one in figures if "270.91 → 270.90" in one)
    assert {"270.90 ≠ 270.91", "不符　差 0.01万元", "385.28 = 270.91 + 114.38", "尾差 0.01万元，更正后分毫不差"} <= {
        *basic
    }
    assert {"162 ≤ 270.91", "成立", "疑似笔误：末位取舍有误", "不成立1项　印证0项"} <= {*basic}
    assert any({"（空） → 385.28", "（空） → 162.00", "（空） → 223.28"} <= {*one} for one in figures)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape(shape: str, shapes: dict[str, gouji.Audit]) -> None:
    assert shapes[shape].findings.findings
    for finding in shapes[shape].findings.findings:
        checked(charts.identity_graph(shapes[shape], finding))


def test_a_located_figure_with_what_testifies(shapes: dict[str, gouji.Audit]) -> None:
    audit = shapes["located"]
    graph = graph_of(audit, first(audit))
    assert [line.kind for line in graph.lines] == [Kind.CONFLICT] * 5
    assert all(line.questioned == (0,) for line in graph.lines)
    assert graph.remarks == ("未画出：22个为0的数。",)
    written = checked(charts.identity_graph(audit, first(audit)))
    assert {"-9,916,089.26 → 9916089.26", "疑似笔误：正负号相反", "9,916,089.26", "印证5"} <= {*written}


def test_what_holds_is_drawn_too(shapes: dict[str, gouji.Audit]) -> None:
    audit = shapes["vouched"]
    kinds = [line.kind for line in graph_of(audit, first(audit)).lines]
    assert kinds == [Kind.CONFLICT, Kind.CONFLICT, Kind.ROUNDING, Kind.HOLDING]
    edges = [to_hex(patch.get_edgecolor()) for patch in charts.identity_graph(audit, first(audit)).axes[0].patches]
    assert SUSPECT in edges
    assert len(set(edges)) == 4


def test_candidates_that_cannot_be_told_apart(shapes: dict[str, gouji.Audit]) -> None:
    written = checked(charts.identity_graph(shapes["four"], first(shapes["four"])))
    assert "可能有误的数字（印数 → 若有误应为）" in written
    assert {"1.95 → 1.80", "1.41 → 1.26", "1.72 → 1.57"} <= {*written}
    assert "6.34 ≠ 1.95 + 1.41 + 1.41 + 1.72" in written


def test_too_many_are_counted(shapes: dict[str, gouji.Audit]) -> None:
    audit = with_many(shapes["located"])
    graph = graph_of(audit, first(audit))
    assert len(graph.questioned) == MOST_CANDIDATES < len(first(audit).suspects)
    assert f"{len(first(audit).suspects) - MOST_CANDIDATES}个可能有误的数" in graph.remarks[0]
    checked(charts.identity_graph(audit, first(audit)))


def test_the_most_rows_and_figures(sample: gouji.Audit) -> None:
    """Beyond the limits the largest conflicts are drawn, and the rest is counted."""
    conflicts = tuple(check for check in sample.checks.checks if check.made and check.terms and not check.per)[:40]
    crowded = replace(first(sample), checks=conflicts, support=(), vouchers=())
    graph = graph_of(sample, crowded)
    assert len(graph.lines) == MOST_ROWS
    assert len(graph.questioned) + len(graph.others) <= MOST_FIGURES
    assert any("项勾稽" in remark for remark in graph.remarks)
    checked(charts.identity_graph(sample, crowded))


def test_a_contradiction_says_its_multipliers(shapes: dict[str, gouji.Audit]) -> None:
    audit = shapes["contradictory"]
    written = checked(charts.identity_graph(audit, first(audit)))
    assert sum(text.startswith("倍数 ") for text in written) == len(first(audit).checks)
    assert any("相差0.03万元" in text and "0.025万元" in text for text in written)
    assert "各项共有的数字" in written


def test_a_finding_without_identities_says_so(sample: gouji.Audit) -> None:
    bare = replace(first(sample), checks=(), support=(), vouchers=())
    assert "此项发现不涉及数字之间的勾稽关系" in texts(charts.identity_graph(sample, bare))


def test_same_bytes_twice(shapes: dict[str, gouji.Audit]) -> None:
    assert shapes
    for audit in shapes.values():
        one, two = (charts.to_png(charts.identity_graph(audit, first(audit))) for _ in range(2))
        assert one == two


@pytest.mark.parametrize("template", TEMPLATES)
def test_whatever_cell_is_changed(template: str, tmp_path: Path) -> None:
    department = make_department(seed=4, template=template)
    drawn = 0
    for concept in [path for path, text in department.printed.items() if text.strip()][::41]:
        path = tmp_path / "changed.txt"
        path.write_text(to_text(change_cell(department, concept, "77777.77")), encoding="utf-8")
        audit = gouji.audit(path)
        for finding in audit.findings.findings:
            checked(charts.identity_graph(audit, finding))
            drawn += 1
    assert drawn > 0


def test_lines_keep_numbers_and_parts_whole() -> None:
    assert wrap("20638606.91 + 6591778.92 ≠ -25449650.75 + 1780735.08", SMALL, 1.8, 3) == [
        "20638606.91 + 6591778.92",
        "≠ -25449650.75 + 1780735.08",
    ]
    assert wrap_place("公开03表 · 2080106 就业管理事务 · 基本支出", SMALL, 1.9, 3) == [
        "公开03表 · 2080106 就业管理事务",
        "基本支出",
    ]
    cut = wrap("社会保障和就业支出" * 9, SMALL, 1.0, 2)
    assert len(cut) == 2
    assert cut[1].endswith("…")
    assert all(text_width(line, SMALL) <= 1.0 for line in cut)

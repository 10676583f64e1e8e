"""The charts: every one draws for every kind of document, with Chinese glyphs, the same bytes each time."""

# mypy: disable-error-code="attr-defined"

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import matplotlib
import pytest
from matplotlib import font_manager
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import gouji
from gouji.facts.fact import Status
from gouji.fictitious.departments import TEMPLATES, change_cell, make_department, to_text
from gouji.intervals import Verdict
from gouji.memo import charts, fonts
from gouji.memo.charts.amounts import MOST, Ledger
from gouji.memo.charts.canvas import SUSPECT, BarPart, BarRow, Fill, bars
from gouji.memo.marked import mark_of

Chart = Callable[[gouji.Audit], Figure]

CHARTS: dict[str, Chart] = {
    name: getattr(charts, name)
    for name in charts.__all__
    if name not in ("BY_TABLE", "identity_graph", "to_png", "to_svg")
}

#: Template and seed of the generated departments: many classes, yuan, empty fund tables, all funds.
DEPARTMENTS = [
    ("national2022", 4),
    ("national2020yuan", 5),
    ("hunan2023", 5),
    ("shanghai2024", 7),
    ("items_only", 1),
]


@pytest.fixture(autouse=True)
def _strict() -> Iterator[None]:
    """A missing glyph, a missing font, or any other warning fails the test."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], gouji.Audit]:
    folder = tmp_path_factory.mktemp("departments")
    audits = {}
    for template, seed in DEPARTMENTS:
        path = folder / f"{template}-{seed}.txt"
        path.write_text(to_text(make_department(seed=seed, template=template)), encoding="utf-8")
        audits[template, seed] = gouji.audit(path)
    return audits


def texts(figure: Figure) -> list[str]:
    """Everything written on a figure."""
    return [text.get_text() for text in (*figure.texts, *(text for axes in figure.axes for text in axes.texts))]


def red_edges(figure: Figure) -> int:
    """How many bars are drawn with a red edge."""
    return sum(to_hex(patch.get_edgecolor()) == SUSPECT for axes in figure.axes for patch in axes.patches)


def without(audit: gouji.Audit, status: Status) -> gouji.Audit:
    """The audit with every table in another state and no table facts."""
    tables = {key: replace(table, status=status, codes=()) for key, table in audit.facts.tables.items()}
    return replace(audit, facts=replace(audit.facts, facts=(), tables=tables))


def faults(figure: Figure) -> list[str]:
    """The texts that stand out of the page, and the pairs of texts that touch each other."""
    charts.to_png(figure)
    drawn = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    boxes = [(text.get_text(), text.get_window_extent().padded(-1)) for text in drawn if text.get_text()]
    page = figure.bbox
    out = [text for text, box in boxes if box.x0 < page.x0 or box.x1 > page.x1 or box.y0 < page.y0 or box.y1 > page.y1]
    pairs = ((a, b) for number, (a, one) in enumerate(boxes) for b, two in boxes[:number] if one.overlaps(two))
    return out + [f"{a} / {b}" for a, b in pairs]


@pytest.mark.parametrize("name", CHARTS)
def test_sample(name: str, sample: gouji.Audit) -> None:
    figure = CHARTS[name](sample)
    assert faults(figure) == []
    assert charts.to_png(figure).startswith(b"\x89PNG")
    assert "<svg" in charts.to_svg(figure)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("department", DEPARTMENTS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def test_generated(name: str, department: tuple[str, int], generated: dict[tuple[str, int], gouji.Audit]) -> None:
    figure = CHARTS[name](generated[department])
    assert faults(figure) == []
    assert red_edges(figure) == 0


def test_the_departments_cover_every_template() -> None:
    assert {template for template, _ in DEPARTMENTS} == set(TEMPLATES)


@pytest.mark.parametrize("name", CHARTS)
def test_same_bytes_twice(name: str, sample: gouji.Audit) -> None:
    first, second = CHARTS[name](sample), CHARTS[name](sample)
    assert charts.to_png(first) == charts.to_png(second) == charts.to_png(first)
    assert charts.to_svg(first) == charts.to_svg(second) == charts.to_svg(first)


@pytest.mark.parametrize("key", charts.BY_TABLE)
def test_a_missing_or_unreadable_table_is_said(key: str, sample: gouji.Audit) -> None:
    assert any("缺表" in text for text in texts(charts.BY_TABLE[key](without(sample, Status.MISSING))))
    assert any("无法识读" in text for text in texts(charts.BY_TABLE[key](without(sample, Status.UNREADABLE))))
    assert any("本表无数据" in text for text in texts(charts.BY_TABLE[key](without(sample, Status.FOUND))))


@pytest.mark.parametrize("chart", [charts.fund_flow, charts.state_capital])
def test_an_empty_fund_table_is_said(chart: Chart, sample: gouji.Audit) -> None:
    assert "本年无数据" in texts(chart(sample))


def test_nothing_to_check(sample: gouji.Audit) -> None:
    bare = without(sample, Status.MISSING)
    bare = replace(bare, checks=replace(bare.checks, checks=()))
    assert "没有可以核对的项目" in texts(charts.coverage_overview(bare))
    assert "情况说明中没有识别出数字" in texts(charts.narrative_marks(bare))


def test_suspect_figures_are_marked(sample: gouji.Audit) -> None:
    figure = charts.expenditure_by_function(sample)
    assert red_edges(figure) == 1
    assert "存疑：基本支出" in texts(figure)
    assert "存疑：本年支出合计（空）、基本支出（空）、项目支出（空）" in texts(figure)
    assert "存疑：合计行（空）" in texts(charts.income_structure(sample))
    assert any(text.startswith("存疑1处") for text in texts(charts.narrative_marks(sample)))
    assert red_edges(charts.general_budget_by_item(sample)) == 0


def test_figures_of_questions_are_not_called_wrong(sample: gouji.Audit) -> None:
    """Of an account without errors no figure is 存疑, and no word is explained that the chart does not use."""
    asked = [one for one in sample.findings.findings if one.reviewed]
    clean = replace(sample, findings=replace(sample.findings, findings=tuple(asked)))
    clean = replace(
        clean,
        checks=replace(
            clean.checks, checks=tuple(one for one in clean.checks.made() if one.verdict is not Verdict.CONFLICT)
        ),
    )
    assert any(one.suspects for one in asked)
    said = texts(charts.narrative_marks(clean))
    assert any(re.search(r"有疑点、提示\d+处", text) for text in said)
    assert not any("存疑" in text or "不符" in text for text in said)
    assert {mark_of(fact, clean).value for fact in clean.facts.statements()} <= {"一致", "尾差", "无可核对"}


def test_every_stated_figure_is_counted_once(sample: gouji.Audit) -> None:
    """By its worst outcome; an account that a sentence lists is checked too, though it joins no identity."""
    counted = Counter[str]()
    for text in texts(charts.narrative_marks(sample)):
        counted.update({name: int(number) for name, number in re.findall(r"(核对一致|尾差|不符|未核对)(\d+)", text)})
    statements = sample.facts.statements()
    assert sum(counted.values()) == len({(fact.place.line, fact.place.start, fact.place.end) for fact in statements})
    listed = {fact for check in sample.checks.made() if check.rule.kind == "listed_accounts" for fact in check.concerns}
    checked = {fact for check in sample.checks.made() for fact in (*check.fact_ids, *check.claims, *check.concerns)}
    assert listed
    idle = {fact.place for fact in statements} - {fact.place for fact in statements if fact.id in checked}
    assert counted["未核对"] == len(idle)


def test_every_suspect_table_figure_is_mentioned(tmp_path: Path) -> None:
    """Whatever cell is changed, the charts of the tables with a suspect say so, and nothing is cut or overlaps."""
    department = make_department(seed=4, template="national2022")
    drawn = 0
    for concept in [path for path, text in department.printed.items() if text.strip()][::29]:
        path = tmp_path / "changed.txt"
        path.write_text(to_text(change_cell(department, concept, "77777.77")), encoding="utf-8")
        audit = gouji.audit(path)
        suspects = {fact.concept.table for finding in audit.findings.findings for fact in finding.suspects}
        for key in suspects & set(charts.BY_TABLE):
            figure = charts.BY_TABLE[key](audit)
            assert any("存疑" in text for text in texts(figure)), (concept, key)
            assert faults(figure) == [], (concept, key)
            drawn += 1
    assert drawn > 4


def test_amounts_are_written_as_printed(sample: gouji.Audit) -> None:
    assert "270.91 + 114.38 = 385.28" in texts(charts.expenditure_by_function(sample))
    assert "162.00（全部支出 385.28）" in texts(charts.general_budget_by_item(sample))
    assert "162.00（42.05%）" in texts(charts.income_structure(sample))


def test_only_the_largest_are_drawn(sample: gouji.Audit) -> None:
    ledger = Ledger(sample, "expenditure")
    rows = [BarRow(f"{number}", (BarPart("基本支出", Decimal(number)),), f"{number}") for number in range(1, 31)]
    rows[0] = replace(rows[0], remark="存疑：基本支出")
    kept = [row.label for row in ledger.largest([[row] for row in rows])]
    assert len(kept) == MOST
    assert kept == ["1", *(str(number) for number in range(7, 31))]
    assert "其余5项未画出" in ledger.remarks[0][0]


def test_many_long_rows_with_negative_amounts() -> None:
    fills = {f"30{number} 对个人和家庭的补助支出": Fill("#ffffff", "////") for number in range(8)}
    names = list(fills)
    rows = [
        BarRow(
            f"20805{number:02d} 其他支持中小企业发展和管理支出及其他各项补助支出合计",
            (BarPart(names[number % 8], Decimal(number * number) * (-1 if number % 6 == 5 else 1), number == 7),),
            f"{number * number:,}.00 + {number}.00 = {number * number + number}.00",
            "存疑：基本支出、本年支出合计、项目支出等4处" if number in (7, 24) else "",
        )
        for number in range(25)
    ]
    figure = bars("公开03表 支出决算表：按功能分类", "支出（万元）", rows, fills, [("图外存疑：合计（空）", SUSPECT)])
    assert faults(figure) == []


def test_style_stays_inside_its_block() -> None:
    before = dict(matplotlib.rcParams)
    with fonts.chinese_style():
        assert matplotlib.rcParams["font.family"] == [fonts.chinese_font()]
        assert matplotlib.rcParams["svg.fonttype"] == "path"
        assert not matplotlib.rcParams["axes.unicode_minus"]
    assert dict(matplotlib.rcParams) == before


@pytest.fixture
def fresh_font() -> Iterator[None]:
    """`chinese_font` looks anew, and the font list is put back afterwards."""
    known = list(font_manager.fontManager.ttflist)
    fonts.chinese_font.cache_clear()
    yield
    font_manager.fontManager.ttflist[:] = known
    font_manager.fontManager._findfont_cached.cache_clear()
    fonts.chinese_font.cache_clear()


def hide_system_fonts() -> None:
    """Leaves the fonts that come with matplotlib."""
    data = matplotlib.get_data_path()
    shipped = [entry for entry in font_manager.fontManager.ttflist if entry.fname.startswith(data)]
    font_manager.fontManager.ttflist[:] = shipped
    font_manager.fontManager._findfont_cached.cache_clear()


@pytest.mark.usefixtures("fresh_font")
def test_without_system_fonts_the_picture_is_the_same(sample: gouji.Audit) -> None:
    before = charts.to_png(charts.expenditure_by_function(sample))
    hide_system_fonts()
    fonts.chinese_font.cache_clear()
    assert fonts.chinese_font() == "Noto Sans CJK SC"
    assert "mplfonts" in font_manager.findfont(fonts.chinese_font())
    assert charts.to_png(charts.expenditure_by_function(sample)) == before


@pytest.mark.usefixtures("fresh_font")
def test_system_font_where_mplfonts_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    hide_system_fonts()
    entry = replace(font_manager.fontManager.ttflist[0], name="Microsoft YaHei")
    font_manager.fontManager.ttflist.append(entry)
    monkeypatch.setattr(fonts, "find_spec", lambda name: None)
    assert fonts.chinese_font() == "Microsoft YaHei"


@pytest.mark.usefixtures("fresh_font")
def test_no_chinese_font_is_one_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    hide_system_fonts()
    monkeypatch.setattr(fonts, "find_spec", lambda name: None)
    with pytest.warns(UserWarning, match="没有找到中文字体"):
        assert fonts.chinese_font() == "DejaVu Sans"
    assert fonts.chinese_font() == "DejaVu Sans"

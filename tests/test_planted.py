"""Errors planted in clean fictitious departments: as their kinds say, noticed unless they violate no row, located."""

# mypy: disable-error-code="no-any-return,no-untyped-call"

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, islice
from random import Random

import pytest
from benchmarks.planted import report
from benchmarks.planted.__main__ import main
from benchmarks.planted.proof import is_allowed
from benchmarks.planted.run import Case, Result, audited, cases, run, silent
from benchmarks.planted.scoring import score
from tests.support.texts import checks_of

from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import recognise
from gouji.fictitious.departments import (
    TEMPLATES,
    FictitiousDepartment,
    Words,
    change_words,
    changes,
    figures,
    line_of,
    make_department,
    to_text,
)
from gouji.fictitious.misprints.cells import COLUMNS, ROWS, neighbours
from gouji.fictitious.misprints.digits import ANYWHERE, Shown, negated
from gouji.fictitious.misprints.plant import NARRATIVE, TABLES, Plant
from gouji.fictitious.misprints.planting import KINDS, Spot, draw, print_all

#: What has digits in a narrative and is no figure: years, dates, item numbers.
NO_FIGURES = re.compile(r"\d{4}年|\d{1,2}月\d{1,2}日|^\d{1,2}[、．]")
#: Of every template, wording and unit some.
DEPARTMENTS = [(template, seed) for template in TEMPLATES for seed in range(2)]


def departments() -> Iterator[FictitiousDepartment]:
    """Clean departments of every template and wording."""
    return (make_department(seed, template) for template, seed in DEPARTMENTS)


def value(text: str) -> Decimal:
    """The number in a text."""
    return Decimal(re.sub(r"[^\d.-]", "", text))


@pytest.mark.parametrize(("template", "seed"), DEPARTMENTS)
def test_the_figures_of_a_narrative_are_those_printed(template: str, seed: int) -> None:
    department = make_department(seed, template)
    assert len({one.paragraph for one in figures(department)}) > 10
    for number, text in enumerate(department.narrative):
        rest = text
        for words in reversed([one for one in figures(department) if one.paragraph == number]):
            assert text[words.start :].startswith(words.text + words.unit)
            rest = rest[: words.start] + rest[words.end :]
        assert not re.search(r"\d", NO_FIGURES.sub("", rest)), text


@pytest.mark.parametrize(("template", "seed"), DEPARTMENTS)
def test_the_engine_reads_figures_where_the_narrative_prints_them(template: str, seed: int) -> None:
    department = make_department(seed, template)
    facts = recognise(Document("department", "", "utf-8", read_blocks(to_text(department))))
    read = {(one.place.line, one.place.end) for one in facts.statements() if re.search(r"\d", one.figure.text)}
    printed = {(line_of(department, one.paragraph), one.end + len(one.unit)) for one in figures(department)}
    assert read == printed


def test_a_change_agrees_with_the_amount_and_the_rate_beside_it() -> None:
    found = [(dept, one) for dept in departments() for one in changes(dept) if one.now]
    assert len(found) > len(DEPARTMENTS)
    for department, change in found:
        assert change.now is not None
        last = value(change.now.text) + value(change.size.text) * (1 if change.falls else -1)
        rates = [value(one.text) for one in change.turns if one.unit == "%"]
        assert len(rates) == (1 if last else 0), department.narrative[change.size.paragraph]
        for rate in rates:
            assert abs(100 * value(change.size.text) / last - rate) < 1 + rate / 50


def test_changed_words_leave_every_other_byte_alone() -> None:
    for department in departments():
        text = to_text(department)
        for words in Random(1).sample(figures(department), 5):
            changed = to_text(change_words(department, words, "98765.43"))
            lines, old = changed.split("\n"), text.split("\n")
            at = line_of(department, words.paragraph) - 1
            assert lines[:at] == old[:at]
            assert lines[at + 1 :] == old[at + 1 :]
            assert lines[at] == old[at][: words.start] + "98765.43" + old[at][words.end :]
        assert to_text(department) == text, "the original is left alone"


def test_words_that_are_not_printed_there_are_not_changed() -> None:
    department = make_department(0, "hunan2023")
    with pytest.raises(ValueError, match="not printed there"):
        change_words(department, Words(0, 0, 4, "1.00", "万元"), "2.00")


#: Kind, what is printed, its unit, whether thousands are parted, and all that may be printed instead.
DIGITS = [
    ("一位数字有误", "7.1", "%", False, {f"{one}.1" for one in "12345689"} | {f"7.{one}" for one in "023456789"}),
    ("数字颠倒", "1,203.40", "元", True, {"1,023.40", "1,230.40", "1,203.04"}),
    ("数字颠倒", "10.00", "万元", False, {""}),
    ("数字颠倒", "33", "批次", False, {""}),
    ("小数点错位", "12.35", "万元", False, {"1.24", "123.50"}),
    ("小数点错位", "1,234.00", "元", True, {"123.40", "12,340.00"}),
    ("小数点错位", "33", "批次", False, {""}),
    ("元与万元混用", "12.35", "万元", False, {"123500.00"}),
    ("元与万元混用", "1,234,567.00", "元", True, {"123.46"}),
    ("元与万元混用", "12.35", "%", False, {""}),
    ("末位取舍有误", "9.99", "万元", False, {"9.98", "10.00"}),
    ("末位取舍有误", "999.99", "元", True, {"999.98", "1,000.00"}),
    ("末位取舍有误", "33", "批次", False, {""}),
    ("正负号相反", "12.35", "万元", False, {"-12.35"}),
    ("正负号相反", "-12.35", "万元", False, {"12.35"}),
]


@pytest.mark.parametrize(("kind", "text", "unit", "grouped", "instead"), DIGITS)
def test_a_number_is_misprinted_as_its_kind_says(
    kind: str, text: str, unit: str, grouped: bool, instead: set[str]
) -> None:
    misprint = {**ANYWHERE, "正负号相反": negated}[kind]
    chance = Random(1)
    assert {misprint(Shown(text, unit, grouped), chance) for _ in range(300)} == instead


@pytest.mark.parametrize(
    ("path", "down", "right"),
    [
        (
            "expenditure[total].basic",
            {"expenditure[208].basic"},
            {"expenditure[total].total", "expenditure[total].project"},
        ),
        ("summary[grand_total].income", set(), set()),
        ("three_public.actual.total", set(), {"three_public.budget.reception", "three_public.actual.abroad"}),
    ],
)
def test_neighbours_of_a_cell_are_those_beside_it(path: str, down: set[str], right: set[str]) -> None:
    department = make_department(2, "hunan2023")
    assert set(neighbours(department, ROWS)[path]) == down
    assert set(neighbours(department, COLUMNS)[path]) == right


def _from_a_neighbour(department: FictitiousDepartment, plant: Plant) -> bool:
    assert isinstance(plant.place, str)
    table = plant.place.split("[")[0].split(".")[0]
    return any(text == plant.printed for path, text in department.printed.items() if path.startswith(table))


def _rates_before(department: FictitiousDepartment, plant: Plant) -> bool:
    assert isinstance(plant.place, Words)
    paragraph, start = plant.place.paragraph, plant.place.start
    before = "".join(department.narrative[:paragraph]) + department.narrative[paragraph][:start]
    return re.findall(r"[\d,.]+(?=%)", before)[-1] == plant.printed


def _last_year(department: FictitiousDepartment, plant: Plant) -> bool:
    assert isinstance(plant.place, Words)
    text = department.narrative[plant.place.paragraph]
    moved = abs(value(plant.clean) - value(plant.printed))
    return any(abs(value(one) - moved) == 0 for one in re.findall(r"(?:增加|减少)([\d,.]+)(?:万元|元)", text))


#: What is true of a plant of a kind that is not of the number by itself.
OF_OTHER_PLACES: dict[tuple[str, str], Callable[[FictitiousDepartment, Plant], bool]] = {
    (TABLES, "误填相邻行"): _from_a_neighbour,
    (TABLES, "误填相邻列"): _from_a_neighbour,
    (NARRATIVE, "误填上年数"): _last_year,
    (NARRATIVE, "照抄上一处比率"): _rates_before,
    (NARRATIVE, "增减方向相反"): lambda _, plant: (
        plant.clean[2:] == plant.printed[2:]
        and {plant.clean[:2], plant.printed[:2]} in ({"增加", "减少"}, {"增长", "下降"})
    ),
}


@pytest.mark.parametrize(("part", "kind"), [(part, kind) for part, kinds in KINDS.items() for kind in kinds])
def test_a_plant_changes_what_its_kind_says(part: str, kind: str) -> None:
    made = [(dept, plant) for dept in departments() for plant in islice(KINDS[part][kind](dept, Random(1)), 4)]
    assert len(made) > len(DEPARTMENTS)
    for department, plant in made:
        assert (plant.part, plant.kind) == (part, kind)
        assert plant.printed != plant.clean
        assert value(plant.printed) != value(plant.clean) or kind == "增减方向相反"
        printed, spots = print_all(department, [plant])
        assert _at(printed, spots[0]) == plant.printed
        assert OF_OTHER_PLACES.get((part, kind), lambda *_: True)(department, plant), plant


def _at(printed: FictitiousDepartment, spot: Spot) -> str:
    """What is printed at a spot."""
    if spot.path:
        return printed.printed[spot.path]
    return to_text(printed).split("\n")[spot.line - 1][spot.start : spot.end]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_several_plants_stand_at_different_places_and_change_nothing_else(count: int) -> None:
    for number, department in enumerate(departments()):
        plants = draw(department, count, Random(number))
        assert len(plants) == count
        assert not any(one.collides(other) for one, other in combinations(plants, 2))
        printed, spots = print_all(department, plants)
        assert [_at(printed, spot) for spot in spots] == [plant.printed for plant in plants]
        restored = [
            replace(plant, place=_restored(plant, spot), clean=plant.printed, printed=plant.clean)
            for plant, spot in zip(plants, _in_narrative(printed, spots), strict=True)
        ]
        assert to_text(print_all(printed, restored)[0]) == to_text(department)


def _in_narrative(printed: FictitiousDepartment, spots: list[Spot]) -> list[Spot]:
    """The spots with the number of the paragraph for the line."""
    paragraphs = {line_of(printed, number): number for number in range(len(printed.narrative))}
    return [spot if spot.path else replace(spot, line=paragraphs[spot.line]) for spot in spots]


def _restored(plant: Plant, spot: Spot) -> str | Words:
    return spot.path or Words(spot.line, spot.start, spot.end, plant.printed)


def test_plants_are_of_both_parts_and_of_every_kind() -> None:
    department = make_department(3, "national2022")
    drawn = [draw(department, 1, Random(number))[0] for number in range(600)]
    assert {(one.part, one.kind) for one in drawn} == {(part, kind) for part, kinds in KINDS.items() for kind in kinds}
    assert 50 < 100 * sum(one.part == TABLES for one in drawn) / len(drawn) < 70


def test_clean_departments_have_no_false_error() -> None:
    results = list(run(cases(100, 0, 15), 1))
    assert {one.case.template for one in results} == set(TEMPLATES)
    assert [one.score.findings for one in results] == [()] * 15
    assert silent(results) == []


@pytest.fixture(scope="module")
def single() -> list[Result]:
    """Departments with one error each."""
    return list(run(cases(20231127, 1, 30), 1))


def test_single_errors_are_noticed_and_located(single: list[Result]) -> None:
    violating = [one for one in single if not one.unseen]
    assert all(one.score.findings for one in violating)
    assert not any(one.missed for one in violating), "a finding never suspects only other figures"
    assert sum(one.score.misplaced for one in single) == 0
    assert 100 * sum(one.score.outcomes[0].located for one in violating) >= 75 * len(violating)
    silently = [(plant.part, plant.kind) for _, plants in silent(single) for plant in plants]
    assert (TABLES, "数字颠倒") not in silently
    assert (TABLES, "元与万元混用") not in silently


def test_what_is_not_noticed_is_proved_possible(single: list[Result]) -> None:
    results = [*single, *run(cases(20231128, 1, 30), 1)]
    assert any(one.unseen for one in results)
    assert all(one.allowed == one.unseen for one in results)


def test_an_error_that_violates_a_row_is_not_proved_possible() -> None:
    department = make_department(0, "hunan2023")
    plant = Plant(TABLES, "", "expenditure[total].total", department.printed["expenditure[total].total"], "1.00")
    assert not is_allowed(checks_of(to_text(print_all(department, [plant])[0])))
    assert is_allowed(checks_of(to_text(department)))


def test_of_several_errors_each_is_found() -> None:
    results = [one for errors, count in ((2, 12), (4, 4)) for one in run(cases(20231127, errors, count), 1)]
    assert all(one.missed == one.unseen for one in results)
    assert sum(one.score.false for one in results) == 0


def test_a_finding_on_another_figure_is_told_apart() -> None:
    department = make_department(0, "hunan2023")
    plant = Plant(TABLES, "", "expenditure[total].total", department.printed["expenditure[total].total"], "1.00")
    printed, spots = print_all(department, [plant])
    findings = audited(printed)
    right, wrong = score(findings, spots), score(findings, [Spot(path="expenditure[total].basic")])
    assert right.outcomes[0].located
    assert right.false == 0
    assert not wrong.outcomes[0].suspected
    assert (wrong.misplaced, wrong.misled) == (1, 0)


def test_a_number_that_states_two_quantities_is_one_figure() -> None:
    department = make_department(0, "hunan2023")
    words = next(one for one in figures(department) if "收、支总计" in department.narrative[one.paragraph])
    printed, spots = print_all(department, [Plant(NARRATIVE, "", words, words.text, "1.00")])
    result = score(audited(printed), spots)
    assert result.outcomes[0].located
    assert result.false == 0


def test_a_run_is_repeated_by_its_seed_whatever_the_number_of_processes() -> None:
    one, other = ([replace(result, seconds=0) for result in run(cases(7, 2, 3), workers)] for workers in (1, 2))
    assert one == other
    assert cases(7, 2, 3) != cases(8, 2, 3)


def test_the_report_counts_every_plant_once(single: list[Result]) -> None:
    lines = report.single(single)
    counts = {line[:20].strip(): [int(one) for one in line.split()[-11:]] for line in lines[2:]}
    assert len(counts) == len(lines) - 2
    planted, *_ = counts["all"]
    assert planted == len(single) == sum(of[0] for label, of in counts.items() if "all" not in label)
    assert counts["all"][1] + counts["all"][7] == planted


def test_cases_of_an_outcome_are_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["planted", "--seed", "15", "--show", "undecided", "2", "--workers", "1"])
    main()
    told = capsys.readouterr().out
    assert told.count("planted ") == 2
    assert told.count("undecided:") >= 2
    assert "→" in told


def test_a_case_makes_its_department_again() -> None:
    case = Case("items_only", 3, 1, "x")
    assert to_text(case.clean()) == to_text(make_department(3, "items_only"))

"""Portfolios of fictitious departments: marked, the same for one seed, continuous over years, their answer key true."""

from __future__ import annotations

import ast
import csv
import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path

import pytest
from benchmarks.planted.run import audited

from conftest import ROOT
from gouji import Parameters, UnusableInputError, audit, read, recognise
from gouji.cli import main
from gouji.fictitious import FictitiousAccount, Portfolio, accounts, write_departments
from gouji.fictitious.departments import to_text
from gouji.fictitious.departments.further import PUBLIC
from gouji.fictitious.departments.templates import ALL_KEYS
from gouji.fictitious.departments.words import Words
from gouji.fictitious.formats.files import WRITERS
from gouji.fictitious.misprints.planting import print_all
from gouji.fictitious.portfolio.account import most_accounts
from gouji.fictitious.portfolio.answers import answers
from gouji.fictitious.portfolio.body import MARK
from gouji.fictitious.portfolio.found import ANSWERS, Score, compare
from gouji.fictitious.portfolio.offices import Office, offices
from gouji.fictitious.portfolio.published import DISCLAIMER
from gouji.fictitious.portfolio.regions import regions
from gouji.layouts import TABLE_KEYS
from gouji.runtime.yaml_data import load_yaml
from support.few_papers import only

SMALL = Portfolio(number=12, seed=7, shares=dict.fromkeys(WRITERS, 1), unusable=2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small portfolio with every kind of file."""
    target = tmp_path_factory.mktemp("fictitious") / "demo"
    write_departments(target, SMALL)
    return target


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file's content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """A table of the answer key."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_one_seed_gives_the_same_bytes(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    write_departments(tmp_path / "again", SMALL)
    assert files_of(tmp_path / "again") == files_of(folder)


def test_another_seed_gives_other_accounts() -> None:
    texts = [[to_text(one.printed) for one in islice(accounts(seed), 5)] for seed in (1, 2)]
    assert not set(texts[0]) & set(texts[1])


def test_an_account_does_not_depend_on_how_many_are_made_or_on_the_errors_of_others() -> None:
    clean = [one.clean for one in islice(accounts(3), 20)]
    assert [to_text(one.printed) for one in islice(accounts(3, errors=0), 20)] == [to_text(one) for one in clean]


def test_every_document_says_that_it_is_fictitious(folder: Path) -> None:
    rows = table(folder, "departments.csv")
    unusable = {row["file"] for row in rows if row["unusable"]}
    assert len({path.name for path in (folder / "sources").iterdir()} - unusable) == len(rows) - len(unusable) > 0
    for path in sorted((folder / "sources").iterdir()):
        if path.name not in unusable:
            document = read(path)
            text = "\n".join(block.text for block in document.blocks if block.grid is None)
            assert MARK in text.split("\n")[0], path
            assert DISCLAIMER in text, path
            assert recognise(document).department, path


def test_regions_are_many_distinct_and_do_not_exist() -> None:
    every = list(regions())
    assert len({one.code for one in every}) == len({one.name for one in every}) == len(every)
    assert all(one.code.isdecimal() and len(one.code) == 6 and one.code[0] == "9" for one in every)
    first = [one.body.region for one in islice(accounts(1), 60)]
    assert len({one.province for one in first}) >= 4
    assert {bool(one.county) for one in first} == {True, False}


def test_files_have_names_of_their_own() -> None:
    keys = [one.key for one in islice(accounts(4), 300)]
    assert len(set(keys)) == len(keys)


def test_the_nine_tables_have_the_keys_of_the_layouts() -> None:
    """The package writes the keys out again, because it imports nothing of what it tests."""
    assert ALL_KEYS == TABLE_KEYS


def test_departments_differ_in_form_unit_year_function_and_size() -> None:
    made = list(islice(accounts(1), 150))
    assert {one.clean.template.unit for one in made} == {"元", "万元"}
    assert len({one.clean.template.key for one in made}) == 5
    assert len({one.year.year for one in made}) >= 4
    assert len({one.body.office.function for one in made}) >= 8
    spent = [one.clean.truth["expenditure[total].total"] for one in made]
    assert max(spent) > 50 * min(spent)
    assert 0.25 < sum(not one.plants for one in made) / len(made) < 0.55
    assert {len(one.plants) for one in made} == set(range(7))


def successive(number: int) -> Iterator[tuple[FictitiousAccount, FictitiousAccount]]:
    """Accounts of one department for two years, one after the other."""
    for before, after in pairwise(islice(accounts(2), number)):
        if before.body == after.body:
            yield before, after


def test_a_year_begins_with_what_was_left_of_the_last() -> None:
    pairs = list(successive(80))
    assert len(pairs) > 15
    for before, after in pairs:
        assert after.year.year == before.year.year + 1
        old, new = before.clean.truth, after.clean.truth
        for left, right in (
            ("summary[closing].expenditure", "summary[opening].income"),
            ("fiscal_summary[closing].expenditure", "fiscal_summary[opening].income"),
            ("government_fund[total].closing", "government_fund[total].opening"),
        ):
            assert old.get(left, 0) == new.get(right, 0)


def test_last_year_s_figures_are_those_of_last_year_s_account() -> None:
    pairs = list(successive(80))
    assert len(pairs) > 20
    for before, after in pairs:
        prior = after.year.truth.prior
        assert PUBLIC in prior
        assert prior == {concept: before.clean.truth.get(concept, 0) for concept in prior}


def test_clean_accounts_have_no_findings() -> None:
    for one in islice(accounts(11, errors=0), 25):
        assert [found.title for found in audited(one.printed).findings] == [], one.key


#: Accounts of five regions, each with another form.
OF_EACH_FORM = (0, 20, 30, 40, 50)


@pytest.mark.parametrize("suffix", list(WRITERS))
def test_a_clean_account_is_clean_in_every_format(suffix: str, tmp_path: Path) -> None:
    """Of every form in two formats."""
    made = list(islice(accounts(12, errors=0), OF_EACH_FORM[-1] + 1))
    every = [made[at] for at in OF_EACH_FORM]
    assert len({one.clean.template.key for one in every}) == len(every) == len(WRITERS)
    turn = list(WRITERS).index(suffix)
    for account in (every[turn], every[turn - 2]):
        WRITERS[suffix](account.printed, tmp_path / f"a.{suffix}")
        found = audit(tmp_path / f"a.{suffix}")
        assert not found.findings.of("error"), (account.key, suffix)
        assert found.facts.department
        assert found.facts.year == account.year.year


def test_the_answer_key_says_what_is_printed() -> None:
    printed = list(islice(accounts(5), 40))
    assert sum(len(account.plants) for account in printed) > 40
    for account in printed:
        for answer, plant in zip(answers(account), account.plants, strict=True):
            assert (answer.correct, answer.printed) == (plant.clean, plant.printed)
            assert answer.correct != answer.printed
            if answer.concept:
                assert account.clean.printed[answer.concept] == answer.correct
                assert account.printed.printed[answer.concept] == answer.printed
            else:
                assert f"【{answer.correct}】" in answer.where
        assert (to_text(account.printed) == to_text(account.clean)) == (not account.plants)


def test_what_is_off_by_more_than_rounding_is_noticed_in_the_tables() -> None:
    """Each by itself: nothing else contradicts it. In the narrative some figures are printed once and tied to none."""
    tried = 0
    for account in islice(accounts(6), 18):
        for answer, plant in zip(answers(account), account.plants, strict=True):
            if answer.concept and not answer.within_rounding:
                printed, _ = print_all(account.clean, [plant])
                assert any(one.severity != "note" for one in audited(printed).findings), answer
                tried += 1
    assert tried > 15


def test_an_error_is_where_the_key_says() -> None:
    plants = {
        (isinstance(one.place, Words), answer.where)
        for a in islice(accounts(5), 60)
        for answer, one in zip(answers(a), a.plants, strict=True)
    }
    tables = sorted(where for narrative, where in plants if not narrative)
    assert any(where.startswith("公开03表 支出决算表 · ") and where.endswith(" · 基本支出") for where in tables)
    assert all(where.count(" · ") in (1, 2) for where in tables)
    assert all(where.startswith("第三部分 ") for narrative, where in plants if narrative)


def test_parameters_load_and_fit_their_documents(folder: Path) -> None:
    rows = table(folder, "departments.csv")
    assert len(rows) == SMALL.number == len(list((folder / "params").iterdir()))
    for row in rows:
        parameters = Parameters.load(folder / "params" / f"{row['document']}.yaml")
        assert parameters.source_paths() == ((folder / "sources" / row["file"]).resolve(),)
        assert (parameters.region_code, parameters.function) == (row["region_code"], row["function"])
        assert parameters.headcount == int(row["headcount"])
        if row["unusable"]:
            with pytest.raises(UnusableInputError):
                audit(parameters=parameters)
    fitting = {Path(row["file"]).suffix: row for row in rows if not row["unusable"]}
    assert len(fitting) == len(WRITERS)
    for row in fitting.values():
        done = audit(parameters=Parameters.load(folder / "params" / f"{row['document']}.yaml"))
        assert done.facts.year == int(row["year"])


def test_both_forms_of_the_key_agree(folder: Path) -> None:
    rows, errors = table(folder, "departments.csv"), table(folder, "answers.csv")
    told = load_yaml((folder / "answers.yaml").read_text(encoding="utf-8"))["documents"]
    assert [one["document"] for one in told] == [row["document"] for row in rows]
    assert [len(one["errors"]) for one in told] == [int(row["errors"]) for row in rows]
    flat = [
        (one["document"], error["kind"], error["where"], error["printed"]) for one in told for error in one["errors"]
    ]
    assert flat == [(row["document"], row["kind"], row["where"], row["printed"]) for row in errors]
    assert [row["document"] for row in rows if row["unusable"] and int(row["errors"])] == []
    assert len([row for row in rows if row["unusable"]]) == SMALL.unusable


def test_accounts_take_no_memory() -> None:
    def held(number: int) -> int:
        for _ in islice(stream, number):
            pass
        return tracemalloc.get_traced_memory()[0]

    stream = accounts(9)
    tracemalloc.start()
    try:
        first = held(10)
        assert held(20) < first + 500_000
    finally:
        tracemalloc.stop()


def test_command_writes_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "demo"
    assert main(["fictitious", str(target), "--number", "3", "--seed", "2", "--formats", "txt", "--errors", "0"]) == 0
    assert "3 份，其中 0 份共植入差错 0 处" in capsys.readouterr().out
    assert {path.suffix for path in (target / "sources").iterdir()} == {".txt"}
    with only():
        assert main(["audit", "--params", str(next((target / "params").iterdir())), "--no-notebooks"]) == 0
    assert [path.name for path in (target / "out").iterdir()]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--number", "0"], f"--number 0：应在 1 与 {most_accounts()} 之间"),
        (["--number", "2", "--unusable", "3"], "--unusable 3：应在 0 与 2 之间"),
        (["--errors", "21"], "--errors 21：应在 0 与 20 之间"),
        (["--clean", "101"], "--clean 101：应在 0 与 100 之间"),
        (["--formats", "wps"], "--formats wps：没有这种格式"),
        (["--formats", "txt=x"], "--formats txt=x：份数应为整数"),
        (["--formats", "txt=0"], "--formats：没有给出任何格式的份数"),
        (["--formats", ""], "--formats：没有给出任何格式的份数"),
    ],
)
def test_impossible_wishes_are_told_in_one_line(
    arguments: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fictitious", str(tmp_path / "demo"), *arguments]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert main(["fictitious", str(tmp_path), "--number", "1"]) == 2
    assert "输出文件夹已有其他文件" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_kinds_of_departments_are_validated() -> None:
    good = offices()[0].model_dump()
    for change in ({"items": ("2059998",)}, {"fund": "1"}, {"own": ("gifts",)}, {"staff": (9, 3)}, {"sise": 1}):
        with pytest.raises(ValueError):  # noqa: PT011
            Office.model_validate(good | change)
    assert len({one.slug for one in offices()}) == len(offices())


def test_the_generator_does_not_know_the_checker() -> None:
    later = ("gouji.checks", "gouji.repair", "gouji.findings", "gouji.rules", "gouji.auditing")
    modules = list((ROOT / "lib" / "gouji" / "fictitious").rglob("*.py"))
    assert len(modules) > 30
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.startswith(later)], path


def test_changing_the_number_of_errors_leaves_the_accounts_alone() -> None:
    few, many = (list(islice(accounts(8, errors=number), 10)) for number in (1, 6))
    assert [replace(one, printed=one.clean, plants=()) for one in few] == [
        replace(one, printed=one.clean, plants=()) for one in many
    ]


def test_what_was_planted_is_compared_with_what_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo, out = tmp_path / "demo", tmp_path / "out"
    assert main(["fictitious", str(demo), "--number", "4", "--seed", "3", "--clean", "25", "--formats", "txt"]) == 0
    with (demo / ANSWERS).open(encoding="utf-8-sig", newline="") as file:
        planted = list(csv.DictReader(file))
    for params in sorted((demo / "params").glob("*.yaml"))[1:]:
        arguments = ["--params", str(params), "--no-notebooks", "--out", str(out / params.stem)]
        with only():
            assert main(["audit", *arguments]) == 0
    capsys.readouterr()
    score = compare(demo, out)
    audited = [one for one in planted if (out / one["document"]).is_dir()]
    assert (score.planted, score.left) == (len(audited), 1)
    assert 0 < score.located <= score.found <= score.planted
    assert score.false == 0
    assert main(["fictitious", str(demo), "--compare", str(out)]) == 0
    assert f"植入差错{len(audited)}处：查出{score.found}处" in capsys.readouterr().out


def test_a_finding_about_another_figure_finds_nothing_that_was_planted(tmp_path: Path) -> None:
    heads = "document,concept,where,printed,within_rounding"
    rows = ["a,income[total].total,公开02表,2.00,否", "a,,第三部分 · “…支出合计的【12.30】%”,13.20,是"]
    (tmp_path / ANSWERS).write_text("\n".join([heads, *rows]), encoding="utf-8")

    def place(concept: str, published: str, quote: str) -> dict[str, object]:
        return {"published": published, "quote": quote, "locator": {"concept": concept}}

    def errors(*places: dict[str, object]) -> None:
        findings = [{"severity": "error", "located": True, "places": [one]} for one in places]
        (tmp_path / "a" / "findings.json").write_text(json.dumps({"findings": findings}), encoding="utf-8")

    (tmp_path / "a").mkdir()
    errors(place("income[total].total", "2.00", ""), place("narrative.x", "13.20%", "占支出合计的13.20%"))
    assert compare(tmp_path, tmp_path) == Score(2, 2, 2, 0, 2, 0, 0)
    errors(place("income[total].fiscal", "2.00", ""), place("narrative.x", "13.20%", "占收入合计的13.20%"))
    assert compare(tmp_path, tmp_path) == Score(2, 0, 0, 1, 2, 2, 0)


def test_what_cannot_be_compared_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="gouji fictitious"):
        compare(tmp_path, tmp_path)
    (tmp_path / ANSWERS).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnusableInputError, match="不是差错答案"):
        compare(tmp_path, tmp_path)
    heads = "document,concept,where,printed,within_rounding"
    (tmp_path / ANSWERS).write_text(f"{heads}\na,x,y,1,否\n", encoding="utf-8")
    with pytest.raises(UnusableInputError, match="没有这些虚构决算的审核结果"):
        compare(tmp_path, tmp_path)

"""One deliberately wrong rule per mistake, and the words the error must hold for its author to find it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.checks import bind
from gouji.checks.rules import Basis, Rule, load_bases, load_rules, parse_bases, parse_rule
from gouji.review.families import review_rules
from gouji.runtime.yaml_data import load_yaml

GOUJI = Path(str(files("gouji")))

BASIS = {
    "form-notes": Basis(
        id="form-notes",
        name="年度部门决算报表编制说明",
        article="",
        in_force="",
        checked="2026-11-23",
        says="表内勾稽关系",
        law=False,
    ),
    "undated-law": Basis(
        id="undated-law", name="某办法", article="第三条", in_force="", checked="2026-11-27", says="须公开"
    ),
}

#: name -> (the rule's YAML, the words)
MISTAKES: dict[str, tuple[str, tuple[str, ...]]] = {
    "unknown column": (
        """
        id: expenditure.columns
        title: 合计 = 基本支出
        each: expenditure[*]
        identity: total = basik
        basis: [form-notes]
        """,
        ("table expenditure has no column 'basik'",),
    ),
    "unknown column of another table": (
        """
        id: expenditure.summary_total
        title: 支出决算表合计 = 总表本年支出合计
        identity: summary[total].outlay = sum(expenditure[overall].total)
        basis: [form-notes]
        """,
        ("table summary has no column 'outlay'",),
    ),
    "unknown column after filling in a name": (
        """
        id: income.total
        title: 合计行 = 各科目之和
        for: {column: [total, fiscal, lottery]}
        identity: "income[total].{column} = sum(income[roots].{column})"
        basis: [form-notes]
        """,
        ("table income has no column 'lottery'",),
    ),
    "unknown column of 三公": (
        """
        id: three_public.total
        title: 合计 = 公务接待费
        identity: three_public.actual.total = three_public.actual.banquets
        basis: [form-notes]
        """,
        ("table three_public has no column 'actual.banquets'",),
    ),
    "unknown table": (
        """
        id: expenditure.budget
        title: 支出合计 = 预算合计
        identity: expenditure[total].total = budget[total].total
        basis: [form-notes]
        """,
        ("unknown table 'budget'",),
    ),
    "unknown table to walk over": (
        """
        id: outlays.columns
        title: 合计 = 基本支出 + 项目支出
        each: outlays[*]
        identity: total = basic + project
        basis: [form-notes]
        """,
        ("unknown table 'outlays'",),
    ),
    "no table": (
        """
        id: expenditure.columns
        title: 合计 = 基本支出 + 项目支出
        identity: total = basic + project
        basis: [form-notes]
        """,
        ("unknown table ''",),
    ),
    "sum() missing around a selector": (
        """
        id: expenditure.hierarchy
        title: 上级科目 = 下级科目之和
        each: expenditure[parents]
        identity: total = [children].total
        basis: [form-notes]
        """,
        ("[children].total", "a set of rows, and only that, stands in sum()"),
    ),
    "sum() around one row": (
        """
        id: expenditure.summary_total
        title: 支出决算表合计 = 总表本年支出合计
        identity: summary[total].expenditure = sum(expenditure[total].total)
        basis: [form-notes]
        """,
        ("expenditure[total].total", "a set of rows, and only that, stands in sum()"),
    ),
    "unknown rows to walk over": (
        """
        id: expenditure.columns
        title: 合计 = 基本支出 + 项目支出
        each: expenditure[leaves]
        identity: total = basic + project
        basis: [form-notes]
        """,
        ("each: 'expenditure[leaves]' is not table[*|parents|codes|classes]",),
    ),
    "no basis": (
        """
        id: expenditure.columns
        title: 合计 = 基本支出 + 项目支出
        each: expenditure[*]
        identity: total = basic + project
        """,
        ("basis", "at least 1 item"),
    ),
    "empty basis": (
        """
        id: expenditure.columns
        title: 合计 = 基本支出 + 项目支出
        each: expenditure[*]
        identity: total = basic + project
        basis: []
        """,
        ("basis", "at least 1 item"),
    ),
    "unknown basis": (
        """
        id: expenditure.columns
        title: 合计 = 基本支出 + 项目支出
        each: expenditure[*]
        identity: total = basic + project
        basis: [form-notes, hearsay]
        """,
        ("unknown basis 'hearsay'",),
    ),
    "unknown key": (
        """
        id: expenditure.columns
        title: 合计 = 基本支出 + 项目支出
        each: expenditure[*]
        identity: total = basic + project
        tolerance: 0.01
        basis: [form-notes]
        """,
        ("tolerance", "Extra inputs are not permitted"),
    ),
    "bad id": (
        """
        id: 支出决算表-各列
        title: 合计 = 基本支出 + 项目支出
        each: expenditure[*]
        identity: total = basic + project
        basis: [form-notes]
        """,
        ("支出决算表-各列", "should match pattern"),
    ),
    "id without a table": (
        """
        id: columns
        title: 合计 = 基本支出 + 项目支出
        each: expenditure[*]
        identity: total = basic + project
        basis: [form-notes]
        """,
        ("columns", "should match pattern"),
    ),
    "no title": (
        """
        id: expenditure.columns
        each: expenditure[*]
        identity: total = basic + project
        basis: [form-notes]
        """,
        ("title", "Field required"),
    ),
    "identity without an equals sign": (
        """
        id: expenditure.columns
        title: 合计与基本支出、项目支出
        each: expenditure[*]
        identity: total basic + project
        basis: [form-notes]
        """,
        ("'total basic + project' has no = or <=",),
    ),
    "identity without a sign between terms": (
        """
        id: expenditure.columns
        title: 合计 = 基本支出 + 项目支出
        each: expenditure[*]
        identity: total = basic project
        basis: [form-notes]
        """,
        ("cannot read 'project'",),
    ),
    "identity with a name that `for` does not give": (
        """
        id: expenditure.total
        title: 合计行 = 各科目之和
        for: {column: [total, basic]}
        identity: "expenditure[total].{colunm} = sum(expenditure[roots].{column})"
        basis: [form-notes]
        """,
        ("{colunm}", "is not a name of `for`"),
    ),
    "identity with a number": (
        """
        id: expenditure.columns
        title: 合计 = 基本支出 × 2
        each: expenditure[*]
        identity: total = basic * 2
        basis: [form-notes]
        """,
        ("cannot read '* 2'",),
    ),
    "identity with an unclosed sum": (
        """
        id: expenditure.hierarchy
        title: 上级科目 = 下级科目之和
        each: expenditure[parents]
        identity: total = sum([children].total
        basis: [form-notes]
        """,
        ("cannot read '([children].total'",),
    ),
    "no identity": (
        """
        id: expenditure.columns
        title: 合计 = 基本支出 + 项目支出
        each: expenditure[*]
        basis: [form-notes]
        """,
        ("a rule of kind identity, and only that, has an identity",),
    ),
    "identity on a rule of form": (
        """
        id: form.blank_total
        title: 合计栏应当填列
        kind: blank
        identity: expenditure[total].total = expenditure[total].basic
        basis: [form-notes]
        """,
        ("a rule of kind identity, and only that, has an identity",),
    ),
    "unknown kind": (
        """
        id: form.colour
        title: 合计栏应当加粗
        kind: bold
        basis: [form-notes]
        """,
        ("kind", "bold"),
    ),
    "unknown severity": (
        """
        id: expenditure.columns
        title: 合计 = 基本支出 + 项目支出
        each: expenditure[*]
        identity: total = basic + project
        severity: warning
        basis: [form-notes]
        """,
        ("severity", "warning"),
    ),
    "absent rows neither unbound nor zero": (
        """
        id: expenditure.summary_classes
        title: 支出决算表各类支出 = 总表对应功能分类支出
        each: summary[classes]
        identity: expenditure = sum(expenditure[under].total)
        absent: ignore
        basis: [form-notes]
        """,
        ("absent", "ignore"),
    ),
    "condition that is neither zero() nor an identity": (
        """
        id: fiscal_summary.summary_opening
        title: 财政拨款年初结转和结余不大于总表年初结转和结余
        when: ["summary[business].income"]
        identity: fiscal_summary[opening].income <= summary[opening].income
        basis: [form-notes]
        """,
        ("'summary[business].income' has no = or <=",),
    ),
    "law without date in force": (
        """
        id: expenditure.columns
        title: 合计 = 基本支出
        each: expenditure[*]
        identity: total = basic
        basis: [form-notes, undated-law]
        """,
        ("undated-law", "date in force"),
    ),
    "condition on no concept path": (
        """
        id: fiscal_summary.summary_opening
        title: 财政拨款年初结转和结余不大于总表年初结转和结余
        when: ["zero(经营收入)"]
        identity: fiscal_summary[opening].income <= summary[opening].income
        basis: [form-notes]
        """,
        ("'经营收入' is no concept path",),
    ),
}

GOOD = """
id: expenditure.columns
title: 合计 = 基本支出 + 项目支出
each: expenditure[*]
identity: total = basic + project
basis: [form-notes]
"""


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_told_with_file_rule_and_words(name: str) -> None:
    text, words = MISTAKES[name]
    with pytest.raises(ValueError, match=r"expenditure\.yaml") as error:
        _parse(text)
    told = str(error.value)
    entry = load_yaml(text)
    assert str(entry["id"]) in told
    for word in words:
        assert word in told


def test_the_same_rule_without_a_mistake_is_read() -> None:
    rule = _parse(GOOD)
    assert rule.id == "expenditure.columns"
    assert [basis.name for basis in rule.basis] == ["年度部门决算报表编制说明"]


def test_packaged_rules_are_read_with_distinct_ids() -> None:
    rules = load_rules()
    assert len({rule.id for rule in rules}) == len(rules) > 0


def test_what_rules_cite_has_article_date_in_force_and_date_checked() -> None:
    cited = {basis.id: basis for rule in load_rules() for basis in rule.basis}
    assert all(basis.article and basis.in_force and basis.checked for basis in cited.values() if basis.law)
    assert {basis.id for basis in load_bases().values() if not basis.law} == {
        "form-notes",
        "evaluation-form",
        "practice",
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id: a.b\ntitle: 甲\nid: c.d\n", ("重复的键 'id'", "line 3")),
        ("- id: a.b\n  for: {column: [total], column: [basic]}\n", ("重复的键 'column'", "line 2")),
        ("form-notes:\n  name: 甲\nform-notes:\n  name: 乙\n", ("重复的键 'form-notes'", "line 3")),
    ],
)
def test_a_key_given_twice_is_refused(text: str, words: tuple[str, ...]) -> None:
    with pytest.raises(yaml.YAMLError) as error:
        load_yaml(text)
    for word in words:
        assert word in str(error.value)


@pytest.mark.parametrize("text", ["id: [a\n", "id: 'a\n", "a: b: c\n"])
def test_malformed_yaml_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(yaml.YAMLError, match="line "):
        load_yaml(text)


def _parse(text: str) -> Rule:
    entry: dict[str, Any] = load_yaml(text)
    return parse_rule(entry, BASIS, "expenditure.yaml")


def test_every_basis_is_cited() -> None:
    rules = (*load_rules(), *(rule for rule, _ in review_rules()))
    assert {basis.id for rule in rules for basis in rule.basis} == set(load_bases())


def test_a_rule_that_no_code_follows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind without a binder would check nothing, and nobody would notice."""
    kind = next(rule for rule in load_rules() if rule.kind != "identity" and rule.kind in bind.BINDERS).kind
    monkeypatch.delitem(bind.BINDERS, kind)
    load_rules.cache_clear()
    with pytest.raises(ValueError, match=rf"\.\w+: no code follows rules of kind '{kind}'"):
        load_rules()
    load_rules.cache_clear()


PACKAGED = sorted(path.relative_to(GOUJI).as_posix() for path in GOUJI.rglob("*.yaml"))


@pytest.mark.parametrize("name", PACKAGED)
def test_packaged_yaml_is_read_without_libyaml(name: str) -> None:
    """PyYAML reads by itself where it was built without libyaml, and is stricter."""
    text = (GOUJI / name).read_text(encoding="utf-8")
    assert yaml.load(text, Loader=yaml.SafeLoader) == load_yaml(text)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (
            "{name: 某办法, article: 第三条, in_force: 2020-01-01, checked: 2026-11-27}",
            "says: Field required",
        ),
        (
            "{name: 某办法, article: [第三条], in_force: '', checked: '', says: 须公开}",
            "article: Input should",
        ),
        (
            "{name: 某办法, article: '', in_force: '', checked: '', says: '', title: 某}",
            "title: Extra",
        ),
    ],
)
def test_a_malformed_basis_is_refused_by_its_id(entry: str, says: str) -> None:
    with pytest.raises(ValueError, match=f"^basis.yaml: some-law: {says}"):
        parse_bases(f"some-law: {entry}")


def test_dates_of_a_basis_are_kept_as_text() -> None:
    entry = "{name: 某办法, article: 第三条, in_force: 2020-01-01, checked: '2026-11-27', says: 须公开}"
    assert parse_bases(f"some-law: {entry}")["some-law"].in_force == "2020-01-01"

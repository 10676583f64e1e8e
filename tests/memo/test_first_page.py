"""What the head of an office reads first: who, how much, what was found, what matters most, and counts that add up."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from conftest import real_documents
from gouji import Audit, audit
from gouji.checks.rules import Basis
from gouji.dispositions.disposition import Disposition
from gouji.dispositions.match import match
from gouji.facts.fact import Fact
from gouji.fictitious.departments import make_department, to_text
from gouji.memo.content import MemoContent, memo_content
from gouji.memo.first_page import findings_list, first_page
from gouji.memo.key_figures import key_figures
from gouji.memo.legal import cited_by
from gouji.memo.memo_paper import memo_blocks
from gouji.memo.paper import Block, Heading, Paragraph, Style, Table
from gouji.memo.rows import merged, rounding_checks

_SUM = re.compile(r"(\d+)[项个] ＝ (.+?)(　（|$)")


@pytest.fixture(scope="module")
def memo(sample: Audit) -> MemoContent:
    """The sample's memo."""
    return memo_content(sample)


def text_of(block: Block) -> str:
    """The text of a block, a table's cells apart."""
    if isinstance(block, Table):
        return "|".join(one.text for row in (*block.head, *block.body) for one in row)
    return block.text if isinstance(block, Heading) else "".join(span.text for span in block.spans)


def behind(memo: MemoContent, caption: str) -> Table:
    """The table below a caption."""
    pairs = pairwise(memo_blocks(memo))
    (found,) = [after for one, after in pairs if isinstance(one, Paragraph) and text_of(one).startswith(caption)]
    assert isinstance(found, Table)
    return found


def sums_of(memo: MemoContent) -> dict[str, tuple[int, list[int]]]:
    """The sums of the table of counts: the whole and its parts."""
    found = {}
    for name, said in behind(memo, "各项计数").body:
        match_ = _SUM.match(said.text)
        assert match_ is not None
        parts = (re.sub(r"（.*?）", "", part) for part in match_[2].split(" ＋ "))
        found[name.text] = int(match_[1]), [int(re.findall(r"\d+", part)[-1]) for part in parts]
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_every_count_of_the_page_adds_up(seed: int, sample: Audit, audit_text: Callable[[str], Audit]) -> None:
    found = sample if seed == 1 else audit_text(to_text(make_department(seed, "hunan2023")))
    sums, coverage = sums_of(memo_content(found)), found.coverage()
    assert all(whole == sum(parts) for whole, parts in sums.values())
    assert sums["发现"][0] == len(found.findings)
    assert sums["勾稽"][0] == coverage["checks"]
    assert sums["数字"][0] == coverage["figures"]


def test_the_review_is_counted_as_the_page_counts_it(memo: MemoContent, sample: Audit) -> None:
    asked = len(memo.findings) - memo.computed
    assert asked == sum(one.reviewed for one in sample.findings.findings)
    assert f"审阅提出{asked}项" in text_of(behind(memo, "各项计数"))
    assert f"提出 {asked} 项" in memo.reviewed


def test_laws_hashes_and_versions_are_not_on_the_first_page(memo: MemoContent) -> None:
    said = "".join(map(text_of, first_page(memo)))
    assert memo.department in said
    for name in ("预算法", "SHA-256", "Gouji", memo.chain.versions.rules[:8]):
        assert name not in said


def test_what_matters_most_is_money_before_slips(memo: MemoContent, sample: Audit) -> None:
    first = {one.id: one for one in sample.findings.findings}
    told = [first[name] for name in memo.first]
    assert [one.severity for one in told] == ["error", "question", "question"]
    assert [one.title for one in told] == [row[1].text for row in behind(memo, "最重要的三项").body]
    assert all(memo.weighed[one.id].amount for one in told)
    assert len({memo.weighed[one.id].amount for one in told}) == 3


def test_few_findings_are_listed_at_once(audit_text: Callable[[str], Audit]) -> None:
    text = to_text(make_department(5, "hunan2023"))
    found = audit_text(re.sub(r"\t　\n\t14\n\t　\n", "\t项目支出结转和结余\n\t14\n\t3.00\n", text, count=1))
    memo = memo_content(found)
    assert 0 < len(memo.findings) <= 6
    said = "".join(map(text_of, first_page(memo)))
    assert "发现一览" in said
    assert "最重要的" not in said
    assert "发现一览" not in "".join(map(text_of, findings_list(memo)))


def test_key_figures_with_last_years_where_the_text_gives_them(memo: MemoContent) -> None:
    shown = {one.title: (one.this, one.last, one.change) for one in memo.key_figures.figures}
    assert memo.key_figures.unit == "万元"
    assert shown["本年支出合计"] == ("385.28", "", "")
    assert shown["收、支总计"] == ("385.28", "412.58", "-27.30")
    assert shown["公务接待费"] == ("0.25", "2.55", "-2.30")
    assert "因公出国（境）费" not in shown
    assert shown["“三公”经费合计"][0] == "0.25"


def test_a_form_that_is_not_filled_in_has_no_key_figures(sample: Audit) -> None:
    empty = replace(sample, facts=replace(sample.facts, facts=tuple(_zero(one) for one in sample.facts.facts)))
    assert key_figures(sample).figures
    assert key_figures(empty).figures == ()


def _zero(fact: Fact) -> Fact:
    return replace(fact, amount=0 if fact.amount is not None else None)


def test_the_list_says_what_is_asked_and_of_which_amount(memo: MemoContent) -> None:
    listed = behind(memo, "发现一览")
    assert [one.text for one in listed.head[0]] == ["序号", "级别", "发现", "金额", "请被审计单位"]
    asked = [row[4].text for row in listed.body]
    assert "见说明" not in asked
    assert all(asked)
    assert asked[0] == "更正：3万元 → 0.25万元"
    assert len(set(asked)) > 6
    assert "核对是否漏填，漏填的补列：385.28万元；" in "".join(asked)


def decided(sample: Audit, **decisions: str) -> Audit:
    """The sample with decisions on its errors, by their place among them."""
    errors = sample.findings.of("error")
    given = {
        (finding := errors[int(at.removeprefix("e"))]).id: Disposition.model_validate(
            {"finding": finding.id, "decision": decision, "reason": "因"}
        )
        for at, decision in decisions.items()
    }
    return replace(sample, dispositions=match(given, sample.findings))


def test_decisions_show_in_list_and_counts(sample: Audit) -> None:
    memo = memo_content(decided(sample, e0="已说明", e1="认定"))
    listed = behind(memo, "发现一览")
    assert listed.head[0][-1].text == "认定"
    assert [row[-1].text for row in listed.body][:3] == ["已说明", "认定", ""]
    assert "错误3项（其中认定1项、已说明1项）" in memo.conclusion
    assert sums_of(memo)["认定"] == (len(sample.findings.findings), [1, 1, len(sample.findings.findings) - 2])
    assert sample.findings.of("error")[0].id not in memo.first


def test_laws_come_once_with_their_articles_in_order(memo: MemoContent) -> None:
    names = [one.name for one in memo.bases]
    assert len(names) == len(set(names))
    assert names[0] == "中华人民共和国预算法"
    assert memo.bases[0].told.startswith("《中华人民共和国预算法》第四条、第十三条、第五十六条、第五十七条")
    assert [one.law for one in memo.bases] == sorted((one.law for one in memo.bases), reverse=True)
    assert "审计实务" in names
    assert "党政机关厉行节约反对浪费条例" not in names
    said = "".join(text_of(block) for block in memo_blocks(memo))
    assert "以下不是法规" in said
    assert said.index("以下不是法规") > said.index("《住房公积金管理条例》（国务院令第262号）")


def test_laws_are_cited_by_findings_only(sample: Audit) -> None:
    found = sample.findings.findings[0]
    basis = Basis(id="b", name="甲条例", article="第十条", in_force="2020-01-01", checked="", says="乙")
    other = basis.model_copy(update={"id": "c", "article": "第九条"})
    (cited,) = cited_by([replace(found, basis=(basis, other)), replace(found, basis=(basis,))])
    assert [(one.article, one.findings) for one in cited.articles] == [("第九条", (1,)), ("第十条", (1, 2))]
    assert cited.told == "《甲条例》第九条、第十条"


def test_one_sum_printed_twice_is_one_row_of_the_appendix(sample: Audit) -> None:
    rows = rounding_checks(sample.checks)
    other = replace(rows[0], title="另一规则", scope="另一处")
    turned = replace(rows[0], identity=" = ".join(reversed(rows[0].identity.split(" = "))))
    (one, *rest) = merged([rows[0], rows[1], other, turned])
    assert len(rest) == 1
    assert (one.title, one.scope) == (f"{rows[0].title}；另一规则", f"{rows[0].scope}；另一处")


def test_notes_stay_with_what_they_belong_to(memo: MemoContent) -> None:
    pairs = list(pairwise(memo_blocks(memo)))
    notes = ("依据：", "审计分析方法：")
    noted = [one for one, after in pairs if isinstance(after, Paragraph) and text_of(after).startswith(notes)]
    bases = [one for one in noted if not (isinstance(one, Paragraph) and text_of(one).startswith(notes))]
    assert len(bases) == len(memo.findings)
    for one in bases:
        if isinstance(one, Table):
            assert one.kept == one.whole
        elif isinstance(one, Paragraph) and one.style in (Style.ADVICE, Style.SMALL):
            assert one.kept


@pytest.mark.skipif(not real_documents(), reason="needs real documents")
def test_places_of_a_pdf_have_pages() -> None:
    pdf = next((one.with_suffix(".pdf") for one in real_documents() if one.with_suffix(".pdf").exists()), None)
    assert isinstance(pdf, Path)
    memo = memo_content(audit(pdf))
    assert memo.findings
    assert all(memo.weighed[one.id].pages for one in memo.findings if one.suspects)
    assert "原文见文件第" in "".join(map(text_of, memo_blocks(memo)))
    assert behind(memo, "发现一览").head[0][-1].text == "原文页"

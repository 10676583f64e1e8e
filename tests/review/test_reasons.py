"""Which change a reason explains, and what it says moved; admissions are found by words that are looked for."""

# mypy: disable-error-code="attr-defined"

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.review.families import review_rules
from gouji.review.material import Material
from gouji.review.reasons.causes import StatedReason, causes
from gouji.review.reasons.rule import ReasonRule
from gouji.review.reasons.sentences import sentences
from support.facts import make_text_facts

THREE_PUBLIC = "七、财政拨款“三公”经费支出决算情况说明"
OVERALL = "一、收入支出决算总体情况说明"


def material_of(section: str, text: str) -> Material:
    """A passage under its heading, as a review sees it."""
    document = Document("case", "", "utf-8", read_blocks(f"{section}\n{text}"))
    facts = make_text_facts(section, text)
    return Material(document, facts, tie_out(facts))


def reasons_of(section: str, text: str) -> list[StatedReason]:
    """The reasons of a passage."""
    return causes(material_of(section, text))


def test_each_reason_belongs_to_the_change_before_it() -> None:
    found = reasons_of(
        THREE_PUBLIC,
        "公务接待费支出预算3.00万元，支出决算为0.50万元，完成预算的16.67%，决算数小于年初预算数的主要原因是来访减少，"
        "与上年相比增加0.20万元，增长66.67%，增加的主要原因是招商任务增加。",
    )
    assert [(one.sign, one.against.value, one.text) for one in found] == [
        (-1, "年初预算", "来访减少"),
        (1, "上年", "招商任务增加"),
    ]


def test_a_reason_that_names_its_own_subject_belongs_to_that() -> None:
    found = reasons_of(
        THREE_PUBLIC,
        "公务用车运行维护费支出9.00万元，比上年减少2.00万元，下降18.18%；公务接待费支出4.00万元，比上年增加1.00万元，"
        "增长33.33%。公务用车运行维护费支出减少的主要原因是车辆报废。因公出国（境）费支出减少的主要原因是未安排出访。",
    )
    assert [(one.change.row_name, one.text) for one in found] == [("公务用车运行维护费", "车辆报废")]


def test_a_reason_that_opens_its_sentence_explains_what_follows() -> None:
    found = reasons_of(OVERALL, "由于项目支出减少，2023年度收、支总计380.00万元，比上年减少20.00万元，下降5.00%。")
    assert [(one.sign, [moved.word for moved in one.moved]) for one in found] == [(-1, ["项目支出"])]


@pytest.mark.parametrize(
    ("reason", "moved"),
    [
        ("人员经费和公用经费减少", [("人员经费", -1), ("公用经费", -1)]),
        ("压减会议费、培训费", [("会议费", -1), ("培训费", -1)]),
        ("一是人员经费增加；二是项目支出减少", [("人员经费", 1), ("项目支出", -1)]),
        ("新增项目支出", [("项目支出", 1)]),
        ("退休人员去世", []),
    ],
)
def test_items_move_as_the_words_beside_them_say(reason: str, moved: list[tuple[str, int]]) -> None:
    found = reasons_of(OVERALL, f"2023年度收、支总计380.00万元，比上年减少20.00万元，下降5.00%，主要原因是{reason}。")
    assert [(one.word, one.sign) for one in found[0].moved] == moved


def test_a_form_that_was_not_filled_in_gives_no_reason() -> None:
    assert not reasons_of(OVERALL, "2023年度收、支总计380.00万元，比上年减少20.00万元，下降5.00%，主要原因是XXXX。")


def test_sentences_are_found_once_and_in_order() -> None:
    material = material_of(OVERALL, "套取截留丙。丁套取截留套取；戊。套取己。")
    found = [block.text[start:end] for block, start, end in sentences(material, ["套取", "截留"])]
    assert found == ["套取截留丙", "丁套取截留套取", "套取己"]


def test_every_phrase_of_an_admission_is_looked_for() -> None:
    admissions = [rule for rule, _ in review_rules() if isinstance(rule, ReasonRule) and rule.kind == "admission"]
    assert len(admissions) > 5
    for rule in admissions:
        assert rule.anchors
        for word in rule.words:
            assert any(anchor in word or _spelt(anchor, word) for anchor in rule.anchors), (rule.id, word)


def _spelt(anchor: str, word: str) -> bool:
    """True where a pattern has the characters of a word in order."""
    return re.search(".*".join(map(re.escape, anchor)), word) is not None


ANCHORED = [
    pytest.param(word, one.anchors, id=f"{rule.id}-{number}")
    for rule, _ in review_rules()
    if isinstance(rule, ReasonRule)
    for one, words in ((rule, rule.words), *((activity, (activity.held,)) for activity in rule.activities))
    if one.anchors
    for number, word in enumerate(words)
]


@pytest.mark.parametrize(("word", "anchors"), ANCHORED)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_phrase_has_one_of_the_words_by_which_sentences_are_found(
    word: str, anchors: tuple[str, ...], data: st.DataObject
) -> None:
    """Else it would never be looked for."""
    found = re.search(word, data.draw(st.from_regex(word, alphabet=st.characters(codec="gbk"))))
    assert found is not None
    assert any(anchor in found.group() for anchor in anchors), (word, found.group())

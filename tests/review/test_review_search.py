"""What the review looks for in a document as a whole is found wherever a search of its own would find it."""

from gouji import Audit
from gouji.review.disclosure.passages import beside_annex
from gouji.review.families import review_rules
from gouji.review.material import Material
from gouji.review.reasons.rule import anchors
from gouji.review.reasons.sentences import paragraphs_of_the_year, sentences


def test_each_anchor_is_found_in_every_sentence_that_holds_it(sample: Audit) -> None:
    """Anchors that begin with another, or overlap one, too."""
    material = Material(sample.document, sample.facts, sample.checks)
    text = material.once(paragraphs_of_the_year)
    assert len(anchors()) > 20
    assert any(anchor in block.text for anchor in anchors() for block in text.blocks)
    for anchor in anchors():
        found = {block.index for block, _, _ in sentences(material, [anchor])}
        assert found == {block.index for block in text.blocks if anchor in block.text}, anchor


def test_no_block_that_a_rule_of_disclosure_matches_is_passed_over(sample: Audit) -> None:
    text = Material(sample.document, sample.facts, sample.checks).once(beside_annex)
    rules = [rule for rule, _ in review_rules() if rule.subject == "disclosure" and rule.words]  # type: ignore[attr-defined]
    assert rules
    for rule in rules:
        held = {block.index for block in text.holding(rule.anywhere)}  # type: ignore[attr-defined]
        assert {block.index for block in text.blocks if rule.pattern.search(block.text)} <= held, rule.id  # type: ignore[attr-defined]

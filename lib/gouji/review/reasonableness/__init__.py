"""Reasonableness: figures against what they usually are, by stated lines, or by peers where these are given."""

from gouji.review.family import Family
from gouji.review.reasonableness.annex import review_annex
from gouji.review.reasonableness.apart import review_apart
from gouji.review.reasonableness.beside import review_beside
from gouji.review.reasonableness.bounded import review_above_budget, review_bounded
from gouji.review.reasonableness.evaluated import review_evaluated, review_totals_told
from gouji.review.reasonableness.grades import review_grades
from gouji.review.reasonableness.heads import review_heads
from gouji.review.reasonableness.held import review_held
from gouji.review.reasonableness.largest import review_largest
from gouji.review.reasonableness.listed import review_listed
from gouji.review.reasonableness.missing import review_missing
from gouji.review.reasonableness.occasions import review_occasions
from gouji.review.reasonableness.performance import review_resolved, review_scores
from gouji.review.reasonableness.ratios import review_ratios
from gouji.review.reasonableness.round_amounts import review_round
from gouji.review.reasonableness.rules import ReasonablenessRule
from gouji.review.reasonableness.targets import review_targets
from gouji.review.reasonableness.told import review_told

FAMILY = Family(
    "reasonableness",
    ReasonablenessRule,
    {
        "ratio": review_ratios,
        "missing": review_missing,
        "largest": review_largest,
        "annex": review_annex,
        "heads": review_heads,
        "held": review_held,
        "apart": review_apart,
        "bounded": review_bounded,
        "above_budget": review_above_budget,
        "occasions": review_occasions,
        "beside": review_beside,
        "scores": review_scores,
        "resolved": review_resolved,
        "round": review_round,
        "grades": review_grades,
        "targets": review_targets,
        "told": review_told,
        "listed": review_listed,
        "evaluated": review_evaluated,
        "totals_told": review_totals_told,
    },
)

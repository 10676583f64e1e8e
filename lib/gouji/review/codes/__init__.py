"""Classification codes: whether code, name, place and account of a row agree with the classification of its year."""

from __future__ import annotations

from gouji.review.codes.accounts import beyond_account, pay_system, pooled
from gouji.review.codes.left_out import left_out
from gouji.review.codes.listed import listed_elsewhere
from gouji.review.codes.model import CodeRule
from gouji.review.codes.naming import deviating, misnamed
from gouji.review.codes.narrated import narrated
from gouji.review.codes.otherwise import narrated_otherwise
from gouji.review.codes.places import foreign, misplaced, superseded_rows, unknown
from gouji.review.codes.renamed import narrated_names
from gouji.review.family import Family

FAMILY = Family(
    "codes",
    CodeRule,
    {
        "misnamed": misnamed,
        "unknown": unknown,
        "superseded": superseded_rows,
        "foreign": foreign,
        "misplaced": misplaced,
        "pooled": pooled,
        "beyond_account": beyond_account,
        "pay_system": pay_system,
        "deviating": deviating,
        "narrated": narrated,
        "narrated_otherwise": narrated_otherwise,
        "narrated_names": narrated_names,
        "left_out": left_out,
        "listed_elsewhere": listed_elsewhere,
    },
)

"""Defines the family `years`, with the code for each kind of its rules."""

from __future__ import annotations

from gouji.review.family import Family
from gouji.review.years.budget import budget
from gouji.review.years.model import YearRule
from gouji.review.years.names import same_department
from gouji.review.years.opening import opening
from gouji.review.years.prior import prior_year, restated
from gouji.review.years.units import subordinates

FAMILY = Family(
    "years",
    YearRule,
    {
        "same_department": same_department,
        "prior_year": prior_year,
        "restated": restated,
        "opening": opening,
        "budget": budget,
        "subordinates": subordinates,
    },
)

"""Timing: documents cited as a basis that came too late or were repealed, and words written at another time of year."""

from __future__ import annotations

from gouji.review.family import Family
from gouji.review.timing.basis import issued_later, provisional, repealed
from gouji.review.timing.dates import as_of, impossible, impossible_year
from gouji.review.timing.model import TimingRule
from gouji.review.timing.wording import midyear, wrong_prior

FAMILY = Family(
    "timing",
    TimingRule,
    {
        "issued_later": issued_later,
        "repealed": repealed,
        "provisional": provisional,
        "midyear": midyear,
        "wrong_prior": wrong_prior,
        "as_of": as_of,
        "impossible": impossible,
        "impossible_year": impossible_year,
    },
)

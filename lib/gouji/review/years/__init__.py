"""Years and siblings: an account beside last year's, this year's budget, and the accounts of the units below it."""

from gouji.review.years.family import FAMILY

__all__ = ["FAMILY"]

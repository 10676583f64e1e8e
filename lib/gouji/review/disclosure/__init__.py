"""Completeness and form of what is disclosed: chapters, tables, forms of other years, names, words left over."""

from gouji.review.disclosure.family import FAMILY

__all__ = ["FAMILY"]

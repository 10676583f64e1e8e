"""Consistency of reasons and of statements: what a document says explains a change, and what it says did not happen."""

from __future__ import annotations

from gouji.review.reasons.family import FAMILY

__all__ = ["FAMILY"]

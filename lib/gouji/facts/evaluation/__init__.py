"""Self-evaluation forms (绩效自评表) annexed to an account: which grids they are, and the figures in them."""

from __future__ import annotations

from gouji.facts.evaluation.read import read_evaluations

__all__ = ["read_evaluations"]

"""Reads self-evaluation forms (绩效自评表) annexed to an account: finds their grids, and the figures in them."""

from __future__ import annotations

from gouji.facts.evaluation.read import read_evaluations

__all__ = ["read_evaluations"]

"""Reads tables that provinces publish beyond the nine: finds their grids, and the figures in them."""

from __future__ import annotations

from gouji.facts.annexed.read import read_annexed

__all__ = ["read_annexed"]

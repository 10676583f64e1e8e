"""Analytical review: what an experienced auditor would ask beyond arithmetic. Facts and words to observations.

Arithmetic (`gouji.checks`) proves errors; a review only raises questions and notes, each with its reason and basis.
"""

"""Errors as people make them, planted in clean fictitious departments.

`plant` says what a planted error is, `digits`, `cells` and `sentences` hold the kinds, `planting` draws some for a
document and prints them in it.
"""

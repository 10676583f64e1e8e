"""Plants errors as people make them in clean fictitious departments.

`plant` describes a planted error, `digits`, `cells` and `sentences` hold the kinds, `planting` draws some for a
document and prints them in it.
"""

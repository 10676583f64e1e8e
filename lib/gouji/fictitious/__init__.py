"""Fictitious departments: accounts that no real department published, in several templates, with the truth behind them.

`departments` makes clean ones, `misprints` plants errors in them, `formats` writes them as the files that are
published. Nothing here knows a check or a finding.
"""

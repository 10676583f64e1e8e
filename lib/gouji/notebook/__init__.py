"""The functions that notebooks call, one for each thing shown. They only show; everything is computed elsewhere."""

from gouji.notebook.document import blocks, coverage, leave, reading, remarks, summary, unconstrained
from gouji.notebook.in_words import findings, form_findings
from gouji.notebook.narrative import marked, statements
from gouji.notebook.repair import joint, locations, models, weights
from gouji.notebook.reviewed import lines_drawn, review_counts, undecided
from gouji.notebook.start import PARAMETERS, begin, find
from gouji.notebook.tables import chart, checks, forms, printed
from gouji.notebook.view import View
from gouji.notebook.years import compared_with, trends, year_checks, year_findings

__all__ = [
    "PARAMETERS",
    "View",
    "begin",
    "blocks",
    "chart",
    "checks",
    "compared_with",
    "coverage",
    "find",
    "findings",
    "form_findings",
    "forms",
    "joint",
    "leave",
    "lines_drawn",
    "locations",
    "marked",
    "models",
    "printed",
    "reading",
    "remarks",
    "review_counts",
    "statements",
    "summary",
    "trends",
    "unconstrained",
    "undecided",
    "weights",
    "year_checks",
    "year_findings",
]

"""Clean, fictitious 部门决算公开 documents. Independent of the rest of gouji: what it says here is the truth.

    dept = make_department(seed=7, template="hunan2023")   # one of TEMPLATES
    text = to_text(dept)                                   # as the seed document reads
    dept.printed["expenditure[2080505].basic"]             # what the table's cell shows, '' when blank
    dept.truth["expenditure[2080505].basic"]               # the true amount in 分; a zero concept is absent
    bad = change_cell(dept, "expenditure[total].basic", "1.00")
    figures(dept)                                          # what the narrative prints, as Words(paragraph, span, …)
    bad = change_words(dept, figures(dept)[0], "1.00")

True amounts are integers in 分 that satisfy every identity of the nine tables. Each printed amount is its true amount
rounded by itself, so tables carry genuine rounding differences (尾差) and no errors.
"""

from gouji.fictitious.departments.make import change_cell, make_department
from gouji.fictitious.departments.model import FictitiousDepartment, Grid, GridCell, GridPlace
from gouji.fictitious.departments.render import line_of, to_text
from gouji.fictitious.departments.templates import TEMPLATES, Table, Template
from gouji.fictitious.departments.words import MONEY, RATE, ChangeWords, Words, change_words, changes, figures

__all__ = [
    "MONEY",
    "RATE",
    "TEMPLATES",
    "ChangeWords",
    "FictitiousDepartment",
    "Grid",
    "GridCell",
    "GridPlace",
    "Table",
    "Template",
    "Words",
    "change_cell",
    "change_words",
    "changes",
    "figures",
    "line_of",
    "make_department",
    "to_text",
]

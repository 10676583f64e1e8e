"""What a fictitious account is compared with: last year's, the budget, the units below it; and breaks planted between.

`budget` writes a year's budget document, `units` parts a year among units, `sets` makes the documents of one department
that belong together, `breaks` plants a difference between two of them without a contradiction within either.
"""

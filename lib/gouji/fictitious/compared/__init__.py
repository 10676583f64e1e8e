"""Makes the documents that a fictitious account is compared with (last year's account, the budget, the units below
it), and plants breaks between them.

`budget` writes a year's budget document, `units` divides a year among units, `sets` makes the documents of one
department that belong together, `breaks` plants a difference between two of them without a contradiction within
either.
"""

"""The benchmark of planted errors: clean fictitious departments misprinted as people misprint, and what is said of it.

Departments and errors come from `gouji.fictitious`: its `misprints` hold the kinds and draw one to four of them for a
document. `scoring` compares them with the findings, `run` does so for many documents, `report` prints it.
`python -m benchmarks.planted --seed N` repeats a run; `--show elsewhere 10` prints the first cases of an outcome, which
is where to look for what to improve.
"""

"""Fuzzing: what is fed with damaged input, how input is damaged, and what may come of it.

`targets` says for each reader, the figure parser, the grammar, the checker and the parameters what an input may lead
to, `mutate` damages inputs by their structure, `seeds` makes the undamaged ones, `corpus/TARGET` keeps broken files as
data. `python -m benchmarks.fuzz` runs a target guided by coverage; `tests/test_fuzz.py` replays the corpus.
"""

"""Fuzzing guided by coverage; see `__main__`."""

"""Mutation testing of the modules that decide verdicts and locate errors; see `__main__`."""

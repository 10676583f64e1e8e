"""Benchmarks: `make bench`. Each prints a measured time beside something run next to it."""

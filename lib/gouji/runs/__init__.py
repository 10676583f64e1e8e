"""Runs a department: its audit is kept for its notebooks (`audit_cache`), its outputs (`outputs`) and notebooks
(`run_notebooks`) are written to a folder that is replaced whole or not at all (`produce`)."""

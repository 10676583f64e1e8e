"""A department's run: its audit kept for its notebooks (`audit_cache`), its outputs (`outputs`), its notebooks
(`run_notebooks`), and all of it in a folder that is whole or as it was before (`produce`)."""

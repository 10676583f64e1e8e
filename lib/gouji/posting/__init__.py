"""Audits into the ledger: what a run is called there, its rows, and `append`, which writes them."""

from gouji.posting.append import append, manifest_hash

__all__ = ["append", "manifest_hash"]

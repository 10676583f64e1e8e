"""Enters audits in the ledger: the identity of a run, its rows, and `append`, which writes them."""

from gouji.posting.append import append, manifest_hash

__all__ = ["append", "manifest_hash"]

"""Executing a run again from its manifest, and saying what differs."""

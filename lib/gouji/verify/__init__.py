"""Executes a run again from its manifest and reports what differs."""

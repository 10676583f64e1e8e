"""Audits many departments: finds them by their parameter files, runs them side by side, and reports each by itself."""

"""The error for a file that cannot be marked up."""


class NotAnnotatableError(Exception):
    """A file that cannot be marked up without harm; its text says why, for people."""

"""Hostile files, made when they are needed: nothing that a virus scanner would take offence at lies in the project."""

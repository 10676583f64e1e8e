"""Damage by structure: functions of an input's bytes and a source of chance, and ways to take an input apart."""

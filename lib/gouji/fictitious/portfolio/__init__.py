"""Many departments of fictitious regions, year after year, published with errors whose answer key is known.

`regions` and `offices` say where and what they are (data: the YAML beside them), `body` draws a department, `years` its
accounts, `published` what it prints of a year, `account` plants the errors, `answers` is their key, `unusable` damages
a file, `write` makes the folder.
"""

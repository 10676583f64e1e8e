"""Makes many departments of fictitious regions, published year after year with errors whose answer key is known.

`regions` and `offices` define the regions and kinds of departments (data: the YAML beside them), `body` draws a
department, `years` its accounts, `published` its text of a year, `account` plants the errors, `answers` is their key,
`unusable` damages a file, `write` makes the folder.
"""

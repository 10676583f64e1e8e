"""Writes any Document as a Word file, a workbook, a web page or a PDF."""

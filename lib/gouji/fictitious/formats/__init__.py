"""Any Document as a Word file, a workbook, a web page, a PDF."""

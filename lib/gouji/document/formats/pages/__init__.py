"""Pages of lines and ruled tables put together to paragraphs and tables: of PDFs and of scans alike."""

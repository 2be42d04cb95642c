"""Pages of PDFs, set in type."""

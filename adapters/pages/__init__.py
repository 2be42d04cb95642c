"""Pages of PDFs: set in type, or shown as pictures."""

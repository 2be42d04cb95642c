"""The scanning agent: a small program on an office computer that lets our pages, and nobody else, use its scanner.

It knows nothing of procedures, keeps no page and writes no file: what was scanned goes straight to the page that asked.
"""

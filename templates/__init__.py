"""What is written and shown: jinja2 for words, mails and pages; typst for the page of a PDF.

Pure: from the state and the journal of a procedure to words. Nothing here reads a clock or reaches the world.
"""

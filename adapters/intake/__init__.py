"""What a stranger brings: judged by content, parsed in a limited process, fixed as PDF/A, shown page by page."""

PROGRAM = "adapters.intake.process"
"""Which parses what was brought, and draws what was kept."""

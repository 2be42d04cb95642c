"""What a stranger brings: judged by content, parsed in a limited process, fixed as PDF/A, shown page by page."""

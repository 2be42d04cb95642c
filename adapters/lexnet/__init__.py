"""Certified delivery between bodies of justice."""

"""Scripted people and invented requests: they play a type to its end for tests, benchmarks and administrators."""

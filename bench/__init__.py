"""Measures, plays and disturbs: benchmarks, scripted people, the demonstration, generators of load and faults."""

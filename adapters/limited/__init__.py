"""Processes with limits of time, memory and network, in which parsers look at bytes of strangers."""

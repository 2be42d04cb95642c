"""In what order things happen: deterministic, durable, no I/O. Activities do, rules decide, the journal remembers."""

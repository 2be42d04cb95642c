"""Numbers and codes that people type or machines check: PINs, CSVs, identity numbers, room tokens."""

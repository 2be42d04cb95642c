"""The EVM chain on which roots are anchored."""

"""The append-only record: hash chain, register row, and the tree under which roots are anchored."""

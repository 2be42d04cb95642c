"""What may be done now, and by whom: one pure `may_<command>` a command, that returns or raises a `Refusal`."""

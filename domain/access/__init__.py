"""Who may come in: accounts, sessions, keys, codes, and the log of who read what."""

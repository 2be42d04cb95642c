"""Plays seven procedures, of every family, with real browsers on a whole local stack that is killed meanwhile."""

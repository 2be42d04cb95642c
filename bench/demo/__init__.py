"""Plays four procedures, one per family, with real browsers on a whole local stack that is killed meanwhile."""

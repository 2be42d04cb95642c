"""The local stack: every server that estrado needs, started from packages on one machine, without containers.

Nothing here runs in production; `docs/operations.md` says what takes each part's place there.
"""

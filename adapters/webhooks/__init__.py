"""Telling systems of others what happened, over HTTP."""

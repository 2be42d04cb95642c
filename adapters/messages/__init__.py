"""Mails and text messages."""

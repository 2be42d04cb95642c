"""What the team of a case-management system tries its side and ours with: `python -m conformance SETTINGS.json`.

It knows the public interface and its webhooks, and needs nothing but Python 3.11: this folder can be copied elsewhere.
"""

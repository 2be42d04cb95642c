"""How a stranger checks a procedure: the format of the evidence bundle and its offline verifier.

This package stands alone. It imports nothing of the platform, asks nothing of the network, and must still run
when the platform is switched off for ever.
"""

__version__ = "1.0.0"

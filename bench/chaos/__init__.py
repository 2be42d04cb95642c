"""Random kills and hangs of every part while procedures are held, and what an independent checker finds of it."""

"""What the activities need of the world, one module a noun. Each port is implemented under `adapters/<noun>/`.

Every method may raise `TryAgain` (transient) or `PersonMustAct`; those that have an effect outside are safe to repeat
with the same arguments, and say how.
"""

"""What the words of the courts mean here: frozen models, pure rules, journal, ports. No I/O, no clock, no vendor."""

# A journal is read with the events of all actions, whoever reads it and whatever of the domain they asked for first.
import domain.actions  # noqa: F401

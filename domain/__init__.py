"""What the words of the courts mean here: frozen models, pure rules, journal, ports. No I/O, no clock, no vendor."""

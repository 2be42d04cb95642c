"""Property tests say whether something holds, never how fast: a busy machine must not make them red."""

from hypothesis import settings

settings.register_profile("estrado", deadline=None)
settings.load_profile("estrado")

"""Sizes of the picture of a composed video, for whoever writes it down without drawing it."""

from math import ceil

LABEL, STRIP, EDGE = 40, 32, 4
"""Pixels: under each place, under all of them, between two."""


def places(people: int) -> tuple[int, int, int]:
    """How many stand side by side, and how wide and high the picture of each is."""
    across = 1 if people <= 1 else 2 if people <= 4 else 3 if people <= 9 else 4
    width = {1: 640, 2: 480 if people > 2 else 640, 3: 400, 4: 320}[across]
    return across, width, width * 3 // 4


def picture_size(people: int) -> tuple[int, int]:
    """Width and height of the whole."""
    across, wide, high = places(people)
    rows = max(1, ceil(people / across))
    return across * (wide + EDGE) + EDGE, rows * (high + LABEL + EDGE) + EDGE + STRIP

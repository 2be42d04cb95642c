"""One file a measure, each against the least that the same servers need for the same things."""

"""One video of the segments of several people: a fixed picture, everybody's sound, made in limited processes."""

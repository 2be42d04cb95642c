"""What is done in the world: one class per noun, built with ports. Every act may run twice and must then equal once."""

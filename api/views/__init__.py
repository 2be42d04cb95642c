"""What is shown: one presenter a noun."""

"""The board of the day and the desk of a municipal office."""

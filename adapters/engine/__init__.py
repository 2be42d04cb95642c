"""How this project speaks to Temporal: everything encrypted before it leaves the process."""

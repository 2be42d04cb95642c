"""Who may ask: parse a request, ask the workflow or the register, present the answer. Nothing is decided here."""

"""What is declared rather than programmed: procedure types, territories, and the words that they may use."""

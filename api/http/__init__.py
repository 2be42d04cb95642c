"""What every request passes through, whatever it asks: limits, problems, idempotency, live changes."""

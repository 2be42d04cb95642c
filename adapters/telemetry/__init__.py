"""How a process tells its operator what it does: logs, metrics, traces. None of them ever holds personal data."""

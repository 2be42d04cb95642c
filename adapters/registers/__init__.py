"""The register of powers of attorney for court."""

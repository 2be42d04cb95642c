"""Reports on evidence that somebody brings, by the offline verifier in a limited process."""

"""The page of one procedure, panel by panel."""

"""How a procedure lives in the workflow engine: its case file, its calls to activities, its hand-over to a next run."""

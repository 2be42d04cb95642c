"""Live video: one process that forwards what people send to each other and reports facts to the workflow."""

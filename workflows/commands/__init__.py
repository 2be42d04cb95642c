"""What people may ask of a procedure, one function a command, by noun; the story is `workflows/procedure.py`."""

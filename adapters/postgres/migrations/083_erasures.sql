-- Who had a key destroyed, and why. Unknown of what was destroyed before this.
ALTER TABLE procedure_keys ADD COLUMN destroyed_by text, ADD COLUMN destroyed_why text;
ALTER TABLE recording_keys ADD COLUMN destroyed_by text, ADD COLUMN destroyed_why text;

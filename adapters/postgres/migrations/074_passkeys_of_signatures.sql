-- A signature that is asked for again under its key, because no answer came, needs no second passkey.
ALTER TABLE passkey_steps ADD COLUMN used_by text;

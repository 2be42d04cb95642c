-- With the password alone an account's first passkey is enrolled: of two browsers that come at once, by one of them.
ALTER TABLE passkeys ADD COLUMN is_first boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX passkeys_first ON passkeys (account) WHERE is_first;

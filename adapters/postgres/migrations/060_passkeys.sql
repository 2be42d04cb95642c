-- Passkeys of members of staff, and what was asked of a browser and not answered yet (by the digest of its id).
CREATE TABLE passkeys (
    id          text PRIMARY KEY,
    account     text NOT NULL REFERENCES accounts,
    label       text NOT NULL,
    public_key  bytea NOT NULL,
    uses        bigint NOT NULL,
    enrolled_at timestamptz NOT NULL,
    used_at     timestamptz
);
CREATE INDEX passkeys_by_account ON passkeys (account);

CREATE TABLE passkey_steps (
    digest    bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    account   text NOT NULL REFERENCES accounts,
    purpose   text NOT NULL,
    challenge bytea NOT NULL,
    ends_at   timestamptz NOT NULL
);
CREATE INDEX passkey_steps_by_end ON passkey_steps (ends_at);

CREATE TABLE devices (
    id             text PRIMARY KEY,
    token_sha256   bytea NOT NULL UNIQUE,
    administration text NOT NULL,
    office         text NOT NULL,
    label          text NOT NULL,
    enrolled_by    text NOT NULL,
    enrolled_at    timestamptz NOT NULL,
    revoked_at     timestamptz
);
CREATE INDEX devices_of_office ON devices (administration, office);

CREATE TABLE api_keys (
    id             text PRIMARY KEY,
    secret_sha256  bytea NOT NULL,
    administration text NOT NULL,
    label          text NOT NULL,
    scopes         text[] NOT NULL,
    issued_at      timestamptz NOT NULL,
    revoked_at     timestamptz
);
CREATE INDEX api_keys_of_administration ON api_keys (administration);

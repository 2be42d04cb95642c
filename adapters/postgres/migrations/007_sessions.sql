CREATE TABLE sessions (
    id               text PRIMARY KEY,
    token_sha256     bytea NOT NULL UNIQUE,
    replaced_sha256  bytea UNIQUE,
    replaced_at      timestamptz,
    kind             text NOT NULL CHECK (kind IN ('staff', 'citizen')),
    account          text REFERENCES accounts,
    procedure        text,
    participant      text,
    device           text,
    csrf             text NOT NULL,
    opened_at        timestamptz NOT NULL,
    authenticated_at timestamptz NOT NULL,
    last_seen_at     timestamptz NOT NULL,
    ends_at          timestamptz NOT NULL,
    CHECK ((kind = 'staff') = (account IS NOT NULL)),
    CHECK ((kind = 'citizen') = (procedure IS NOT NULL AND participant IS NOT NULL))
);
CREATE INDEX sessions_of_account ON sessions (account) WHERE account IS NOT NULL;
CREATE INDEX sessions_by_end ON sessions (ends_at);
-- A person sits at one computer: a seat has one session.
CREATE UNIQUE INDEX sessions_one_per_seat ON sessions (procedure, participant) WHERE kind = 'citizen';

-- A person is told by mail of each change of their account: written with the change, handed over by a worker.
CREATE TABLE account_notices (
    change       bigint PRIMARY KEY REFERENCES account_changes (number),
    message      text NOT NULL UNIQUE,
    -- The link to choose a password, which this mail alone tells; sealed, and gone once the mail is.
    master_key   text,
    link         bytea,
    sent_at      timestamptz,
    given_up_at  timestamptz,
    answer       text,
    CHECK ((master_key IS NULL) = (link IS NULL)),
    CHECK (link IS NULL OR (sent_at IS NULL AND given_up_at IS NULL))
);
CREATE INDEX account_notices_waiting ON account_notices (change) WHERE sent_at IS NULL AND given_up_at IS NULL;

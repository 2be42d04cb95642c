-- Members of staff who are signed in and show the account of their Administration again before one act: who was sent to
-- the provider for what, and what was shown since. It serves in that session, for that and once.
ALTER TABLE sign_in_requests
    ADD COLUMN session text,
    ADD COLUMN account text REFERENCES accounts,
    ADD COLUMN about   text,
    ADD CHECK (num_nulls(session, account, about) IN (0, 3));

CREATE TABLE accounts_shown (
    session  text NOT NULL,
    account  text NOT NULL REFERENCES accounts,
    about    text NOT NULL,
    shown_at timestamptz NOT NULL,
    used_by  text,
    PRIMARY KEY (session, about)
);
CREATE INDEX accounts_shown_by_time ON accounts_shown (shown_at);

-- Members of staff who were sent to the account provider of their Administration and are expected back. Of what only
-- one browser may know, the digest is kept.
CREATE TABLE sign_in_requests (
    state          bytea PRIMARY KEY CHECK (octet_length(state) = 32),
    browser        bytea NOT NULL CHECK (octet_length(browser) = 32),
    administration text NOT NULL,
    back           text NOT NULL,
    nonce          text NOT NULL,
    verifier       text NOT NULL,
    next           text NOT NULL,
    ends_at        timestamptz NOT NULL
);
CREATE INDEX sign_in_requests_by_end ON sign_in_requests (ends_at);

-- Which person at an account provider an account belongs to, from their first sign-in on: an e-mail address that is
-- given to somebody else opens nothing (OpenID Connect Core 1.0, 5.7).
CREATE TABLE provider_subjects (
    account text NOT NULL REFERENCES accounts,
    issuer  text NOT NULL,
    subject text NOT NULL,
    PRIMARY KEY (account, issuer),
    UNIQUE (issuer, subject)
);

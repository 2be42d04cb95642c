CREATE TABLE accounts (
    id             text PRIMARY KEY,
    login          text NOT NULL UNIQUE,
    password_hash  text NOT NULL,
    administration text NOT NULL,
    name           text NOT NULL,
    email          text NOT NULL,
    roles          text[] NOT NULL,
    offices        text[] NOT NULL,
    body           text,
    certificate    text,
    locale         text NOT NULL,
    active         boolean NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX accounts_of_administration ON accounts (administration, name);

-- Failures by what was typed, whether or not it is somebody's login: a lock must not tell which logins exist.
CREATE TABLE sign_in_failures (
    login        text PRIMARY KEY,
    failures     smallint NOT NULL,
    locked_until timestamptz
);

-- A regional system may sign with a key of its own instead of having a secret of ours.
ALTER TABLE api_keys ALTER COLUMN secret_sha256 DROP NOT NULL;
ALTER TABLE api_keys ADD COLUMN public_keys text;

CREATE TABLE access_tokens (
    token_sha256 bytea PRIMARY KEY,
    api_key      text NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    scopes       text[] NOT NULL,
    ends_at      timestamptz NOT NULL
);
CREATE INDEX access_tokens_end ON access_tokens (ends_at);

CREATE TABLE client_statements (
    api_key    text NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    jti_sha256 bytea NOT NULL,
    ends_at    timestamptz NOT NULL,
    PRIMARY KEY (api_key, jti_sha256)
);
CREATE INDEX client_statements_end ON client_statements (ends_at);

-- Where regional systems are told what happens. Secrets are sealed with a master key.
CREATE TABLE webhook_endpoints (
    id             text PRIMARY KEY,
    administration text NOT NULL,
    label          text NOT NULL,
    url            text NOT NULL,
    master_key     text NOT NULL,
    secret         bytea NOT NULL,
    former_key     text,
    former_secret  bytea,
    former_until   timestamptz,
    registered_by  text NOT NULL REFERENCES accounts,
    registered_at  timestamptz NOT NULL,
    removed_at     timestamptz,
    CHECK ((former_secret IS NULL) = (former_until IS NULL) AND (former_secret IS NULL) = (former_key IS NULL))
);
CREATE INDEX webhook_endpoints_of_administration ON webhook_endpoints (administration) WHERE removed_at IS NULL;

-- One message a line that is told and an address, written in the statement that writes the line: none is lost, and
-- none can be there twice.
CREATE TABLE webhook_messages (
    number       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    endpoint     text NOT NULL REFERENCES webhook_endpoints,
    procedure    text NOT NULL,
    seq          bigint NOT NULL,
    id           text NOT NULL UNIQUE,
    event        text NOT NULL,
    external_id  text,
    happened_at  timestamptz NOT NULL,
    waits_since  timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts     integer NOT NULL DEFAULT 0,
    attempted_at timestamptz,
    answer       text,
    delivered_at timestamptz,
    given_up_at  timestamptz,
    UNIQUE (endpoint, procedure, seq)
);
CREATE INDEX webhook_messages_waiting ON webhook_messages (endpoint, number)
    WHERE delivered_at IS NULL AND given_up_at IS NULL;
CREATE INDEX webhook_messages_of_endpoint ON webhook_messages (endpoint, number);
CREATE INDEX webhook_messages_by_age ON webhook_messages (coalesce(delivered_at, given_up_at));

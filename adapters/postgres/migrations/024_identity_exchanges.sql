-- What browsers carry to providers of identity and bring back. Requests and answers are sealed with the key of the
-- procedure; of what only one browser may know, the digest is kept.
CREATE TABLE identity_exchanges (
    reference   text PRIMARY KEY,
    procedure   text NOT NULL REFERENCES procedure_keys,
    participant text NOT NULL,
    message     text NOT NULL,
    relay       bytea NOT NULL UNIQUE CHECK (octet_length(relay) = 32),
    request     bytea NOT NULL CHECK (octet_length(request) > 28),
    expires_at  timestamptz NOT NULL,
    answer      bytea CHECK (octet_length(answer) > 28),
    receipt     bytea CHECK (octet_length(receipt) = 32),
    received_at timestamptz
);
CREATE INDEX identity_exchanges_by_end ON identity_exchanges (expires_at);

-- Messages of providers that were used (SAML 2.0 profiles, 4.1.4.5): none is used twice while it could be good.
CREATE TABLE identity_messages_used (
    message    text PRIMARY KEY,
    reference  text NOT NULL,
    attempt    text NOT NULL,
    used_until timestamptz NOT NULL
);
CREATE INDEX identity_messages_used_by_end ON identity_messages_used (used_until);

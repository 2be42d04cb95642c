-- Answers already given, sealed with a master key: they may hold personal data.
CREATE TABLE idempotency (
    scope        text NOT NULL,
    key          text NOT NULL,
    request_hash text NOT NULL,
    begun_at     timestamptz NOT NULL,
    master_key   text,
    response     bytea,
    PRIMARY KEY (scope, key),
    CHECK ((response IS NULL) = (master_key IS NULL))
);
CREATE INDEX idempotency_by_age ON idempotency (begun_at);

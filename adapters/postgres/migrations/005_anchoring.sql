CREATE TABLE anchor_batches (
    name        text PRIMARY KEY,
    root        text NOT NULL UNIQUE,
    transaction jsonb,
    proof       jsonb,
    token       bytea,
    closed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((proof IS NULL) = (token IS NULL)),
    -- The signed transaction is kept before it is sent, so there is no proof without it.
    CHECK (proof IS NULL OR transaction IS NOT NULL)
);

-- Leaves of procedures wait without a batch; leaves of padding have no procedure.
CREATE TABLE anchor_leaves (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    procedure   text UNIQUE,
    salt        text NOT NULL CHECK (length(salt) = 64),
    bundle_root text NOT NULL CHECK (length(bundle_root) = 64),
    batch       text REFERENCES anchor_batches,
    position    integer,
    UNIQUE (batch, position),
    CHECK ((batch IS NULL) = (position IS NULL)),
    CHECK (procedure IS NOT NULL OR batch IS NOT NULL)
);
CREATE INDEX anchor_leaves_waiting ON anchor_leaves (id) WHERE batch IS NULL;

-- The key of each procedure's recording: it can be destroyed while everything else of the procedure stays readable.
CREATE TABLE recording_keys (
    procedure    text PRIMARY KEY REFERENCES procedure_keys,
    master_key   text,
    wrapped      bytea,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    destroyed_at timestamptz,
    CHECK ((destroyed_at IS NULL) = (wrapped IS NOT NULL AND master_key IS NOT NULL))
);

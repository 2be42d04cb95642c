-- The data key and journal seed of each procedure, wrapped by a master key that is not in this database.
CREATE TABLE procedure_keys (
    procedure    text PRIMARY KEY,
    master_key   text,
    wrapped      bytea,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    destroyed_at timestamptz,
    -- Erasure leaves the row as its own tombstone: a destroyed key can never be made again.
    CHECK ((destroyed_at IS NULL) = (wrapped IS NOT NULL AND master_key IS NOT NULL))
);

-- Typing in progress, sealed with the key of the procedure.
CREATE TABLE drafts (
    procedure text NOT NULL REFERENCES procedure_keys,
    item      text NOT NULL,
    author    text NOT NULL,
    sealed    bytea NOT NULL CHECK (octet_length(sealed) > 28),
    saved_at  timestamptz NOT NULL,
    PRIMARY KEY (procedure, item, author)
);

-- Keyed digests of the beginnings of names, so that a list is searched by name while names themselves stay sealed.
-- Apart from the register, which every event writes: names hardly ever change. What was there before has no row until
-- `python -m adapters.postgres.name_tokens` has read its journal.
CREATE TABLE name_tokens (
    procedure text PRIMARY KEY REFERENCES procedure_keys,
    tokens    bigint[] NOT NULL
);
CREATE INDEX name_tokens_any ON name_tokens USING gin (tokens);

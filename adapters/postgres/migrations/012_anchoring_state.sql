-- Batches are numbered by the database, no longer by whoever closes them.
ALTER TABLE anchor_batches ADD COLUMN number bigint;
UPDATE anchor_batches SET number = substring(name FROM 2)::bigint;
ALTER TABLE anchor_batches ALTER COLUMN number SET NOT NULL, ADD UNIQUE (number);

-- Every transaction that was ever signed for a batch: the first, and each that was to replace the one before. Of two
-- for the same place one is kept.
CREATE TABLE anchor_transactions (
    batch       text NOT NULL REFERENCES anchor_batches,
    place       integer NOT NULL,
    hash        text NOT NULL,
    raw         text NOT NULL,
    nonce       bigint NOT NULL,
    chain_id    bigint NOT NULL,
    contract    text NOT NULL,
    waits_since timestamptz NOT NULL,
    PRIMARY KEY (batch, place)
);
INSERT INTO anchor_transactions
SELECT name, 0, transaction ->> 'hash', transaction ->> 'raw', (transaction ->> 'nonce')::bigint,
       (transaction ->> 'chain_id')::bigint, transaction ->> 'contract', closed_at
  FROM anchor_batches WHERE transaction IS NOT NULL;

-- The time-stamp over the root does not wait for the chain, and outlives a proof that a reorganisation has undone.
-- Dropping the column drops the check that knew it; the other one is the check that tied the token to the proof.
ALTER TABLE anchor_batches DROP CONSTRAINT anchor_batches_check, DROP COLUMN transaction;
ALTER TABLE anchor_batches ADD CHECK (proof IS NULL OR token IS NOT NULL);
CREATE INDEX anchor_batches_open ON anchor_batches (number) WHERE proof IS NULL;

ALTER TABLE anchor_leaves ADD COLUMN queued_at timestamptz NOT NULL DEFAULT clock_timestamp();

-- What anchoring waits for: one row, or none when nothing is wrong.
CREATE TABLE anchoring_trouble (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    code  text NOT NULL,
    since timestamptz NOT NULL
);

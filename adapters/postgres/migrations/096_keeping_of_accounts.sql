-- Whoever keeps accounts gives nobody a password: the person chooses theirs with a link that is good once.
ALTER TABLE accounts ALTER COLUMN password_hash DROP NOT NULL;
ALTER TABLE accounts ADD COLUMN link_sha256 bytea UNIQUE;
ALTER TABLE accounts ADD COLUMN link_until timestamptz;

-- What was done with an account, by whom, and how it was afterwards (ENS op.acc.4).
CREATE TABLE account_changes (
    number         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    administration text NOT NULL,
    account        text NOT NULL REFERENCES accounts (id),
    act            text NOT NULL,
    by             text,
    at             timestamptz NOT NULL,
    afterwards     jsonb NOT NULL
);
CREATE INDEX account_changes_of_administration ON account_changes (administration, number);

CREATE TRIGGER account_changes_rows_stay BEFORE UPDATE OR DELETE ON account_changes
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER account_changes_stay BEFORE TRUNCATE ON account_changes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

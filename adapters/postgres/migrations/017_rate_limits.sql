-- How often somebody has tried lately. Unlogged: a crash of the database forgives everybody, and no try waits for a disk.
CREATE UNLOGGED TABLE rate_limits (
    name   text PRIMARY KEY,
    due_at timestamptz NOT NULL
);
CREATE INDEX rate_limits_by_age ON rate_limits (due_at);

-- Wrong passwords are forgotten some day, those of logins that nobody has too.
ALTER TABLE sign_in_failures ADD COLUMN tried_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX sign_in_failures_by_age ON sign_in_failures (tried_at);

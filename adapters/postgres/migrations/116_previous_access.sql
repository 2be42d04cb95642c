-- Whoever signs in is told when they did before (ENS op.acc.6): somebody else's access shows there.
ALTER TABLE accounts ADD COLUMN signed_in_at timestamptz;
ALTER TABLE sessions ADD COLUMN previous_access_at timestamptz;

-- What makes a browser the computer is opened once, and is not what that browser then keeps.
ALTER TABLE devices ADD COLUMN link_sha256 bytea UNIQUE;
ALTER TABLE devices ADD COLUMN link_until timestamptz;
-- Since when somebody at it asks the office for help.
ALTER TABLE devices ADD COLUMN calls_since timestamptz;

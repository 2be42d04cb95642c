-- Of which procedures a regional system asks and is told: those that concern these offices and are of these types.
-- NULL: of every office, of every type of its Administration, as all that were there before.
ALTER TABLE api_keys
    ADD COLUMN offices text[] CHECK (cardinality(offices) > 0),
    ADD COLUMN types text[] CHECK (cardinality(types) > 0);
ALTER TABLE webhook_endpoints
    ADD COLUMN offices text[] CHECK (cardinality(offices) > 0),
    ADD COLUMN types text[] CHECK (cardinality(types) > 0);

-- A decision may let some bodies hold a type, and some offices take part in it; none: every one.
ALTER TABLE type_publications
    ADD COLUMN bodies  text[] NOT NULL DEFAULT '{}',
    ADD COLUMN offices text[] NOT NULL DEFAULT '{}';

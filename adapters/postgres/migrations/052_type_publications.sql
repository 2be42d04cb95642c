-- Types that an Administration publishes for itself, with every text as it was and everything that was decided about it.
CREATE TABLE type_publications (
    number         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id             text NOT NULL UNIQUE,
    administration text NOT NULL,
    approved_by    text NOT NULL,
    approved_on    date NOT NULL,
    document       text NOT NULL
);

CREATE TABLE type_definitions (
    publication text NOT NULL REFERENCES type_publications (id),
    place       integer NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('procedure_type', 'item_type')),
    name        text NOT NULL,
    id          text NOT NULL,
    version     integer NOT NULL CHECK (version >= 1),
    text        text NOT NULL,
    sha256      text NOT NULL CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
    PRIMARY KEY (publication, place)
);

CREATE TABLE type_publication_acts (
    number       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    publication  text NOT NULL REFERENCES type_publications (id),
    act          text NOT NULL CHECK (act IN ('proposed', 'approved', 'rejected', 'withdrawn')),
    done_by      text NOT NULL REFERENCES accounts,
    at           timestamptz NOT NULL,
    why          text NOT NULL,
    effective_on date NOT NULL,
    UNIQUE (publication, act)
);

-- What was approved: an id and a version mean one text for ever.
CREATE TABLE type_names (
    kind        text NOT NULL,
    name        text NOT NULL,
    id          text NOT NULL,
    version     integer NOT NULL,
    publication text NOT NULL REFERENCES type_publications (id),
    PRIMARY KEY (kind, name, version),
    UNIQUE (kind, id, version)
);

CREATE TRIGGER type_publications_rows_stay BEFORE UPDATE OR DELETE ON type_publications
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER type_publications_stay BEFORE TRUNCATE ON type_publications
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER type_definitions_rows_stay BEFORE UPDATE OR DELETE ON type_definitions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER type_definitions_stay BEFORE TRUNCATE ON type_definitions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER type_publication_acts_rows_stay BEFORE UPDATE OR DELETE ON type_publication_acts
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER type_publication_acts_stay BEFORE TRUNCATE ON type_publication_acts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER type_names_rows_stay BEFORE UPDATE OR DELETE ON type_names
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER type_names_stay BEFORE TRUNCATE ON type_names
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

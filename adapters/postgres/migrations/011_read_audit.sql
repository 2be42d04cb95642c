-- Who read what, when and why (law: LO 7/2021 art. 31).
CREATE TABLE read_audit (
    number         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id             text NOT NULL UNIQUE,
    at             timestamptz NOT NULL,
    actor          text NOT NULL,
    role           text NOT NULL,
    administration text NOT NULL,
    procedure      text,
    what           text NOT NULL,
    why            text NOT NULL
);
CREATE INDEX read_audit_of_procedure ON read_audit (procedure, number) WHERE procedure IS NOT NULL;

CREATE TRIGGER read_audit_rows_stay BEFORE UPDATE OR DELETE ON read_audit
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER read_audit_stays BEFORE TRUNCATE ON read_audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

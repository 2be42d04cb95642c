CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;

-- What happened. Lines are free of personal data; their content is sealed with the key of the procedure.
CREATE TABLE journal (
    procedure  text NOT NULL REFERENCES procedure_keys,
    seq        bigint NOT NULL CHECK (seq >= 0),
    hash       text NOT NULL,
    prev       text NOT NULL CHECK (length(prev) = 64),
    type       text NOT NULL,
    line       text NOT NULL,
    content    bytea NOT NULL CHECK (octet_length(content) > 28), -- nonce and tag alone are 28
    written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (procedure, seq),
    CHECK (hash = encode(sha256(convert_to(line, 'UTF8')), 'hex'))
);
-- A line has one successor, even for a writer that forgot to look.
CREATE UNIQUE INDEX journal_does_not_fork ON journal (procedure, prev);

CREATE TRIGGER journal_rows_stay BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_stays BEFORE TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Where each procedure stands, for lists. Columns beside `public` are what lists search by.
CREATE TABLE register (
    procedure      text PRIMARY KEY REFERENCES procedure_keys,
    seq            bigint NOT NULL,
    administration text NOT NULL,
    offices        text[] NOT NULL,
    body           text NOT NULL,
    stage          text NOT NULL,
    scheduled_at   timestamptz NOT NULL,
    external_id    text,
    csv            text,
    public         jsonb NOT NULL CHECK (NOT public ? 'private'),
    private        bytea NOT NULL CHECK (octet_length(private) > 28),
    written_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX register_board ON register (administration, scheduled_at, procedure);
CREATE INDEX register_external ON register (administration, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX register_csv ON register (csv) WHERE csv IS NOT NULL;

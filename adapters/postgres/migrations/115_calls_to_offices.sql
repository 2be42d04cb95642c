-- Whoever sits at a computer of an office calls it: for help, or to start an act of some type. Who came stays on record.
ALTER TABLE devices ADD COLUMN calls_for text;

CREATE TABLE office_calls (
    device      text NOT NULL REFERENCES devices (id),
    called_at   timestamptz NOT NULL,
    wants       text,
    answered_at timestamptz,
    answered_by text,
    PRIMARY KEY (device, called_at)
);
CREATE UNIQUE INDEX office_calls_open ON office_calls (device) WHERE answered_at IS NULL;

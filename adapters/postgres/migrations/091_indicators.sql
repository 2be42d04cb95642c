-- What is counted of each procedure that has ended, once. Nothing here says who took part.
CREATE TABLE indicators (
    procedure      text PRIMARY KEY REFERENCES procedure_keys,
    administration text NOT NULL,
    office         text NOT NULL,
    body           text NOT NULL,
    type           text NOT NULL,
    privacy        text NOT NULL,
    requested_at   timestamptz NOT NULL,
    sealed_at     timestamptz,
    ended_at       timestamptz NOT NULL,
    held           boolean NOT NULL,
    step           text,
    interruptions  integer NOT NULL,
    places         text[] NOT NULL
);
CREATE INDEX indicators_by_month ON indicators (administration, ended_at);

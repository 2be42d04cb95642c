-- Which seat a summons code opens. The code itself is nowhere: only its keyed digest.
CREATE TABLE summons (
    procedure   text NOT NULL,
    participant text NOT NULL,
    code_hmac   text NOT NULL UNIQUE,
    kept_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (procedure, participant)
);

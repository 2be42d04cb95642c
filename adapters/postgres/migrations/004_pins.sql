-- PINs that were sent. Neither the PIN nor a digest of it is here: it is computed from the challenge and a key.
CREATE TABLE pin_challenges (
    challenge   text PRIMARY KEY,
    procedure   text NOT NULL,
    participant text NOT NULL,
    purpose     text NOT NULL,
    expires_at  timestamptz NOT NULL,
    attempts    smallint NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    used_at     timestamptz,
    opened_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX pin_challenges_of_person ON pin_challenges (procedure, participant);

CREATE TABLE pin_attempts (
    challenge text NOT NULL REFERENCES pin_challenges,
    attempt   text NOT NULL,
    correct   boolean NOT NULL,
    left_then smallint NOT NULL,
    judged_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (challenge, attempt)
);

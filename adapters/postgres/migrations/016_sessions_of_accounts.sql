-- Whoever takes an account out of use ends its sessions with the same change, whatever becomes of the process.
CREATE FUNCTION end_sessions_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM sessions WHERE account = NEW.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER accounts_end_their_sessions AFTER UPDATE OF active ON accounts
    FOR EACH ROW WHEN (OLD.active AND NOT NEW.active) EXECUTE FUNCTION end_sessions_of_account();

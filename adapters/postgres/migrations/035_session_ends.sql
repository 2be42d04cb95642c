-- Whoever ends a session, and however: those who carry its media hear of it. A seat that is taken over keeps its row:
-- its procedure sends the former person out, and tells them why.
CREATE FUNCTION tell_session_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('estrado_session_ends', OLD.id);
    RETURN NULL;
END
$$;

CREATE TRIGGER sessions_tell_their_end AFTER DELETE ON sessions
    FOR EACH ROW EXECUTE FUNCTION tell_session_end();

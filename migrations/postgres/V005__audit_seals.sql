-- An audit log that only grows, and seals that show when a row was changed after all.
-- Undo: drop the trigger, the function and the table.

-- One seal a row, in order of id; each hash covers the row's lasting columns and the hash before it. What may be erased
-- (user_id, ip_address, user_agent) is left out of it.
CREATE TABLE audit_seals (
    audit_id BIGINT PRIMARY KEY,
    hash BYTEA NOT NULL,
    sealed_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
);

-- The one change allowed takes the person out of a row.
CREATE FUNCTION keep_audit_log()
RETURNS TRIGGER AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.action, NEW.resource_type, NEW.resource_id, NEW.changes, NEW.created_at)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.action, OLD.resource_type, OLD.resource_id, OLD.changes, OLD.created_at)
        AND (NEW.user_id IS NULL OR NEW.user_id = OLD.user_id)
        AND (NEW.ip_address IS NULL OR NEW.ip_address = OLD.ip_address)
        AND (NEW.user_agent IS NULL OR NEW.user_agent = OLD.user_agent)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit log only grows'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'keep_audit_log';
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER keep_audit_logs BEFORE UPDATE OR DELETE ON audit_logs
    FOR EACH ROW EXECUTE FUNCTION keep_audit_log();

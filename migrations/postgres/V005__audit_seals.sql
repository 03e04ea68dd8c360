-- An audit log that only grows, and seals that show when a row was changed after all.
-- Undo: drop the triggers, the function and the table.

-- One seal a row, in the order in which they were sealed: by id, but for a row whose transaction ended late. row_hash
-- covers the row's lasting columns; what may be erased (user_id, ip_address, user_agent) is left out of it. hash covers
-- row_hash and the hash before it, so the chain can be followed over rows that retention has dropped.
CREATE TABLE audit_seals (
    position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    audit_id BIGINT NOT NULL UNIQUE,
    -- Of the row: its partition is found by it.
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    row_hash VARCHAR(64) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    -- The row's partition was dropped.
    dropped BOOLEAN NOT NULL DEFAULT FALSE,
    sealed_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
);
CREATE INDEX idx_audit_seals_created_at ON audit_seals(created_at);

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

CREATE TRIGGER keep_all_audit_logs BEFORE TRUNCATE ON audit_logs
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_log();

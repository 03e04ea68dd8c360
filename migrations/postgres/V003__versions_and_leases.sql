-- What two people at one row, and two workers at one job, need.
-- Undo: drop the triggers, the function and the columns; nothing of the seed refers to them.

-- Counts the changes of a row; updated_at cannot tell two changes of one transaction apart.
CREATE FUNCTION count_version()
RETURNS TRIGGER AS $$
BEGIN
    NEW.version = OLD.version + 1;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

ALTER TABLE users ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE timetables ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE timeblocks ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE documents ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE processing_jobs ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE hitl_tasks ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

CREATE TRIGGER count_users_version BEFORE UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION count_version();
CREATE TRIGGER count_timetables_version BEFORE UPDATE ON timetables
    FOR EACH ROW EXECUTE FUNCTION count_version();
CREATE TRIGGER count_timeblocks_version BEFORE UPDATE ON timeblocks
    FOR EACH ROW EXECUTE FUNCTION count_version();
CREATE TRIGGER count_documents_version BEFORE UPDATE ON documents
    FOR EACH ROW EXECUTE FUNCTION count_version();
CREATE TRIGGER count_processing_jobs_version BEFORE UPDATE ON processing_jobs
    FOR EACH ROW EXECUTE FUNCTION count_version();
CREATE TRIGGER count_hitl_tasks_version BEFORE UPDATE ON hitl_tasks
    FOR EACH ROW EXECUTE FUNCTION count_version();

-- A job belongs to whoever holds its lease. The token grows with each claim, and every later write carries it, so that
-- a worker whose lease has run out can change nothing.
ALTER TABLE processing_jobs
    -- What its caller calls the request, so that asking again, not knowing whether it was heard, makes no second job.
    ADD COLUMN idempotency_key VARCHAR(255),
    -- Where the job waits to be woken: one of the queues, null when nothing is to be done.
    ADD COLUMN queue VARCHAR(50),
    -- The greater goes first.
    ADD COLUMN priority SMALLINT NOT NULL DEFAULT 0,
    -- When a message that wakes a worker for it was last written.
    ADD COLUMN woken_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    -- Not before; a retry waits.
    ADD COLUMN available_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    ADD COLUMN lease_owner VARCHAR(255),
    ADD COLUMN lease_expires_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN fencing_token BIGINT NOT NULL DEFAULT 0,
    -- Leases that ran out without a word: a job that kills its workers is given up after some.
    ADD COLUMN poison_count INTEGER NOT NULL DEFAULT 0
        CONSTRAINT check_poison_count CHECK (poison_count >= 0),
    -- What the worker wants to find again after a crash.
    ADD COLUMN checkpoint JSONB;

CREATE UNIQUE INDEX idx_processing_jobs_idempotency_key ON processing_jobs(user_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
CREATE INDEX idx_processing_jobs_claim ON processing_jobs(queue, priority DESC, created_at, id)
    WHERE queue IS NOT NULL;
CREATE INDEX idx_processing_jobs_leases ON processing_jobs(lease_expires_at)
    WHERE lease_expires_at IS NOT NULL;

-- A reviewer's hold on a task, by the same rules.
ALTER TABLE hitl_tasks
    ADD COLUMN lease_expires_at TIMESTAMP WITH TIME ZONE;
CREATE INDEX idx_hitl_tasks_leases ON hitl_tasks(lease_expires_at)
    WHERE lease_expires_at IS NOT NULL;

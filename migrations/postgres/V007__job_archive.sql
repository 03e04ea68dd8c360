-- Where finished jobs lie that were moved, with their review tasks, to the blob store.
-- Undo: only when the table is empty; restore its jobs first.

CREATE TABLE archived_jobs (
    job_id UUID PRIMARY KEY,
    -- An archived job goes with its document and its user, as every other job does.
    document_id UUID NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    s3_bucket VARCHAR(255) NOT NULL,
    s3_key VARCHAR(512) NOT NULL,
    s3_version_id VARCHAR(255),
    sha256 VARCHAR(64) NOT NULL,
    archived_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
);
CREATE INDEX idx_archived_jobs_document_id ON archived_jobs(document_id);
CREATE INDEX idx_archived_jobs_user_id ON archived_jobs(user_id);
CREATE UNIQUE INDEX idx_archived_jobs_s3_location ON archived_jobs(s3_bucket, s3_key);

CREATE TRIGGER leave_archived_jobs_tombstone AFTER DELETE ON archived_jobs
    FOR EACH ROW EXECUTE FUNCTION leave_storage_tombstone();

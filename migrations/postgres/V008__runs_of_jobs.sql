-- The runs of jobs in the journal go where their jobs go.
-- Undo: drop the column.

ALTER TABLE journal ADD COLUMN job_id UUID REFERENCES processing_jobs(id) ON DELETE CASCADE;
CREATE INDEX idx_journal_job_id ON journal(job_id) WHERE job_id IS NOT NULL;

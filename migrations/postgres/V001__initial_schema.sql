-- The seed's schema: seven tables, their indexes, triggers, views and partitions.
-- Where the seed as written fails or lets bad data in, a comment that begins with "Seed:" says what was put right;
-- docs/seed-differences.md lists the same, one row each.
-- Undo: drop the schema where nothing else is in it; rows that are to be kept come back from a backup.

-- Seed: stands before the triggers that call it, since the seed's order fails.
CREATE FUNCTION update_updated_at_column()
RETURNS TRIGGER AS $$
BEGIN
    NEW.updated_at = NOW();
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

-- users --------------------------------------------------------------------------------------------------------------

CREATE TABLE users (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    email VARCHAR(255) UNIQUE NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    first_name VARCHAR(100) NOT NULL,
    last_name VARCHAR(100) NOT NULL,
    role VARCHAR(50) NOT NULL DEFAULT 'teacher'
        CHECK (role IN ('teacher', 'admin', 'reviewer')),
    email_verified BOOLEAN DEFAULT FALSE,
    profile_image_url TEXT,
    settings JSONB DEFAULT '{}'::jsonb,
    last_login_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()
);

CREATE INDEX idx_users_email ON users(email);
CREATE INDEX idx_users_role ON users(role);
CREATE INDEX idx_users_created_at ON users(created_at);

-- Seed: two addresses that differ only in case are one person.
CREATE UNIQUE INDEX idx_users_email_case_blind ON users(lower(email));

CREATE TRIGGER update_users_updated_at
    BEFORE UPDATE ON users
    FOR EACH ROW
    EXECUTE FUNCTION update_updated_at_column();

-- timetables ---------------------------------------------------------------------------------------------------------

CREATE TABLE timetables (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    name VARCHAR(255) NOT NULL,
    class_name VARCHAR(100),
    term VARCHAR(50),
    year INTEGER NOT NULL,
    week_start_date DATE,
    status VARCHAR(50) NOT NULL DEFAULT 'draft'
        CHECK (status IN ('draft', 'active', 'archived')),
    metadata JSONB DEFAULT '{}'::jsonb,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()
);

CREATE INDEX idx_timetables_user_id ON timetables(user_id);
CREATE INDEX idx_timetables_status ON timetables(status);
CREATE INDEX idx_timetables_year ON timetables(year);
CREATE INDEX idx_timetables_created_at ON timetables(created_at);
CREATE INDEX idx_timetables_user_status ON timetables(user_id, status);
CREATE INDEX idx_timetables_search ON timetables
    USING GIN (to_tsvector('english', name || ' ' || COALESCE(class_name, '')));

CREATE TRIGGER update_timetables_updated_at
    BEFORE UPDATE ON timetables
    FOR EACH ROW
    EXECUTE FUNCTION update_updated_at_column();

-- timeblocks ---------------------------------------------------------------------------------------------------------

CREATE TABLE timeblocks (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    timetable_id UUID NOT NULL REFERENCES timetables(id) ON DELETE CASCADE,
    name VARCHAR(255) NOT NULL,
    day_of_week VARCHAR(10) NOT NULL
        CHECK (day_of_week IN ('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday')),
    start_time TIME NOT NULL,
    end_time TIME NOT NULL,
    duration INTEGER GENERATED ALWAYS AS (
        EXTRACT(EPOCH FROM (end_time - start_time)) / 60
    ) STORED,
    notes TEXT,
    color VARCHAR(7) DEFAULT '#3B82F6',
    position INTEGER DEFAULT 0,
    metadata JSONB DEFAULT '{}'::jsonb,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),

    CONSTRAINT check_start_before_end CHECK (start_time < end_time),
    CONSTRAINT check_valid_duration CHECK (
        EXTRACT(EPOCH FROM (end_time - start_time)) BETWEEN 300 AND 28800
    )
);

CREATE INDEX idx_timeblocks_timetable_id ON timeblocks(timetable_id);
CREATE INDEX idx_timeblocks_day ON timeblocks(day_of_week);
CREATE INDEX idx_timeblocks_start_time ON timeblocks(start_time);
CREATE INDEX idx_timeblocks_timetable_day ON timeblocks(timetable_id, day_of_week, start_time);
CREATE INDEX idx_timeblocks_search ON timeblocks
    USING GIN (to_tsvector('english', name || ' ' || COALESCE(notes, '')));

CREATE TRIGGER update_timeblocks_updated_at
    BEFORE UPDATE ON timeblocks
    FOR EACH ROW
    EXECUTE FUNCTION update_updated_at_column();

-- Seed: weekdays sort as in a week; by their letters Friday would come first.
CREATE FUNCTION weekday_rank(day_of_week TEXT)
RETURNS INTEGER AS $$
    SELECT array_position(
        ARRAY['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'], day_of_week
    )
$$ LANGUAGE sql IMMUTABLE PARALLEL SAFE;

-- documents ----------------------------------------------------------------------------------------------------------

CREATE TABLE documents (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    timetable_id UUID REFERENCES timetables(id) ON DELETE SET NULL,
    user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    file_name VARCHAR(255) NOT NULL,
    -- Seed: 50 characters cannot hold the last of the types that the check allows, which has 71.
    file_type VARCHAR(100) NOT NULL
        CHECK (file_type IN ('image/png', 'image/jpeg', 'image/jpg', 'application/pdf',
                            'application/vnd.openxmlformats-officedocument.wordprocessingml.document')),
    -- Seed: no file has fewer than 0 bytes.
    file_size BIGINT NOT NULL
        CONSTRAINT check_file_size CHECK (file_size >= 0),
    s3_bucket VARCHAR(255) NOT NULL,
    s3_key VARCHAR(512) NOT NULL,
    s3_version_id VARCHAR(255),
    upload_status VARCHAR(50) NOT NULL DEFAULT 'pending'
        CHECK (upload_status IN ('pending', 'completed', 'failed')),
    mime_type VARCHAR(100),
    metadata JSONB DEFAULT '{}'::jsonb,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()
);

CREATE INDEX idx_documents_timetable_id ON documents(timetable_id);
CREATE INDEX idx_documents_user_id ON documents(user_id);
CREATE INDEX idx_documents_upload_status ON documents(upload_status);
CREATE INDEX idx_documents_created_at ON documents(created_at);
CREATE UNIQUE INDEX idx_documents_s3_location ON documents(s3_bucket, s3_key);

CREATE TRIGGER update_documents_updated_at
    BEFORE UPDATE ON documents
    FOR EACH ROW
    EXECUTE FUNCTION update_updated_at_column();

-- processing_jobs ----------------------------------------------------------------------------------------------------

CREATE TABLE processing_jobs (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    document_id UUID NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    timetable_id UUID REFERENCES timetables(id) ON DELETE SET NULL,
    user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    status VARCHAR(50) NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'classifying', 'preprocessing', 'ocr',
                         'llm_processing', 'validating', 'completed', 'failed',
                         'hitl_pending', 'hitl_in_progress')),
    stage VARCHAR(50),
    -- Seed: its comment says 0.00 to 100.00, now a check does.
    confidence DECIMAL(5,2)
        CONSTRAINT check_confidence CHECK (confidence BETWEEN 0 AND 100),
    processing_tier VARCHAR(20)
        CHECK (processing_tier IN ('tesseract', 'cloud_ocr', 'llm', 'hitl')),
    error_message TEXT,
    error_code VARCHAR(50),
    -- Seed: nothing is retried fewer than 0 times.
    retry_count INTEGER DEFAULT 0
        CONSTRAINT check_retry_count CHECK (retry_count >= 0),
    metadata JSONB DEFAULT '{}'::jsonb,
    started_at TIMESTAMP WITH TIME ZONE,
    completed_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()
);

CREATE INDEX idx_processing_jobs_document_id ON processing_jobs(document_id);
CREATE INDEX idx_processing_jobs_timetable_id ON processing_jobs(timetable_id);
CREATE INDEX idx_processing_jobs_user_id ON processing_jobs(user_id);
CREATE INDEX idx_processing_jobs_status ON processing_jobs(status);
CREATE INDEX idx_processing_jobs_created_at ON processing_jobs(created_at);
CREATE INDEX idx_processing_jobs_user_status ON processing_jobs(user_id, status);
CREATE INDEX idx_processing_jobs_analytics ON processing_jobs(
    status, processing_tier, confidence, created_at
);

-- Seed: a document has one job at a time that is neither completed nor failed.
CREATE UNIQUE INDEX idx_processing_jobs_one_live ON processing_jobs(document_id)
    WHERE status NOT IN ('completed', 'failed');

CREATE TRIGGER update_processing_jobs_updated_at
    BEFORE UPDATE ON processing_jobs
    FOR EACH ROW
    EXECUTE FUNCTION update_updated_at_column();

-- Seed: any status could follow any other, also completed -> pending.
-- A copy of legalStatusChanges of @timegrid/core; a test compares the two.
CREATE FUNCTION check_job_status_change()
RETURNS TRIGGER AS $$
DECLARE
    live CONSTANT TEXT[] := ARRAY['classifying', 'preprocessing', 'ocr', 'llm_processing', 'validating'];
    allowed TEXT[];
BEGIN
    allowed := CASE OLD.status
        WHEN 'pending' THEN live || ARRAY['failed']
        WHEN 'classifying' THEN ARRAY['preprocessing', 'ocr', 'validating', 'llm_processing']
        WHEN 'preprocessing' THEN ARRAY['ocr', 'validating', 'llm_processing']
        WHEN 'ocr' THEN ARRAY['validating', 'llm_processing']
        WHEN 'llm_processing' THEN ARRAY['validating']
        WHEN 'validating' THEN ARRAY['ocr', 'llm_processing']
        WHEN 'hitl_pending' THEN ARRAY['hitl_in_progress', 'failed']
        WHEN 'hitl_in_progress' THEN ARRAY['hitl_pending', 'completed', 'failed']
        WHEN 'failed' THEN ARRAY['pending']
        ELSE ARRAY[]::TEXT[]
    END;
    IF OLD.status = ANY (live) THEN
        allowed := allowed || ARRAY['completed', 'failed', 'hitl_pending'];
    END IF;
    IF NOT NEW.status = ANY (allowed) THEN
        RAISE EXCEPTION 'a job cannot go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'check_job_status_change';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER check_processing_jobs_status_change
    BEFORE UPDATE OF status ON processing_jobs
    FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION check_job_status_change();

-- hitl_tasks ---------------------------------------------------------------------------------------------------------

CREATE TABLE hitl_tasks (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    job_id UUID NOT NULL REFERENCES processing_jobs(id) ON DELETE CASCADE,
    assigned_to UUID REFERENCES users(id) ON DELETE SET NULL,
    priority VARCHAR(20) DEFAULT 'normal'
        CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    status VARCHAR(50) NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'assigned', 'in_progress', 'completed', 'cancelled')),
    draft_data JSONB,
    final_data JSONB,
    review_notes TEXT,
    metadata JSONB DEFAULT '{}'::jsonb,
    assigned_at TIMESTAMP WITH TIME ZONE,
    started_at TIMESTAMP WITH TIME ZONE,
    completed_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()
);

CREATE INDEX idx_hitl_tasks_job_id ON hitl_tasks(job_id);
CREATE INDEX idx_hitl_tasks_assigned_to ON hitl_tasks(assigned_to);
CREATE INDEX idx_hitl_tasks_status ON hitl_tasks(status);
CREATE INDEX idx_hitl_tasks_priority ON hitl_tasks(priority);
CREATE INDEX idx_hitl_tasks_created_at ON hitl_tasks(created_at);
CREATE INDEX idx_hitl_tasks_status_priority ON hitl_tasks(status, priority, created_at);

-- Seed: priorities sort by rank (urgent is 3, low 0); by their letters "high" would come before "low" before "urgent".
CREATE FUNCTION priority_rank(priority TEXT)
RETURNS INTEGER AS $$
    SELECT array_position(ARRAY['low', 'normal', 'high', 'urgent'], COALESCE(priority, 'normal')) - 1
$$ LANGUAGE sql IMMUTABLE PARALLEL SAFE;

-- Seed: the queue as reviewers take it, the most urgent first, then the oldest.
CREATE INDEX idx_hitl_tasks_queue ON hitl_tasks(status, priority_rank(priority) DESC, created_at);

-- Seed: a job has one task at a time that is neither completed nor cancelled.
CREATE UNIQUE INDEX idx_hitl_tasks_one_open ON hitl_tasks(job_id)
    WHERE status NOT IN ('completed', 'cancelled');

CREATE TRIGGER update_hitl_tasks_updated_at
    BEFORE UPDATE ON hitl_tasks
    FOR EACH ROW
    EXECUTE FUNCTION update_updated_at_column();

-- audit_logs ---------------------------------------------------------------------------------------------------------

CREATE TABLE audit_logs (
    -- Seed: a partitioned table is unique only together with what it is partitioned by.
    id BIGSERIAL,
    user_id UUID REFERENCES users(id) ON DELETE SET NULL,
    action VARCHAR(100) NOT NULL,
    resource_type VARCHAR(50) NOT NULL,
    resource_id UUID,
    changes JSONB,
    ip_address INET,
    user_agent TEXT,
    -- Seed: NOT NULL, since no partition holds a row without a moment.
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);  -- Seed: PARTITION OF needs a table that is partitioned.

CREATE INDEX idx_audit_logs_user_id ON audit_logs(user_id);
CREATE INDEX idx_audit_logs_resource ON audit_logs(resource_type, resource_id);
CREATE INDEX idx_audit_logs_action ON audit_logs(action);
CREATE INDEX idx_audit_logs_created_at ON audit_logs(created_at DESC);

-- Seed: in UTC, whatever the time zone of the session.
CREATE TABLE audit_logs_y2024m10 PARTITION OF audit_logs
    FOR VALUES FROM ('2024-10-01 00:00:00+00') TO ('2024-11-01 00:00:00+00');

-- Seed: takes what no month's partition takes; without it such an insert fails.
CREATE TABLE audit_logs_default PARTITION OF audit_logs DEFAULT;

-- Views --------------------------------------------------------------------------------------------------------------

CREATE VIEW v_active_timetables AS
SELECT
    t.id,
    t.name,
    t.class_name,
    t.term,
    t.year,
    t.status,
    t.created_at,
    t.updated_at,
    u.id AS user_id,
    u.email,
    u.first_name,
    u.last_name,
    COUNT(DISTINCT tb.id) AS timeblock_count,
    COUNT(DISTINCT d.id) AS document_count
FROM timetables t
INNER JOIN users u ON t.user_id = u.id
LEFT JOIN timeblocks tb ON t.id = tb.timetable_id
LEFT JOIN documents d ON t.id = d.timetable_id
WHERE t.status = 'active'
GROUP BY t.id, u.id;

CREATE VIEW v_processing_queue_stats AS
SELECT
    status,
    processing_tier,
    COUNT(*) AS job_count,
    AVG(confidence) AS avg_confidence,
    -- Seed: it selects only jobs that are not completed, so it must count their time up to now.
    AVG(EXTRACT(EPOCH FROM (COALESCE(completed_at, NOW()) - started_at))) AS avg_duration_seconds,
    MIN(created_at) AS oldest_job,
    MAX(created_at) AS newest_job
FROM processing_jobs
WHERE status IN ('pending', 'classifying', 'preprocessing', 'ocr', 'llm_processing', 'validating')
GROUP BY status, processing_tier;

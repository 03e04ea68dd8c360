-- The tables of migrations/timescale for a Postgres without that extension. Maintenance fills the hourly figures of the
-- hours that are over, and deletes what is older than its retention.
-- Undo: drop the view and the tables.

CREATE TABLE processing_metrics (
    time TIMESTAMPTZ NOT NULL,
    job_id UUID,
    user_id UUID,
    document_type VARCHAR(50),
    processing_tier VARCHAR(20),
    stage VARCHAR(50),
    duration_ms INTEGER,
    confidence DECIMAL(5,2),
    success BOOLEAN,
    error_code VARCHAR(50),
    metadata JSONB
);
CREATE INDEX idx_processing_metrics_time ON processing_metrics(time DESC);
CREATE INDEX idx_processing_metrics_user_time ON processing_metrics(user_id, time DESC);
CREATE INDEX idx_processing_metrics_tier_time ON processing_metrics(processing_tier, time DESC);
CREATE INDEX idx_processing_metrics_stage ON processing_metrics(stage, time DESC);

CREATE TABLE api_metrics (
    time TIMESTAMPTZ NOT NULL,
    endpoint VARCHAR(255),
    method VARCHAR(10),
    status_code INTEGER,
    duration_ms INTEGER,
    user_id UUID,
    ip_address INET,
    user_agent TEXT,
    metadata JSONB
);
CREATE INDEX idx_api_metrics_time ON api_metrics(time DESC);
CREATE INDEX idx_api_metrics_endpoint_time ON api_metrics(endpoint, time DESC);
CREATE INDEX idx_api_metrics_user_time ON api_metrics(user_id, time DESC);
CREATE INDEX idx_api_metrics_status ON api_metrics(status_code, time DESC);

-- An hour without a tier counts under '' here, since a key holds no null; the view gives the null back.
CREATE TABLE processing_metrics_hours (
    bucket TIMESTAMPTZ NOT NULL,
    processing_tier VARCHAR(20) NOT NULL,
    total_jobs BIGINT NOT NULL,
    avg_duration_ms NUMERIC,
    p95_duration_ms DOUBLE PRECISION,
    avg_confidence NUMERIC,
    success_rate DOUBLE PRECISION,
    PRIMARY KEY (bucket, processing_tier)
);

CREATE VIEW processing_metrics_hourly AS
SELECT
    bucket,
    NULLIF(processing_tier, '') AS processing_tier,
    total_jobs,
    avg_duration_ms,
    p95_duration_ms,
    avg_confidence,
    success_rate
FROM processing_metrics_hours;

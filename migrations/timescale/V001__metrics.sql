-- Metrics on TimescaleDB: two hypertables, hourly figures, refresh and retention policies.
-- A row of processing_metrics whose stage is null stands for a whole job, every other for one stage of it.
-- Undo: drop the aggregate and the tables; their policies go with them.

CREATE EXTENSION IF NOT EXISTS timescaledb;

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

SELECT create_hypertable('processing_metrics', 'time');

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

SELECT create_hypertable('api_metrics', 'time');

CREATE INDEX idx_api_metrics_endpoint_time ON api_metrics(endpoint, time DESC);
CREATE INDEX idx_api_metrics_user_time ON api_metrics(user_id, time DESC);
CREATE INDEX idx_api_metrics_status ON api_metrics(status_code, time DESC);

CREATE MATERIALIZED VIEW processing_metrics_hourly
WITH (timescaledb.continuous) AS
SELECT
    time_bucket('1 hour', time) AS bucket,
    processing_tier,
    COUNT(*) AS total_jobs,
    AVG(duration_ms) AS avg_duration_ms,
    PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY duration_ms) AS p95_duration_ms,
    AVG(confidence) AS avg_confidence,
    SUM(CASE WHEN success THEN 1 ELSE 0 END)::FLOAT / COUNT(*) AS success_rate
FROM processing_metrics
-- Seed: every stage writes a row, so that only those of whole jobs may count as jobs.
WHERE stage IS NULL
GROUP BY bucket, processing_tier
-- Seed: a continuous aggregate is filled outside of the transaction that makes it.
WITH NO DATA;

-- Seed: the window must cover two buckets at least; two hours up to one hour ago cover one.
SELECT add_continuous_aggregate_policy('processing_metrics_hourly',
    start_offset => INTERVAL '3 hours',
    end_offset => INTERVAL '1 hour',
    schedule_interval => INTERVAL '1 hour');

SELECT add_retention_policy('processing_metrics', INTERVAL '30 days');
SELECT add_retention_policy('api_metrics', INTERVAL '30 days');
SELECT add_retention_policy('processing_metrics_hourly', INTERVAL '1 year');

-- Tables of our own, which the seed has not.
-- Undo: drop them and their triggers; nothing of the seed refers to them.

-- The whole result of reading a document, as `timegrid extract` prints it; one a job.
CREATE TABLE extractions (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    document_id UUID NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    job_id UUID REFERENCES processing_jobs(id) ON DELETE SET NULL,
    schema_version INTEGER NOT NULL,
    result JSONB NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX idx_extractions_document_id ON extractions(document_id, created_at DESC);
CREATE UNIQUE INDEX idx_extractions_job_id ON extractions(job_id);
CREATE TRIGGER count_extractions_version BEFORE UPDATE ON extractions
    FOR EACH ROW EXECUTE FUNCTION count_version();

-- What the runs of pipelines have done, in order.
CREATE TABLE journal (
    run_id TEXT NOT NULL,
    position BIGINT GENERATED ALWAYS AS IDENTITY,
    row JSONB NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    PRIMARY KEY (run_id, position)
);

-- Messages that are sent after the transaction that wrote them, at least once, and go when they were.
CREATE TABLE outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic VARCHAR(100) NOT NULL,
    payload JSONB NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Not before: a message that could not be sent waits, and those of its topic behind it.
    available_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    -- What came of the last attempt.
    error TEXT,
    -- When it was given up; it stays to be seen.
    dead_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
);
CREATE INDEX idx_outbox_waiting ON outbox(topic, id) WHERE dead_at IS NULL;
CREATE INDEX idx_outbox_dead ON outbox(topic, id) WHERE dead_at IS NOT NULL;

-- Who sends the messages of a topic: one at a time, so that they go in order.
CREATE TABLE outbox_topics (
    topic VARCHAR(100) PRIMARY KEY,
    lease_expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    fencing_token BIGINT NOT NULL
);

-- Answers to requests that came with an Idempotency-Key.
CREATE TABLE idempotency_keys (
    user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    key VARCHAR(255) NOT NULL,
    request_hash VARCHAR(80) NOT NULL,
    status INTEGER,
    headers JSONB,
    body JSONB,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX idx_idempotency_keys_expires_at ON idempotency_keys(expires_at);

CREATE TABLE api_keys (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    name VARCHAR(100) NOT NULL,
    -- The start of the key, for its owner to tell it by; the key itself is kept as a hash only.
    prefix VARCHAR(20) NOT NULL,
    secret_hash VARCHAR(80) NOT NULL UNIQUE,
    scopes TEXT[] NOT NULL DEFAULT '{}',
    last_used_at TIMESTAMP WITH TIME ZONE,
    expires_at TIMESTAMP WITH TIME ZONE,
    revoked_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX idx_api_keys_user_id ON api_keys(user_id);
CREATE TRIGGER count_api_keys_version BEFORE UPDATE ON api_keys
    FOR EACH ROW EXECUTE FUNCTION count_version();

-- Failed logins of an address or a network, so that guessing takes longer each time.
CREATE TABLE login_throttle (
    key VARCHAR(255) PRIMARY KEY,
    failures INTEGER NOT NULL DEFAULT 0,
    first_failure_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    locked_until TIMESTAMP WITH TIME ZONE
);

-- Sessions where no Redis keeps them. Secrets are hashed; the role is read from users.
CREATE TABLE sessions (
    secret_hash VARCHAR(80) PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    user_agent TEXT,
    last_access TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX idx_sessions_user_id ON sessions(user_id);
CREATE INDEX idx_sessions_expires_at ON sessions(expires_at);

-- Cached answers where no Redis keeps them.
CREATE TABLE cache_entries (
    key TEXT PRIMARY KEY,
    value BYTEA NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX idx_cache_entries_expires_at ON cache_entries(expires_at);

-- Which cached answers were made from a document, so that erasing it erases them.
CREATE TABLE cache_references (
    document_id UUID NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    cache_key TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    PRIMARY KEY (document_id, cache_key)
);
CREATE INDEX idx_cache_references_cache_key ON cache_references(cache_key);

CREATE TABLE webhooks (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    events TEXT[] NOT NULL,
    enabled BOOLEAN NOT NULL DEFAULT TRUE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX idx_webhooks_user_id ON webhooks(user_id);
CREATE TRIGGER update_webhooks_updated_at BEFORE UPDATE ON webhooks
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER count_webhooks_version BEFORE UPDATE ON webhooks
    FOR EACH ROW EXECUTE FUNCTION count_version();

CREATE TABLE webhook_deliveries (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    webhook_id UUID NOT NULL REFERENCES webhooks(id) ON DELETE CASCADE,
    event VARCHAR(50) NOT NULL,
    payload JSONB NOT NULL,
    status VARCHAR(20) NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'delivered', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    response_status INTEGER,
    error TEXT,
    next_attempt_at TIMESTAMP WITH TIME ZONE,
    delivered_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX idx_webhook_deliveries_webhook_id ON webhook_deliveries(webhook_id, created_at DESC);
CREATE INDEX idx_webhook_deliveries_due ON webhook_deliveries(next_attempt_at) WHERE status = 'pending';
CREATE TRIGGER count_webhook_deliveries_version BEFORE UPDATE ON webhook_deliveries
    FOR EACH ROW EXECUTE FUNCTION count_version();

-- Objects whose rows are gone. Maintenance removes the bytes, then the row.
CREATE TABLE storage_tombstones (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bucket VARCHAR(255) NOT NULL,
    key VARCHAR(512) NOT NULL,
    version_id VARCHAR(255),
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
);

-- By trigger, so that a cascade from users leaves tombstones too. It resolves its table in the schema of this migration,
-- whatever the search path of whoever deletes.
CREATE FUNCTION leave_storage_tombstone()
RETURNS TRIGGER AS $$
BEGIN
    INSERT INTO storage_tombstones (bucket, key, version_id) VALUES (OLD.s3_bucket, OLD.s3_key, OLD.s3_version_id);
    RETURN OLD;
END;
$$ LANGUAGE plpgsql SET search_path FROM CURRENT;

CREATE TRIGGER leave_documents_tombstone AFTER DELETE ON documents
    FOR EACH ROW EXECUTE FUNCTION leave_storage_tombstone();

-- `native` among the tiers: text that a PDF or Word file carries needs no OCR. The seed knows no such tier.
-- Undo: only without rows of that tier; put the seed's check back.

ALTER TABLE processing_jobs
    DROP CONSTRAINT processing_jobs_processing_tier_check,
    ADD CONSTRAINT processing_jobs_processing_tier_check
        CHECK (processing_tier IN ('native', 'tesseract', 'cloud_ocr', 'llm', 'hitl'));

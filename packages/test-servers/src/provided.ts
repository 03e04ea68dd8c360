import type {} from "vitest"

declare module "vitest" {
  interface ProvidedContext {
    /** Of a PostgreSQL whose user may make databases; null where none could be had. */
    postgresUrl: string | null
    /** Of a Redis that may be flushed by key, not as a whole; null where none could be had. */
    redisUrl: string | null
    /** Of an S3 server with the bucket `timegrid-test`; null where none could be had. */
    s3Url: string | null
  }
}

import "./provided.ts"

export { type FreshDatabase, freshDatabase } from "./freshDatabase.ts"
export { sayUntested } from "./sayUntested.ts"
export { startPgBouncer } from "./startPgBouncer.ts"
export { type StartPostgresOptions, startPostgres } from "./startPostgres.ts"
export { type StartRedisOptions, startRedis } from "./startRedis.ts"
export { startS3, testBucket, testCredentials } from "./startS3.ts"
export type { TestServer } from "./TestServer.ts"

/** Every operation of the API by chapter and name: what the server serves and the client calls. */
import { auditLogs, metrics, users } from "./administration.ts"
import { auth } from "./auth.ts"
import { documents } from "./documents.ts"
import { jobs } from "./jobs.ts"
import { reviewTasks } from "./reviewTasks.ts"
import { timetables } from "./timetables.ts"
import { webhooks } from "./webhooks.ts"

export const api = { auth, documents, jobs, timetables, reviewTasks, webhooks, users, auditLogs, metrics } as const
export type Api = typeof api

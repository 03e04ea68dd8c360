/** Every operation of the API with what serves it. */

import { accountOperations } from "./accounts/accountOperations.ts"
import { apiKeyOperations } from "./accounts/apiKeyOperations.ts"
import { auditOperations } from "./administration/auditOperations.ts"
import { userOperations } from "./administration/userOperations.ts"
import { documentOperations } from "./documents/documentOperations.ts"
import { jobOperations } from "./jobs/jobOperations.ts"
import { reviewOperations } from "./reviews/reviewOperations.ts"
import { timeblockOperations } from "./timetables/timeblockOperations.ts"
import { timetableOperations } from "./timetables/timetableOperations.ts"
import { webhookOperations } from "./webhooks/webhookOperations.ts"

export const operations = [
  ...accountOperations,
  ...apiKeyOperations,
  ...documentOperations,
  ...jobOperations,
  ...timetableOperations,
  ...timeblockOperations,
  ...reviewOperations,
  ...webhookOperations,
  ...userOperations,
  ...auditOperations
]

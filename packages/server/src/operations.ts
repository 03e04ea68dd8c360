/** Every operation of the API with what serves it. */

import { accountOperations } from "./accounts/accountOperations.ts"
import { apiKeyOperations } from "./accounts/apiKeyOperations.ts"
import { auditOperations } from "./administration/auditOperations.ts"
import { metricsOperations } from "./administration/metricsOperations.ts"
import { personalDataOperations } from "./administration/personalData.ts"
import { userOperations } from "./administration/userOperations.ts"
import { documentOperations } from "./documents/documentOperations.ts"
import { presignedOperations } from "./documents/presignedOperations.ts"
import { jobOperations } from "./jobs/jobOperations.ts"
import { accuracyOperations } from "./reviews/accuracyOperations.ts"
import { reviewOperations } from "./reviews/reviewOperations.ts"
import { exportOperations } from "./timetables/exportOperations.ts"
import { timeblockOperations } from "./timetables/timeblockOperations.ts"
import { timetableOperations } from "./timetables/timetableOperations.ts"
import { webhookOperations } from "./webhooks/webhookOperations.ts"

export const operations = [
  ...accountOperations,
  ...apiKeyOperations,
  ...documentOperations,
  ...presignedOperations,
  ...jobOperations,
  ...exportOperations,
  ...timetableOperations,
  ...timeblockOperations,
  ...accuracyOperations,
  ...reviewOperations,
  ...webhookOperations,
  ...userOperations,
  ...personalDataOperations,
  ...auditOperations,
  ...metricsOperations
]

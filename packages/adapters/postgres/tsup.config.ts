import { cp } from "node:fs/promises"
import { preset } from "../../../tsup.preset.ts"

export default {
  ...preset(),
  onSuccess: () => cp("../../../migrations/postgres", "dist/migrations", { recursive: true })
}

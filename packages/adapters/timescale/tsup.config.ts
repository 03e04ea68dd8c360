import { cp } from "node:fs/promises"
import { preset } from "../../../tsup.preset.ts"

export default {
  ...preset(),
  onSuccess: () => cp("../../../migrations/timescale", "dist/migrations", { recursive: true })
}

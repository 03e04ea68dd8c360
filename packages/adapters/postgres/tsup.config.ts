import { cp } from "node:fs/promises"
import { preset } from "../../../tsup.preset.ts"

const options: ReturnType<typeof preset> = {
  ...preset(),
  onSuccess: () => cp("../../../migrations/postgres", "dist/migrations", { recursive: true })
}

export default options

import { cp, mkdir } from "node:fs/promises"
import { createRequire } from "node:module"
import path from "node:path"
import type { Options } from "tsup"
import { preset } from "../../tsup.preset.ts"

// Swagger UI counts its downloads when it is installed: so its files come along, and the package does not.
const copyDocs = async () => {
  const swagger = path.dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"))
  await mkdir("dist/swagger-ui", { recursive: true })
  for (const file of ["swagger-ui-bundle.js", "swagger-ui.css", "LICENSE", "NOTICE"]) {
    await cp(path.join(swagger, file), path.join("dist/swagger-ui", file))
  }
}

const options: Options = { ...preset(), onSuccess: copyDocs }

export default options

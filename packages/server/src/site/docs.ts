/** The documentation as a page: Swagger UI, whose files are copied into the package when it is built. */
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import path from "node:path"
import { fileURLToPath } from "node:url"

export const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Timegrid API</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: "openapi.json", dom_id: "#docs", deepLinking: true })</script>
</body>
</html>
`

/** In the built package the files lie beside the code; in the workspace they are those of the dependency. */
const assetFile = (name: string) => {
  const built = path.join(path.dirname(fileURLToPath(import.meta.url)), "swagger-ui", name)
  if (existsSync(built)) return built
  return path.join(path.dirname(createRequire(import.meta.url).resolve("swagger-ui-dist")), name)
}

export const docsScript = (): Promise<string> => readFile(assetFile("swagger-ui-bundle.js"), "utf8")

export const docsStyle = (): Promise<string> => readFile(assetFile("swagger-ui.css"), "utf8")

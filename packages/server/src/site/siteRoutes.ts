/** What a server shows besides its API: health, figures, and its documentation. */
import { Effect, type Context as Services } from "effect"
import { Hono } from "hono"
import type { Endpoint } from "../contract/endpoint.ts"
import { openApiDocument } from "../http/openApi.ts"
import { docsPage, docsScript, docsStyle } from "./docs.ts"
import { Prometheus } from "./Prometheus.ts"
import { checkDependencies, type Readiness } from "./Readiness.ts"

/** What these routes need. */
export type SiteServices = Prometheus | Readiness

/** How the documentation calls the service. */
export interface SiteOptions {
  readonly basePath: string
  readonly version: string
}

/** `/livez`, `/readyz`, `/metrics`, `/openapi.json` and `/docs`. */
export const siteRoutes = (
  endpoints: ReadonlyArray<Endpoint>,
  services: Services.Context<SiteServices>,
  { basePath, version }: SiteOptions
): Hono => {
  const run = Effect.runPromiseWith(services)
  const site = new Hono()
  const info = { title: "Timegrid", version, description: "Turns the timetables that schools have into timeblocks." }
  const document = openApiDocument(endpoints, info, basePath)
  site.get("/livez", (context) => context.json({ status: "up" }))
  site.get("/readyz", async (context) => {
    const dependencies = await run(checkDependencies)
    const isReady = dependencies.every(({ isVital, status }) => status === "up" || !isVital)
    return context.json({ status: isReady ? "up" : "down", dependencies }, isReady ? 200 : 503)
  })
  site.get("/metrics", async (context) => {
    const { contentType, text } = await run(Prometheus.use((prometheus) => prometheus.page))
    return context.body(text, 200, { "content-type": contentType })
  })
  site.get("/openapi.json", (context) => context.json(document))
  site.get("/docs", (context) => context.html(docsPage))
  site.get("/docs/swagger-ui-bundle.js", async (context) =>
    context.body(await docsScript(), 200, { "content-type": "text/javascript" })
  )
  site.get("/docs/swagger-ui.css", async (context) =>
    context.body(await docsStyle(), 200, { "content-type": "text/css" })
  )
  return site
}

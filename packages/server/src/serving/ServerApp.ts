/** Everything that a server answers to as one Hono application, to be served alone or mounted in another. */
import type { Context as Services } from "effect"
import { type AppOptions, type AppServices, makeApp } from "../http/makeApp.ts"
import type { Operation } from "../http/Operation.ts"
import { operations } from "../operations.ts"
import { type SiteServices, siteRoutes } from "../site/siteRoutes.ts"
import { type SocketServices, socketRoute } from "../sockets/socketRoute.ts"

type ServicesOf<O> = O extends Operation<infer R> ? R : never

/** What the application needs. */
export type ServerServices = AppServices | SiteServices | SocketServices | ServicesOf<(typeof operations)[number]>

/** How the application presents itself. */
export interface ServerAppOptions extends AppOptions {
  readonly version: string
}

/** The API, `/ws`, `/livez`, `/readyz`, `/metrics`, `/openapi.json` and `/docs`. */
export const makeServerApp = (services: Services.Context<ServerServices>, options: ServerAppOptions) => {
  const { allowedOrigins = [], basePath = "/api/v1", version } = options
  const app = makeApp<ServerServices>(operations, services, options)
  const endpoints = operations.map(({ endpoint }) => endpoint)
  app.route("/", siteRoutes(endpoints, services, { basePath, version }))
  app.route("/", socketRoute(services, allowedOrigins))
  return app
}

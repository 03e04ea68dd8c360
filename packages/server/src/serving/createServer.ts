/** The server for those who do not use Effect: as a whole, or as an application for a server of their own. */
import { getConnInfo } from "@hono/node-server/conninfo"
import { Effect, Exit, Layer, ManagedRuntime, Option, Scope } from "effect"
import { type FirstAdministrator, firstAdministrator } from "../accounts/firstAdministrator.ts"
import { readConfig, type ServerConfig } from "../settings/ServerConfig.ts"
import { checkAtStart } from "../site/Readiness.ts"
import { version } from "../version.ts"
import { type ListenOptions, openPort } from "./listen.ts"
import { makeServerApp } from "./ServerApp.ts"
import { servicesLayer, upkeepLayer, workerLayer } from "./TimegridServer.ts"

/** What a server is made of. */
export interface TimegridAppOptions {
  /** Holds everything that no URL of `environment` leads elsewhere. */
  readonly dataFolder: string
  /** `DATABASE_URL` and the like, as `docs/server.md` lists them. Default none: everything lies in the folder. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Whether jobs are worked on in this process. Default true. */
  readonly worker?: boolean
}

/** A server without a network of its own. */
export interface TimegridApp {
  /** Answers a request; to be mounted in an application, or served. */
  readonly fetch: (request: Request) => Response | Promise<Response>
  /** Made because there was no user yet; its password is to be had nowhere else. */
  readonly administrator: FirstAdministrator | null
  /** Hands back what is being worked on, and closes the stores. */
  readonly close: () => Promise<void>
}

/** A server that listens. */
export interface TimegridServer extends Omit<TimegridApp, "fetch"> {
  readonly url: string
}

/** Opens the stores and starts a worker. Rejects with what is wrong with the options or out of reach. */
export const createTimegridApp = async (options: TimegridAppOptions): Promise<TimegridApp> => {
  const { administrator, app, close } = await openServer(options)
  return { fetch: (request) => app.fetch(request), administrator, close }
}

/** The same, listening. */
export const startServer = async ({
  host,
  port,
  ...options
}: TimegridAppOptions & ListenOptions): Promise<TimegridServer> => {
  const scope = Scope.makeUnsafe()
  const inScope = <A, E>(effect: Effect.Effect<A, E, Scope.Scope>) => Effect.runPromise(Scope.provide(effect, scope))
  const stopListening = () => Effect.runPromise(Scope.close(scope, Exit.void))
  try {
    // Before anything is made: of the first administrator it is told only once.
    const where = { ...(host !== undefined && { host }), ...(port !== undefined && { port }) }
    const { serve, url } = await inScope(openPort(where))
    const { administrator, app, close } = await openServer(options)
    await inScope(serve(app))
    return { url, administrator, close: () => stopListening().then(close) }
  } catch (error) {
    await stopListening()
    throw error
  }
}

const openServer = async ({ dataFolder, environment = {}, worker = true }: TimegridAppOptions) => {
  const config = await Effect.runPromise(readConfig(environment, dataFolder))
  const work = worker ? workerLayer() : Layer.empty
  const runtime = ManagedRuntime.make(Layer.provideMerge(Layer.merge(work, upkeepLayer), servicesLayer(config)))
  try {
    const services = await runtime.context()
    await runtime.runPromise(checkAtStart)
    const administrator = Option.getOrNull(await runtime.runPromise(firstAdministrator))
    return { app: makeServerApp(services, appOptions(config)), administrator, close: () => runtime.dispose() }
  } catch (error) {
    await runtime.dispose()
    throw error
  }
}

/** How the application stands in its network, as the configuration says. */
export const appOptions = ({ allowedOrigins, trustedProxies }: ServerConfig) => ({
  version,
  allowedOrigins,
  trustedProxies,
  connectionAddress: (context: Parameters<typeof getConnInfo>[0]) => {
    // Mounted in another application there may be no connection to ask.
    try {
      return getConnInfo(context).remote.address ?? unknownAddress
    } catch {
      return unknownAddress
    }
  }
})

const unknownAddress = "0.0.0.0"

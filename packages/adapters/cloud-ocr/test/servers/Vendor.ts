import type { OcrProvider } from "@timegrid/core"
import type { LoopbackServer, ReceivedRequest } from "@timegrid/testing/loopback"
import { Effect, type Layer, type Scope } from "effect"
import type { CloudOcrOptions } from "../../src/shared/CloudOcr.ts"
import { loopback, type Reply } from "./loopback.ts"
import { type MadePage, readFixture } from "./MadePage.ts"

/** A service that is asked for a page, as far as its wire format goes. */
export interface Vendor {
  readonly name: string
  readonly makesOutTables: boolean
  /** The adapter for a service at `url`, with the right key or another one. */
  readonly layer: (url: string, options?: CloudOcrOptions, key?: string) => Layer.Layer<OcrProvider>
  /** The image that a request asks about, or what is wrong with the request. */
  readonly imageOf: (request: ReceivedRequest) => Promise<Uint8Array | Reply>
  /** The body of an answer. */
  readonly answer: (page: MadePage) => unknown
  /** The body of a failure. */
  readonly failure: (status: number) => unknown
  /** Turns an answer into how it is got, where that takes more than one request. */
  readonly deliver?: (service: () => string) => {
    readonly accept: (result: Reply) => Reply
    readonly fetch: (request: ReceivedRequest) => Reply | null
  }
}

/** What stands in the way of a service's answer. */
export interface Circumstances {
  /** What it sees on an image. Default: fixture pages. */
  readonly read?: (file: Uint8Array) => Promise<MadePage>
  /** What it does instead of answering with `answer`. */
  readonly instead?: (answer: string) => Reply
}

/** Starts a vendor's service. */
export const serve = (
  vendor: Vendor,
  { instead, read = readFixture }: Circumstances = {}
): Effect.Effect<LoopbackServer, never, Scope.Scope> =>
  Effect.gen(function* () {
    let url = ""
    const delivery = vendor.deliver?.(() => url)
    const service = yield* loopback(async (request) => {
      const fetched = delivery?.fetch(request)
      if (fetched) return fetched
      const image = await vendor.imageOf(request)
      if (!(image instanceof Uint8Array)) return image
      const body = JSON.stringify(vendor.answer(await read(image)))
      const reply = instead?.(body) ?? { status: 200, headers: { "content-type": "application/json" }, body }
      return delivery?.accept(reply) ?? reply
    })
    url = service.url
    return service
  })

/** The key that every service of ours knows. */
export const rightKey = "a-right-key-that-is-secret"

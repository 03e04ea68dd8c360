import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { listen } from "../src/serving/listen.ts"

/** What proxies that say nothing else keep an idle connection for: nginx, HAProxy, AWS. */
const proxySeconds = 60

describe("a server that listens", () => {
  it.live("keeps an idle connection for longer than proxies do, which then never send down a closing one", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const { url } = yield* listen({ fetch: () => new Response("here") }, { port: 0 })
        const response = yield* Effect.promise(() => fetch(url))
        const [, seconds] = /timeout=(\d+)/.exec(response.headers.get("keep-alive") ?? "") ?? []
        assert.isAbove(Number(seconds), proxySeconds)
        yield* Effect.promise(() => response.text())
      })
    )
  )
})

import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Logger, ManagedRuntime } from "effect"
import { Authentication } from "../src/authentication/Authentication.ts"
import { api } from "../src/contract/index.ts"
import { Idempotency } from "../src/http/Idempotency.ts"
import { makeApp } from "../src/http/makeApp.ts"
import { operation } from "../src/http/Operation.ts"
import { RequestLimits } from "../src/http/RequestLimits.ts"
import { RequestObserver } from "../src/http/RequestObserver.ts"
import { structuredLine, withoutPersonalData } from "../src/telemetry/structuredLogs.ts"
import { tracing } from "../src/telemetry/tracing.ts"

describe("logs", () => {
  const lineOf = async (work: Effect.Effect<void>) => {
    const lines: Array<string> = []
    const logger = Logger.map(structuredLine, (line) => void lines.push(line))
    await Effect.runPromise(Effect.provide(work, Logger.layer([logger])))
    return String(lines[0])
  }

  it("are one JSON object a line, with level, moment and what was said", async () => {
    const line = await lineOf(Effect.logWarning("A job could not be worked on", { jobId: "a" }))
    const { level, message, timestamp } = JSON.parse(line) as Readonly<Record<string, unknown>>
    assert.deepStrictEqual([level, message], ["WARN", ["A job could not be worked on", { jobId: "a" }]])
    assert.isFalse(Number.isNaN(Date.parse(String(timestamp))))
    assert.notInclude(line, "\n")
  })

  it("never say whose e-mail, address or key it was, whatever a driver quotes", async () => {
    const cause = new Error("Key (email)=(ada.lovelace@example.org) exists; asked by 192.0.2.17 and 2001:db8::1")
    const line = await lineOf(Effect.logError("A request failed", { cause, key: "tg_0123456789abcdef" }, cause))
    for (const personal of ["ada", "192.0.2", "2001:db8", "tg_0123"]) assert.notInclude(line, personal)
    JSON.parse(line)
  })

  it("keep what is no personal data", () => {
    const text = "A job of 09:15:00 failed 3 times in stage ocr@2 after 1.5 s"
    assert.strictEqual(withoutPersonalData(text), text)
  })
})

describe("traces", () => {
  it("name each request by its operation, never by its objects, and go where the usual variables say", async () => {
    const received: Array<{ readonly path: string; readonly body: string; readonly key: unknown }> = []
    const collector = createServer((request, response) => {
      let body = ""
      request.on("data", (part) => {
        body += part
      })
      request.on("end", () => {
        received.push({ path: String(request.url), body, key: request.headers["x-key"] })
        response.end("{}")
      })
    })
    await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve))
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
    const runtime = ManagedRuntime.make(
      tracing({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: "x-key=secret" })
    )
    const principal = { userId: "a", role: "teacher", scopes: null, session: null } as const
    const services = Context.make(Authentication, { authenticate: () => Effect.succeed(principal) }).pipe(
      Context.add(Idempotency, { answerOnce: (_, work) => work }),
      Context.add(RequestLimits, {
        take: () => Effect.succeed({ isAllowed: true, limit: 1, remaining: 1, resetSeconds: 1 })
      }),
      Context.add(RequestObserver, { served: () => Effect.void }),
      Context.merge(await runtime.context())
    )
    const remove = operation(api.webhooks.delete, () => Effect.succeed({ body: undefined }))
    const app = makeApp([remove], services, { connectionAddress: () => "192.0.2.1" })
    const id = "0b8f0a1e-0000-4000-8000-00000000000a"
    const response = await app.request(`http://host/api/v1/webhooks/${id}`, { method: "DELETE" })
    assert.strictEqual(response.status, 204)
    await runtime.dispose()
    collector.close()
    const [sent] = received
    assert.deepStrictEqual([sent?.path, sent?.key], ["/v1/traces", "secret"])
    assert.include(sent?.body, '"DELETE /webhooks/{id}"')
    assert.include(sent?.body, '"timegrid"')
    assert.notInclude(sent?.body, id)
    assert.notInclude(sent?.body, "192.0.2.1")
  })
})

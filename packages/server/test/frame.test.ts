import { assert, describe, it } from "@effect/vitest"
import { Validator } from "@seriousme/openapi-schema-validator"
import { Context, Effect } from "effect"
import * as z from "zod"
import { Authentication } from "../src/authentication/Authentication.ts"
import type { Principal } from "../src/authorization/Principal.ts"
import { endpoint } from "../src/contract/endpoint.ts"
import { api } from "../src/contract/index.ts"
import { ProblemBody } from "../src/contract/problems.ts"
import { Idempotency } from "../src/http/Idempotency.ts"
import { type AppOptions, makeApp } from "../src/http/makeApp.ts"
import { operation } from "../src/http/Operation.ts"
import { openApiDocument } from "../src/http/openApi.ts"
import { Problem } from "../src/http/Problem.ts"
import { RequestLimits } from "../src/http/RequestLimits.ts"
import { RequestObserver, type ServedRequest } from "../src/http/RequestObserver.ts"

const teacher: Principal = {
  userId: "0b8f0a1e-0000-4000-8000-000000000001",
  role: "teacher",
  scopes: null,
  session: null
}

const echo = endpoint({
  method: "post",
  path: "/things/{id}.txt",
  tag: "Things",
  summary: "Say what was given",
  access: "signedIn",
  params: z.object({ id: z.guid() }),
  query: z.object({ times: z.coerce.number().int().max(3).default(1) }),
  body: z.strictObject({ name: z.string().min(1), parts: z.array(z.strictObject({ "a/b": z.int() })).default([]) }),
  answer: { status: 200, body: z.unknown() }
})
const fail = endpoint({
  method: "get",
  path: "/fail",
  tag: "Things",
  summary: "Break",
  access: "anonymous",
  answer: { status: 200 }
})
const rules = endpoint({ ...fail, path: "/rules", access: "auditLog:read" })
const id = "0b8f0a1e-0000-4000-8000-00000000000a"

const start = (options: Partial<AppOptions> = {}, principal: Principal | null = teacher, allowed = true) => {
  const served: Array<ServedRequest> = []
  const services = Context.make(Authentication, { authenticate: () => Effect.succeed(principal) }).pipe(
    Context.add(Idempotency, { answerOnce: (_, work) => work }),
    Context.add(RequestLimits, {
      take: () => Effect.succeed({ isAllowed: allowed, limit: 3000, remaining: 2999, resetSeconds: 12.5 })
    }),
    Context.add(RequestObserver, { served: (request) => Effect.sync(() => void served.push(request)) })
  )
  const operations = [
    operation(echo, ({ body, params, query }) => Effect.succeed({ body: { body, params, query } })),
    operation(fail, () => Effect.die(new Error("a secret"))),
    operation(rules, () => Effect.fail(new Problem({ code: "conflict", detail: "There is one." })))
  ]
  const app = makeApp(operations, services, { connectionAddress: () => "192.0.2.1", ...options })
  const send = (path: string, init?: RequestInit) => Promise.resolve(app.request(`http://host${path}`, init))
  const post = (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = { "content-type": "application/json" },
    path = `/api/v1/things/${id}.txt`
  ) => send(path, { method: "POST", body, headers })
  const problemOf = async (response: Response) => {
    assert.strictEqual(response.headers.get("content-type"), "application/problem+json")
    return ProblemBody.parse(await response.json())
  }
  return { send, post, problemOf, served }
}

describe("what every request goes through", () => {
  it("a request reaches its handler with its path, query and body parsed", async () => {
    const { post, served } = start()
    const response = await post(
      '{"name":"Maths"}',
      { "content-type": "application/json" },
      `/api/v1/things/${id}.txt?times=2`
    )
    assert.strictEqual(response.status, 200)
    assert.deepStrictEqual(await response.json(), {
      body: { name: "Maths", parts: [] },
      params: { id },
      query: { times: 2 }
    })
    assert.strictEqual(response.headers.get("ratelimit"), '"default";r=2999;t=13')
    assert.strictEqual(response.headers.get("x-content-type-options"), "nosniff")
    assert.deepInclude(served[0], { status: 200, userId: teacher.userId, address: "192.0.2.1" })
  })

  it("all faults of a request are named at once, each by a JSON pointer", async () => {
    const { post, problemOf } = start()
    const body = '{"name":"","parts":[{"a/b":1.5}],"more":1}'
    const response = await post(body, { "content-type": "application/json" }, "/api/v1/things/nine.txt?times=9")
    const { code, errors, status } = await problemOf(response)
    assert.deepStrictEqual([code, status, response.status], ["validation_failed", 422, 422])
    assert.deepStrictEqual(errors?.map(({ pointer }) => pointer).sort(), [
      "",
      "/name",
      "/parts/0/a~1b",
      "/path/id",
      "/query/times"
    ])
  })

  it("a body that is no JSON, too deep, too large or of another type is refused with its code", async () => {
    const { post, problemOf } = start()
    assert.strictEqual((await problemOf(await post("{"))).code, "malformed_request")
    const notUtf8 = Uint8Array.of(...new TextEncoder().encode('{"name":"'), 0xff, ...new TextEncoder().encode('"}'))
    assert.strictEqual((await problemOf(await post(notUtf8))).code, "malformed_request")
    assert.strictEqual((await problemOf(await post("[".repeat(40) + "]".repeat(40)))).code, "malformed_request")
    assert.strictEqual((await problemOf(await post(`"${"a".repeat(2 ** 20)}"`))).code, "file_too_large")
    assert.strictEqual((await problemOf(await post("{}", { "content-type": "text/plain" }))).code, "malformed_request")
  })

  it("a defect answers 500, tells the observer why and the client nothing of it", async () => {
    const { problemOf, send, served } = start()
    const response = await send("/api/v1/fail")
    const problem = await problemOf(response)
    assert.strictEqual(problem.code, "internal")
    assert.notInclude(JSON.stringify(problem), "secret")
    assert.strictEqual(problem.requestId, response.headers.get("x-request-id"))
    assert.match(String(served[0]?.defect), /a secret/)
  })

  it("what nobody may do answers 403 to those who are signed in, and 401 to others", async () => {
    assert.strictEqual((await start().send("/api/v1/rules")).status, 403)
    assert.strictEqual((await start({}, null).send("/api/v1/rules")).status, 401)
    assert.strictEqual((await start({}, { ...teacher, role: "admin" }).send("/api/v1/rules")).status, 409)
    assert.strictEqual(
      (await start({}, { ...teacher, role: "admin", scopes: ["job:read"] }).send("/api/v1/rules")).status,
      403
    )
  })

  it("a request over its limit answers 429 with Retry-After", async () => {
    const response = await start({}, teacher, false).send("/api/v1/fail")
    assert.deepStrictEqual([response.status, response.headers.get("retry-after")], [429, "13"])
  })

  it("a change with a cookie is refused when it comes from another site", async () => {
    const { post } = start({ allowedOrigins: ["https://app.example"] })
    const from = async (headers: Record<string, string>) =>
      (await post('{"name":"a"}', { "content-type": "application/json", cookie: "timegrid_session=x", ...headers }))
        .status
    assert.strictEqual(await from({}), 200)
    assert.strictEqual(await from({ origin: "http://host" }), 200)
    assert.strictEqual(await from({ origin: "https://app.example", "sec-fetch-site": "cross-site" }), 200)
    assert.strictEqual(await from({ origin: "https://evil.example" }), 403)
    assert.strictEqual(await from({ "sec-fetch-site": "cross-site" }), 403)
    assert.strictEqual(await from({ "sec-fetch-site": "same-site" }), 403)
    assert.strictEqual(await from({ origin: "https://evil.example", authorization: "Bearer key" }), 200)
  })

  it("what is not there answers 404 as a problem", async () => {
    const { problemOf, send } = start()
    assert.strictEqual((await problemOf(await send("/nowhere"))).code, "not_found")
  })
})

describe("the OpenAPI document", () => {
  const endpoints = Object.values(api).flatMap((chapter) => Object.values(chapter))

  it("is valid and holds every operation under a name of its own", async () => {
    const document = openApiDocument(endpoints, { title: "Timegrid", version: "1" }, "/api/v1")
    const { errors, valid } = await new Validator().validate(JSON.parse(JSON.stringify(document)))
    assert.deepStrictEqual([valid, errors], [true, undefined])
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
    assert.strictEqual(operations.length, endpoints.length)
    assert.strictEqual(
      new Set(operations.map((each) => JSON.stringify(each).match(/"operationId":"(\w+)"/)?.[1])).size,
      endpoints.length
    )
  })
})

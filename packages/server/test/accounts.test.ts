import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { ApiKeys, Users } from "@timegrid/core/repository"
import { createClient } from "../src/client/index.ts"
import { type MemoryServer, startMemoryServer } from "./memoryServer.ts"
import { password, refused, signUp } from "./people.ts"

const limits = { anonymous: 10_000 }
let server: MemoryServer
beforeAll(async () => {
  server = await startMemoryServer({ limits }, { worker: false })
})
afterAll(() => server.stop())

/** A client on another device of somebody who has an account. */
const onAnotherDevice = async (email: string, secret = password) => {
  const client = server.client()
  await client.auth.login({ body: { email, password: secret } })
  return client
}

describe("an account", () => {
  it("is made by anybody where registration is open, and once for an address in any case", async () => {
    const body = { email: "open@example.org", password, firstName: "Ada", lastName: "Test" }
    const user = await server.client().auth.register({ body })
    assert.deepInclude(user, { email: "open@example.org", role: "teacher" })
    body.email = "Open@Example.org"
    await refused(server.client().auth.register({ body }), "conflict")
  })

  it("is made by nobody where registration is closed", async () => {
    const closed = await startMemoryServer({ registration: "closed" }, { worker: false })
    try {
      const body = { email: "ada@example.org", password, firstName: "Ada", lastName: "Test" }
      await refused(closed.client().auth.register({ body }), "forbidden")
    } finally {
      await closed.stop()
    }
  })

  it("is not made with a password that is too short or an address that is none, and each fault is pointed to", async () => {
    const body = { email: "nobody", password: "short", firstName: "A", lastName: "B" }
    const { errors } = await refused(server.client().auth.register({ body }), "validation_failed")
    assert.deepStrictEqual(errors.map(({ pointer }) => pointer).sort(), ["/email", "/password"])
  })

  it("notes when somebody last signed in", async () => {
    const { client, email } = await signUp(server, "last")
    assert.isNull((await client.auth.me()).lastLoginAt)
    await onAnotherDevice(email)
    const { lastLoginAt } = await client.auth.me()
    assert.isBelow(Math.abs(Date.now() - Date.parse(lastLoginAt ?? "")), 60_000)
  })

  it("keeps the settings that a change does not name", async () => {
    const { client } = await signUp(server, "settings")
    await client.auth.updateMe({ body: { settings: { theme: "dark", notifications: { email: false, push: true } } } })
    const { settings, firstName } = await client.auth.updateMe({
      body: { firstName: "Grace", settings: { language: "fr", notifications: { push: false } } }
    })
    assert.strictEqual(firstName, "Grace")
    assert.deepInclude(settings, { theme: "dark", language: "fr", notifications: { email: false, push: false } })
  })

  it("keeps every setting of devices that change theirs at once", async () => {
    const { client } = await signUp(server, "chooser")
    await Promise.all(
      Array.from({ length: 4 }, (_, device) =>
        client.auth.updateMe({ body: { settings: { [`device-${device}`]: true } } })
      )
    )
    const { settings } = await client.auth.me()
    assert.sameMembers(Object.keys(settings ?? {}), ["device-0", "device-1", "device-2", "device-3"])
  })

  it("does not keep settings without end, in one change or in many", async () => {
    const { client } = await signUp(server, "hoarder")
    const change = (name: string, length: number) =>
      client.auth.updateMe({ body: { settings: { [name]: "x".repeat(length) } } })
    await refused(change("at-once", 20_000), "validation_failed")
    await change("first", 10_000)
    const { errors } = await refused(change("second", 10_000), "validation_failed")
    assert.deepStrictEqual(
      errors.map(({ pointer }) => pointer),
      ["/settings"]
    )
  })

  it("never shows the hash of a password, a session or a key", async () => {
    const { client, id } = await signUp(server, "hashes", "admin")
    await client.auth.createApiKey({ body: { name: "key", scopes: ["job:read"] } })
    const shown = JSON.stringify([
      await client.auth.me(),
      (await client.users.get({ params: { id } })) as unknown,
      await client.auth.apiKeys(),
      await (await client.users.export({ params: { id } })).json()
    ])
    assert.notMatch(shown, /passwordHash|secretHash|password_hash|secret_hash|scrypt/)
  })
})

describe("signing in", () => {
  it("fails alike for an address that nobody has and for a wrong password", async () => {
    const { email } = await signUp(server, "wrong")
    const one = await refused(server.client().auth.login({ body: { email, password: "not it" } }), "unauthenticated")
    const body = { email: "nobody@example.org", password }
    const other = await refused(server.client().auth.login({ body }), "unauthenticated")
    assert.strictEqual(one.message, other.message)
  })

  it("is slowed down after too many failures for an address, even with the right password", async () => {
    const own = await startMemoryServer({ limits }, { worker: false })
    try {
      const { email } = await signUp(own, "throttled")
      for (let failure = 0; failure < 6; failure++)
        await refused(own.client().auth.login({ body: { email, password: "not it" } }), "unauthenticated")
      const problem = await refused(own.client().auth.login({ body: { email, password } }), "too_many_requests")
      assert.isAtLeast(problem.retryAfterSeconds ?? 0, 1)
      // It is the network that has failed too often, whoever's account it tries.
      const other = own.client().auth.login({ body: { email: "somebody.else@example.org", password } })
      await refused(other, "too_many_requests")
      await new Promise((resolve) => setTimeout(resolve, Number(problem.retryAfterSeconds) * 1_000))
      await own.client().auth.login({ body: { email, password } })
    } finally {
      await own.stop()
    }
  })

  it("lists every device, and ends one or all of them", async () => {
    const { client, email } = await signUp(server, "devices")
    const tablet = await onAnotherDevice(email)
    const phone = await onAnotherDevice(email)
    const { items } = await client.auth.devices()
    assert.deepStrictEqual([items.length, items.filter(({ isThisOne }) => isThisOne).length], [3, 1])
    await phone.auth.logout()
    await refused(phone.auth.me(), "unauthenticated")
    await tablet.auth.me()
    await tablet.auth.logout({ query: { everywhere: "true" } })
    await refused(tablet.auth.me(), "unauthenticated")
    await refused(client.auth.me(), "unauthenticated")
  })

  it("gives a cookie that no script reads, no other site sends and, over https, no plain connection carries", async () => {
    const secure = await startMemoryServer({ secureCookies: true }, { worker: false })
    try {
      const { email } = await signUp(secure, "cookie")
      const response = await fetch(`${secure.url}/api/v1/auth/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email, password })
      })
      const cookie = response.headers.get("set-cookie") ?? ""
      assert.match(cookie, /^timegrid_session=\S+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure$/)
    } finally {
      await secure.stop()
    }
  })

  it("holds for a change only on pages of this server: another site's request is refused and changes nothing", async () => {
    const { client, email } = await signUp(server, "forged")
    const login = await fetch(`${server.url}/api/v1/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password })
    })
    const cookie = login.headers.getSetCookie()[0]?.split(";")[0] ?? ""
    const forge = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/v1/auth/me`, {
        method: "PATCH",
        headers: { "content-type": "application/json", cookie, ...headers },
        body: JSON.stringify({ firstName: "Forged" })
      })
    assert.strictEqual((await forge({ origin: "https://evil.example" })).status, 403)
    assert.strictEqual((await forge({ origin: "null" })).status, 403)
    assert.strictEqual((await client.auth.me()).firstName, "forged")
    assert.strictEqual((await forge({ origin: server.url })).status, 200)
  })
})

describe("every session of somebody ends at once", () => {
  it("when they change their password, but for the new one of the device that did", async () => {
    const { client, email } = await signUp(server, "changer")
    const phone = await onAnotherDevice(email)
    const stolen = (await client.auth.devices()).items.map(({ id }) => id)
    const body = { currentPassword: "not it", newPassword: "another horse" }
    assert.strictEqual(
      (await refused(client.auth.changePassword({ body }), "validation_failed")).errors[0]?.pointer,
      "/currentPassword"
    )
    await client.auth.changePassword({ body: { ...body, currentPassword: password } })
    await refused(phone.auth.me(), "unauthenticated")
    const { items } = await client.auth.devices()
    assert.strictEqual(items.length, 1)
    assert.notInclude(stolen, items[0]?.id)
    await refused(onAnotherDevice(email), "unauthenticated")
    await onAnotherDevice(email, "another horse")
  })

  it("when an administrator resets their password, which is the password from then on", async () => {
    const admin = await signUp(server, "resetting", "admin")
    const { client, email, id } = await signUp(server, "reset")
    await admin.client.users.resetPassword({ params: { id }, body: { password: "given by hand" } })
    await refused(client.auth.me(), "unauthenticated")
    await refused(onAnotherDevice(email), "unauthenticated")
    await onAnotherDevice(email, "given by hand")
  })

  it("when their role changes", async () => {
    const admin = await signUp(server, "promoting", "admin")
    const { client, id } = await signUp(server, "promoted")
    await refused(client.reviewTasks.list(), "forbidden")
    await admin.client.users.update({ params: { id }, body: { role: "reviewer" } })
    await refused(client.auth.me(), "unauthenticated")
  })

  it("and a role is read with each request, never from the session", async () => {
    const { client, id } = await signUp(server, "fresh", "admin")
    await client.users.list()
    await server.run(Users.use((users) => users.update(id, { role: "teacher" })))
    await refused(client.users.list(), "forbidden")
  })

  it("but nobody takes away their own role", async () => {
    const { client, id } = await signUp(server, "lone", "admin")
    await refused(client.users.update({ params: { id }, body: { role: "teacher" } }), "conflict")
  })
})

describe("an API key", () => {
  it("may do what it is for, and nothing else", async () => {
    const { client } = await signUp(server, "scoped")
    const { key, prefix } = await client.auth.createApiKey({ body: { name: "reader", scopes: ["timetable:read"] } })
    assert.isTrue(key.startsWith(prefix))
    const program = server.client({ apiKey: key })
    await program.timetables.list()
    await refused(program.timetables.create({ body: { name: "Week", year: 2026 } }), "forbidden")
    const { items } = await client.auth.apiKeys()
    assert.deepInclude(items[0], { name: "reader", prefix, scopes: ["timetable:read"] })
    assert.isNotNull(items[0]?.lastUsedAt)
    assert.notInclude(JSON.stringify(items), key)
  })

  it("may never do more than who has made it", async () => {
    const { client } = await signUp(server, "excess")
    const call = client.auth.createApiKey({ body: { name: "root", scopes: ["job:read", "user:read"] } })
    assert.strictEqual((await refused(call, "validation_failed")).errors[0]?.pointer, "/scopes")
  })

  it("is of no use once it is revoked, once its time is over, and never was when it is made up", async () => {
    const { client } = await signUp(server, "revoked")
    const made = await client.auth.createApiKey({ body: { name: "key", scopes: ["timetable:read"] } })
    await client.auth.revokeApiKey({ params: { id: made.id } })
    await refused(server.client({ apiKey: made.key }).timetables.list(), "unauthenticated")
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
    const short = await client.auth.createApiKey({ body: { name: "short", scopes: ["timetable:read"], expiresAt } })
    await server.client({ apiKey: short.key }).timetables.list()
    const past = new Date(Date.now() - 1_000).toISOString()
    await server.run(ApiKeys.use((keys) => keys.update(short.id, { expiresAt: past })))
    await refused(server.client({ apiKey: short.key }).timetables.list(), "unauthenticated")
    await refused(server.client({ apiKey: "tg_made_up" }).timetables.list(), "unauthenticated")
  })

  it("is not asked for where a header is no bearer's", async () => {
    const odd = createClient({
      baseUrl: server.url,
      fetch: (url, init) => fetch(url, { ...init, headers: { authorization: "Basic YTpi" } })
    })
    await refused(odd.auth.me(), "unauthenticated")
  })
})

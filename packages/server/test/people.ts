/** Somebody who is signed in, and what they are refused. */
import { assert } from "@effect/vitest"
import type { UserRole } from "@timegrid/core"
import { Users } from "@timegrid/core/repository"
import { makeSessionToken, SessionStore } from "@timegrid/core/session"
import { Effect } from "effect"
import { sessionCookie } from "../src/authentication/Authentication.ts"
import { hashPassword } from "../src/authentication/passwords.ts"
import { ProblemError } from "../src/client/index.ts"
import type { MemoryServer } from "./memoryServer.ts"

/** What everybody signs in with. */
export const password = "correct horse"

// A hash is slow on purpose: once is enough.
const passwordHash = Effect.runPromise(hashPassword(password))

/** Somebody of this name and role, with the client of a device that they are signed in on. */
export const signUp = async (server: MemoryServer, name: string, role: UserRole = "teacher") => {
  const email = `${name}@example.org`
  const hash = await passwordHash
  const { id, token } = await server.run(
    Effect.gen(function* () {
      const users = yield* Users
      const user = yield* users.insert({ email, passwordHash: hash, firstName: name, lastName: "Test", role })
      const session = yield* makeSessionToken(user.id)
      const { secretHash, userId } = session
      yield* (yield* SessionStore).create({ userId, secretHash, email, role })
      return { id: user.id, token: session.token }
    })
  )
  const cookie = `${sessionCookie}=${token}`
  const client = server.client({
    fetch: (url, init) => {
      const headers = new Headers(init?.headers)
      // Until the server gives another.
      if (!headers.has("cookie")) headers.set("cookie", cookie)
      return fetch(url, { ...init, headers })
    }
  })
  return { client, id, email, cookie }
}

/** The problem with this code that the call is refused with. */
export const refused = async (call: Promise<unknown>, code: string): Promise<ProblemError> => {
  const problem = await call.then(
    () => assert.fail(`It was not refused with ${code}.`),
    (error: unknown) => error
  )
  if (!(problem instanceof ProblemError)) throw problem
  assert.strictEqual(problem.code, code)
  return problem
}

/** What was read once it is as a test wants it. */
export const until = async <A>(read: () => Promise<A>, isDone: (value: A) => boolean): Promise<A> => {
  for (;;) {
    const value = await read()
    if (isDone(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

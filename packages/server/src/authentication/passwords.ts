/** Passwords as they are kept: scrypt with the cost that OWASP names (N = 2^15, r = 8, p = 3; 32 MiB a hash). */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto"
import { Effect, Semaphore } from "effect"

const cost = { N: 2 ** 15, r: 8, p: 3 }
const saltBytes = 16
const keyBytes = 32

// Each hash takes a core for some 0.2 s and 32 MiB: more at once would starve everything else of libuv's threads.
const places = Semaphore.makeUnsafe(2)

/** The hash of a password in the form `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export const hashPassword = Effect.fn("hashPassword")(function* (password: string) {
  const salt = randomBytes(saltBytes)
  const key = yield* derive(password, salt, keyBytes, cost)
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$")
})

/** Whether the hash is that of the password; takes as long for one that is of no user: pass null. */
export const verifyPassword = Effect.fn("verifyPassword")(function* (password: string, hash: string | null) {
  const [scheme, N, r, p, salt, key] = (hash ?? nobodysHash).split("$")
  if (scheme !== "scrypt" || salt === undefined || key === undefined) return false
  const expected = Buffer.from(key, "base64url")
  const options = { N: Number(N), r: Number(r), p: Number(p) }
  const found = yield* derive(password, Buffer.from(salt, "base64url"), expected.length, options)
  return hash !== null && timingSafeEqual(found, expected)
})

const nobodysHash = ["scrypt", cost.N, cost.r, cost.p, "AAAAAAAAAAAAAAAAAAAAAA", "A".repeat(43)].join("$")

const derive = (password: string, salt: Buffer, length: number, options: ScryptOptions) =>
  places.withPermit(
    Effect.callback<Buffer>((resume) => {
      // Two ways to type the same letter are one password.
      scrypt(password.normalize("NFKC"), salt, length, { ...options, maxmem: 128 * 1024 * 1024 }, (error, key) =>
        resume(error === null ? Effect.succeed(key) : Effect.die(error))
      )
    })
  )

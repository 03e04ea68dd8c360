import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import fc from "fast-check"
import { isPublic, resolveTarget } from "../src/webhooks/targets.ts"

describe("where webhooks may lead", () => {
  const privateAddresses = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "::1",
    "fe80::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "224.0.0.1",
    "255.255.255.255"
  ]

  it("no private, local or reserved address is public", () => {
    for (const address of privateAddresses) assert.isFalse(isPublic(address), address)
    for (const address of ["8.8.8.8", "2606:4700::1111"]) assert.isTrue(isPublic(address), address)
  })

  it("what is not an address is not public", () => {
    fc.assert(fc.property(fc.string(), (text) => !/^[\d.:a-f]+$/i.test(text) === false || !isPublic(text)))
  })

  it.effect("a name or a spelling that leads to a private address is refused, unless that is allowed", () =>
    Effect.gen(function* () {
      for (const host of ["localhost", "127.1", "0x7f000001", "2130706433", "[::1]", "[::ffff:127.0.0.1]"]) {
        const refused = yield* Effect.flip(resolveTarget(`http://${host}:8080/hook`))
        assert.strictEqual(refused._tag, "TargetRefused", host)
      }
      const target = yield* resolveTarget("http://127.0.0.1:8080/hook", { allowPrivate: true })
      assert.strictEqual(target.address, "127.0.0.1")
    })
  )

  it.effect("what is no http or https URL, or carries a password, is refused", () =>
    Effect.gen(function* () {
      for (const url of ["file:///etc/passwd", "ftp://8.8.8.8/", "nonsense", "http://user:secret@8.8.8.8/"]) {
        assert.strictEqual((yield* Effect.flip(resolveTarget(url)))._tag, "TargetRefused", url)
      }
    })
  )
})

/** Where webhooks may lead to: never into the network of the server, unless the server is set to. */
import { lookup } from "node:dns/promises"
import { Data, Effect } from "effect"
import ipaddr from "ipaddr.js"

/** A webhook that leads where it must not, or nowhere. */
class TargetRefused extends Data.TaggedError("TargetRefused")<{
  /** One sentence. */
  readonly problem: string
}> {
  override readonly message = this.problem
}

/** A URL with the address that was checked; the connection goes to that address, whatever the name says later. */
export interface Target {
  readonly url: URL
  readonly address: string
  readonly family: 4 | 6
}

/** What is allowed besides the public internet. */
export interface TargetRules {
  /** Addresses of private, local and reserved networks too. Default false. */
  readonly allowPrivate?: boolean
}

/** Resolves the name once and checks every address that it has; fails with {@link TargetRefused}. */
export const resolveTarget = Effect.fn("resolveTarget")(function* (
  address: string,
  { allowPrivate = false }: TargetRules = {}
) {
  const refuse = (problem: string) => new TargetRefused({ problem })
  const url = URL.parse(address)
  if (url === null || !["http:", "https:"].includes(url.protocol)) return yield* refuse("It is no http or https URL.")
  if (url.username !== "" || url.password !== "") return yield* refuse("A URL with a password is not kept.")
  const name = url.hostname.replace(/^\[|\]$/g, "")
  const found = yield* Effect.tryPromise({
    try: () => lookup(name, { all: true, verbatim: true }),
    catch: () => refuse(`${name} has no address.`)
  })
  const forbidden = found.find((each) => !allowPrivate && !isPublic(each.address))
  if (forbidden !== undefined)
    return yield* refuse(`${name} leads to ${forbidden.address}, which is no public address.`)
  const first = found[0]
  if (first === undefined) return yield* refuse(`${name} has no address.`)
  return { url, address: first.address, family: first.family === 6 ? 6 : 4 } satisfies Target
})

/** Whether it is an address of the public internet; an IPv4 address inside an IPv6 one counts as itself. */
export const isPublic = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return parsed.range() === "unicast"
}

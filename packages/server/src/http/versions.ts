/** Versions of objects as HTTP has them: strong entity tags and the conditions on them (RFC 9110). */
import { Effect } from "effect"
import { Problem } from "./Problem.ts"

/** The `ETag` of an object with this version. */
const entityTag = (version: number): string => `"${version}"`

/** The header of an answer that shows the object. */
export const tagged = ({ version }: { readonly version: number }) => ({ etag: entityTag(version) })

/** Whether the client has that version already. */
export const isKnown = (ifNoneMatch: string | undefined, version: number): boolean =>
  (ifNoneMatch ?? "").split(",").some((tag) => ["*", entityTag(version)].includes(tag.trim().replace(/^W\//, "")))

/** The version that a change was made for; any where the client says none. Fails for what is no tag of ours. */
export const expectedVersion = (ifMatch: string | undefined): Effect.Effect<number | undefined, Problem> => {
  if (ifMatch === undefined || ifMatch.trim() === "*") return Effect.succeed(undefined)
  const version = /^"(\d{1,15})"$/.exec(ifMatch.trim())?.[1]
  return version === undefined
    ? Effect.fail(new Problem({ code: "stale_version", detail: "If-Match holds no ETag that this object ever had." }))
    : Effect.succeed(Number(version))
}

/** Requests that another site makes in the name of somebody whose cookie the browser sends along. */
import { Effect } from "effect"
import type { Context } from "hono"
import { Problem } from "./Problem.ts"

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"])

/**
 * Fails with `forbidden` for a request that changes something (or for any, where it is a socket) and comes from another site: by `Sec-Fetch-Site`, else by
 * `Origin`. A program that is no browser sends neither.
 */
export const refuseForgery = (
  { req }: Context,
  allowedOrigins: ReadonlyArray<string>,
  when: "changing" | "always" = "changing"
) => {
  if (when === "changing" && safeMethods.has(req.method)) return Effect.void
  const origin = req.header("origin")
  const site = req.header("sec-fetch-site")
  const isAllowed =
    (origin !== undefined && allowedOrigins.includes(origin)) ||
    (site === undefined
      ? origin === undefined || origin === new URL(req.url).origin
      : site === "same-origin" || site === "none")
  return isAllowed
    ? Effect.void
    : Effect.fail(new Problem({ code: "forbidden", detail: "This request comes from another site." }))
}

/** Logs as one JSON object a line on stderr, without what could tell who somebody is. */
import { type Layer, Logger } from "effect"
import ipaddr from "ipaddr.js"

// What stores, drivers and providers say of a failure may quote what they were given.
const personal: ReadonlyArray<readonly [RegExp, string]> = [
  [/[^\s"'<>()=,;:\\]+@[^\s"'<>()=,;:\\]+\.[a-z]{2,}/gi, "[e-mail]"],
  [/\b(?:tg_|whsec_)[\w+/=-]{8,}/g, "[secret]"],
  [/\bBearer +[^\s"]+/gi, "Bearer [secret]"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, "[address]"]
]

// What looks like an IPv6 address may be the time of day.
const colons = /[0-9a-f]*(?::[0-9a-f]*){2,}/gi

/** The text without e-mail addresses, secrets and addresses of the network. */
export const withoutPersonalData = (text: string): string =>
  personal
    .reduce((cleaned, [pattern, stand]) => cleaned.replaceAll(pattern, stand), text)
    .replaceAll(colons, (found) => (ipaddr.IPv6.isValid(found) ? "[address]" : found))

/** One line of JSON. */
export const structuredLine = Logger.map(Logger.formatJson, withoutPersonalData)

/** In place of the lines for people. */
export const structuredLogs: Layer.Layer<never> = Logger.layer([Logger.withConsoleError(structuredLine)])

import { Context } from "effect"

/** How a server treats its users and their files; what is left out has the default. */
export interface ServerSettingsInput {
  /** Whether anybody may register, or only an administrator makes accounts. Default `"open"`. */
  readonly registration?: "open" | "closed"
  /** Whether cookies are sent over https only. Default true. */
  readonly secureCookies?: boolean
  /** Whether a reviewer may look at documents of their own, as a lone administrator must. Default false. */
  readonly reviewOwnDocuments?: boolean
  /** Whether users may send documents to cloud OCR and language models; each still opts in. Default false. */
  readonly cloudProviders?: boolean
  /** Whether webhooks may lead into private networks. Default false. */
  readonly privateWebhooks?: boolean
  /** The largest file that is taken. Default 25 MiB. */
  readonly maxFileBytes?: number
  /** Requests an hour. */
  readonly limits?: Partial<HourlyLimits>
}

/** How many requests an hour are served. */
export interface HourlyLimits {
  /** Uploads of a user. Default 60. */
  readonly uploads: number
  /** Other requests of a user. Default 3,000. */
  readonly requests: number
  /** All requests of an address where nobody is signed in. Default 100. */
  readonly anonymous: number
}

/** The settings with their defaults. */
export interface Settings extends Required<Omit<ServerSettingsInput, "limits">> {
  readonly limits: HourlyLimits
}

/** The settings that a server runs with. */
export class ServerSettings extends Context.Service<ServerSettings, Settings>()(
  "@timegrid/server/settings/ServerSettings"
) {}

/** Fills in the defaults. */
export const makeSettings = ({ limits, ...settings }: ServerSettingsInput = {}): Settings => ({
  registration: "open",
  secureCookies: true,
  reviewOwnDocuments: false,
  cloudProviders: false,
  privateWebhooks: false,
  maxFileBytes: 25 * 1024 * 1024,
  ...settings,
  limits: { uploads: 60, requests: 3_000, anonymous: 100, ...limits }
})
